// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/clock.h"

#include <QByteArray>
#include <QHash>
#include <QVariantMap>

#include <map>
#include <optional>

namespace parlour::channels {

/// Where sessions are kept, by key. Answers at once (what would block keeps a copy in memory).
/// Lives in the server thread. Counterpart: Django's SessionBase.
class SessionStore
{
public:
    SessionStore() = default;
    SessionStore(const SessionStore &) = delete;
    SessionStore &operator=(const SessionStore &) = delete;
    virtual ~SessionStore();

    /// Nothing: no such session, or it has expired.
    virtual std::optional<QVariantMap> load(const QByteArray &key) = 0;
    /// Keeps it for `lifetime` from now on.
    virtual void save(const QByteArray &key, const QVariantMap &data,
                      std::chrono::seconds lifetime) = 0;
    virtual void remove(const QByteArray &key) = 0;
};

/// Keeps sessions in memory: they end with the program.
class MemorySessionStore final : public SessionStore
{
public:
    struct Options {
        size_t maxSessions = 10000; ///< over it, the one that ends soonest makes way
        Clock clock = steadyClock();
    };

    MemorySessionStore();
    explicit MemorySessionStore(const Options &options);

    std::optional<QVariantMap> load(const QByteArray &key) override;
    void save(const QByteArray &key, const QVariantMap &data,
              std::chrono::seconds lifetime) override;
    void remove(const QByteArray &key) override;

    size_t size() const { return m_byEnd.size(); }

private:
    using Ends = std::multimap<std::chrono::steady_clock::time_point, QByteArray>;
    struct Entry {
        QVariantMap data;
        Ends::iterator end;
    };

    void removeEnded();

    Options m_options;
    Ends m_byEnd;
    QHash<QByteArray, Entry> m_entries;
};

} // namespace parlour::channels
