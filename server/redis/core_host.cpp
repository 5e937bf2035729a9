// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/core_host.h"

#include "redis/hash_ring.h"

using namespace std::chrono_literals;

namespace parlour::redis {

using channels::Expected;

namespace {

/// Clocks drift; a minute is far below what a score has to tell apart.
constexpr auto TimeInterval = 60s;

} // namespace

CoreHost::CoreHost(const RedisAddress &address, const RedisConnectionOptions &options,
                   const std::function<double()> &time)
    : m_commands(address, options)
    , m_clock(time)
{
    connect(&m_commands, &RedisConnection::stateChanged, this, &CoreHost::follow);
    m_timeDue.setInterval(TimeInterval);
    connect(&m_timeDue, &QTimer::timeout, this, &CoreHost::askTime);
}

void CoreHost::follow()
{
    if (!m_commands.isUp()) {
        m_timeDue.stop();
        setReady(false);
    } else if (!m_timeDue.isActive()) {
        m_timeDue.start();
        askTime();
    }
}

// A server that does not tell its time is believed to have ours.
void CoreHost::askTime()
{
    const double asked = m_clock.local();
    m_commands.send({"TIME"}, this, [this, asked](const Expected<RedisReply> &answer) {
        if (!answer)
            return;
        m_clock.set(*answer, asked);
        setReady(true);
    });
}

void CoreHost::setReady(bool isReady)
{
    if (isReady == m_isReady)
        return;
    m_isReady = isReady;
    Q_EMIT readyChanged();
}

CoreHosts::CoreHosts(const QList<RedisAddress> &addresses, const RedisConnectionOptions &options,
                     const std::function<double()> &time)
{
    for (const RedisAddress &address : addresses)
        m_hosts.push_back(std::make_unique<CoreHost>(address, options, time));
}

int CoreHosts::indexOf(const QString &name) const
{
    return hostIndex(name.toUtf8(), size());
}

} // namespace parlour::redis
