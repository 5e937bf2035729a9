// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "redis/redis_connection.h"
#include "redis/server_clock.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <vector>

namespace parlour::redis {

/// One Redis server of the core layer: where commands go, and its clock.
class CoreHost final : public QObject
{
    Q_OBJECT
public:
    CoreHost(const RedisAddress &address, const RedisConnectionOptions &options,
             const std::function<double()> &time);

    void open() { m_commands.open(); }
    RedisConnection &commands() { return m_commands; }
    const RedisConnection &commands() const { return m_commands; }
    ServerClock &clock() { return m_clock; }
    /// It takes commands, and we know what time it is there.
    bool isReady() const { return m_isReady && m_commands.isUp(); }

    /// What may wait goes out at once too, which it does not just after an outage.
    bool isPrompt() const { return isReady() && !m_commands.isSettling(); }

Q_SIGNALS:
    /// isReady() is another one.
    void readyChanged();

private:
    void follow();
    void askTime();
    void setReady(bool isReady);

    RedisConnection m_commands;
    ServerClock m_clock;
    QTimer m_timeDue;
    bool m_isReady = false;
};

/// All of them, in the order that every process has to give.
class CoreHosts
{
public:
    CoreHosts(const QList<RedisAddress> &addresses, const RedisConnectionOptions &options,
              const std::function<double()> &time);

    /// The one that keeps a group (by its bare name), or a channel (by inboxOf() of it).
    CoreHost &of(const QString &name) { return *m_hosts.at(size_t(indexOf(name))); }
    int indexOf(const QString &name) const;
    CoreHost &at(int index) { return *m_hosts.at(size_t(index)); }
    const CoreHost &at(int index) const { return *m_hosts.at(size_t(index)); }
    int size() const { return int(m_hosts.size()); }

private:
    std::vector<std::unique_ptr<CoreHost>> m_hosts;
};

} // namespace parlour::redis
