// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/session_store.h"

namespace parlour::channels {

SessionStore::~SessionStore() = default;

MemorySessionStore::MemorySessionStore()
    : MemorySessionStore(Options())
{
}

MemorySessionStore::MemorySessionStore(const Options &options)
    : m_options(options)
{
}

std::optional<QVariantMap> MemorySessionStore::load(const QByteArray &key)
{
    removeEnded();
    const auto found = m_entries.constFind(key);
    if (found == m_entries.constEnd())
        return std::nullopt;
    return found->data;
}

void MemorySessionStore::save(const QByteArray &key, const QVariantMap &data,
                              std::chrono::seconds lifetime)
{
    removeEnded();
    remove(key);
    if (!m_byEnd.empty() && m_byEnd.size() >= m_options.maxSessions)
        remove(QByteArray(m_byEnd.begin()->second));
    m_entries.insert(key, {data, m_byEnd.emplace(m_options.clock() + lifetime, key)});
}

void MemorySessionStore::remove(const QByteArray &key)
{
    const auto found = m_entries.constFind(key);
    if (found == m_entries.constEnd())
        return;
    m_byEnd.erase(found->end);
    m_entries.erase(found);
}

void MemorySessionStore::removeEnded()
{
    const auto now = m_options.clock();
    while (!m_byEnd.empty() && m_byEnd.begin()->first <= now)
        remove(QByteArray(m_byEnd.begin()->second));
}

} // namespace parlour::channels
