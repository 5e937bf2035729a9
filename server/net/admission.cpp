// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/admission.h"

namespace parlour::server {

Admission::Admission(const ServerOptions &options)
    : m_options(options)
{
}

std::optional<int> Admission::refusal(const QString &address) const
{
    if (m_options.maxConnections > 0 && m_connections >= m_options.maxConnections)
        return 503;
    const auto known = m_addresses.constFind(address);
    const int fromThere = known == m_addresses.constEnd() ? 0 : known->connections;
    if (m_options.maxPerAddress > 0 && fromThere >= m_options.maxPerAddress)
        return 429;
    return {};
}

void Admission::entered(const QString &address)
{
    ++m_connections;
    ++m_addresses[address].connections;
}

void Admission::left(const QString &address, quint64 connection)
{
    const auto known = m_addresses.find(address);
    if (known == m_addresses.end())
        return;
    --m_connections;
    known->slowHeads.removeOne(connection);
    if (--known->connections == 0)
        m_addresses.erase(known);
}

std::optional<quint64> Admission::headIsSlow(const QString &address, quint64 connection)
{
    const auto known = m_addresses.find(address);
    if (known == m_addresses.end())
        return {};
    known->slowHeads.append(connection);
    if (known->slowHeads.size() <= m_options.maxUnfinishedHeadsPerAddress)
        return {};
    return known->slowHeads.takeFirst();
}

void Admission::headIsDone(const QString &address, quint64 connection)
{
    if (const auto known = m_addresses.find(address); known != m_addresses.end())
        known->slowHeads.removeOne(connection);
}

} // namespace parlour::server
