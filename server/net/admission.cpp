// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/admission.h"

#include "net/http/forwarded.h"

#include <utility>

namespace parlour::server {

namespace {

HttpRefusal noRoom(int status, const char *message)
{
    return {status, message, {{"retry-after", "10"}}}; // seconds
}

} // namespace

HttpRefusal addressIsFull()
{
    return noRoom(429, "There are too many connections from your address.");
}

HttpRefusal headIsCrowdedOut()
{
    return noRoom(429, "There are too many unfinished requests from your address.");
}

Admission::Admission(const ServerOptions &options)
    : m_options(options)
{
}

bool Admission::isFull(const QString &address) const
{
    const auto known = m_addresses.constFind(address);
    const int fromThere = known == m_addresses.constEnd() ? 0 : known->connections;
    return m_options.maxPerAddress > 0 && fromThere >= m_options.maxPerAddress;
}

std::optional<HttpRefusal> Admission::refusal(const QString &address) const
{
    if (m_options.maxConnections > 0 && m_connections >= m_options.maxConnections)
        return noRoom(503, "The host is full. Try again later.");
    if (isFull(address) && !isTrustedProxy(address, m_options.trustedProxies))
        return addressIsFull();
    return {};
}

void Admission::entered(const QString &address, quint64 connection)
{
    ++m_connections;
    if (isTrustedProxy(address, m_options.trustedProxies))
        m_carried.insert(connection, {});
    else
        ++m_addresses[address].connections;
}

bool Admission::carries(quint64 connection, const QString &client)
{
    const auto carried = m_carried.find(connection);
    if (carried == m_carried.end())
        return true; // counted by its own address when it came
    if (const QString before = std::exchange(*carried, {}); !before.isNull())
        leave(before);
    if (client.isNull() || isTrustedProxy(client, m_options.trustedProxies))
        return true;
    if (isFull(client))
        return false;
    *carried = client;
    ++m_addresses[client].connections;
    return true;
}

void Admission::left(const QString &address, quint64 connection)
{
    if (const auto carried = m_carried.find(connection); carried != m_carried.end()) {
        --m_connections;
        if (!carried->isNull())
            leave(*carried);
        m_carried.erase(carried);
        return;
    }
    if (!m_addresses.contains(address))
        return;
    --m_connections;
    headIsDone(address, connection);
    leave(address);
}

void Admission::leave(const QString &address)
{
    const auto known = m_addresses.find(address);
    if (known != m_addresses.end() && --known->connections == 0)
        m_addresses.erase(known);
}

std::optional<quint64> Admission::headIsSlow(const QString &address, quint64 connection)
{
    const auto known = m_addresses.find(address);
    if (known == m_addresses.end() || m_carried.contains(connection))
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
