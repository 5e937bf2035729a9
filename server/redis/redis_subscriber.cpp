// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/redis_subscriber.h"

#include "redis/redis_problem.h"

#include <QByteArrayList>

#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace parlour::redis {

using std::chrono::steady_clock;

RedisSubscriber::RedisSubscriber(const RedisAddress &address, const RedisConnectionOptions &options,
                                 QObject *parent)
    : QObject(parent)
    , m_options(options)
    , m_link(address, options)
{
    connect(&m_link, &RedisLink::received, this, &RedisSubscriber::take);
    connect(&m_link, &RedisLink::up, this, &RedisSubscriber::subscribeAll);
    connect(&m_link, &RedisLink::lost, this, &RedisSubscriber::forget);
    connect(&m_link, &RedisLink::stateChanged, this, &RedisSubscriber::stateChanged);
    m_silence.setSingleShot(true);
    m_silence.setInterval(m_options.commandTimeout);
    connect(&m_silence, &QTimer::timeout, this, [this] {
        m_link.fail(u"no answer to a subscriber within %1 s"_s.arg(
            double(m_options.commandTimeout.count()) / 1000));
    });
    m_ping.setInterval(m_options.pingInterval);
    connect(&m_ping, &QTimer::timeout, this, &RedisSubscriber::probe);
}

void RedisSubscriber::subscribe(const QByteArray &channel)
{
    if (m_channels.contains(channel))
        return;
    m_channels.insert(channel);
    touch(channel);
}

void RedisSubscriber::unsubscribe(const QByteArray &channel)
{
    if (!m_channels.remove(channel))
        return;
    m_confirmed.remove(channel);
    touch(channel);
}

void RedisSubscriber::touch(const QByteArray &channel)
{
    if (!isUp())
        return;
    if (m_touched.isEmpty())
        QMetaObject::invokeMethod(this, &RedisSubscriber::flush, Qt::QueuedConnection);
    m_touched.append(channel);
}

// Who left and came within one turn has cost nothing.
void RedisSubscriber::flush()
{
    QByteArrayList joining{"SUBSCRIBE"};
    QByteArrayList leaving{"UNSUBSCRIBE"};
    const auto touched = std::exchange(m_touched, {});
    for (const QByteArray &channel : touched) {
        const bool isWanted = m_channels.contains(channel);
        if (isWanted && !m_told.contains(channel)) {
            m_told.insert(channel);
            ++m_unanswered[channel];
            joining.append(channel);
        } else if (isWanted) {
            confirm(channel);
        } else if (m_told.remove(channel)) {
            leaving.append(channel);
        }
    }
    if (leaving.size() > 1)
        write(RedisCommand(leaving));
    if (joining.size() > 1)
        write(RedisCommand(joining));
}

void RedisSubscriber::subscribeAll()
{
    m_touched = {m_channels.begin(), m_channels.end()};
    flush();
    probe();
    if (m_options.pingInterval > 0ms)
        m_ping.start();
}

void RedisSubscriber::forget()
{
    m_confirmed.clear();
    m_told.clear();
    m_unanswered.clear();
    m_touched.clear();
    m_probed = m_probes;
    m_ping.stop();
    m_silence.stop();
}

void RedisSubscriber::write(const RedisCommand &command)
{
    m_link.write(command.bytes());
    if (!m_silence.isActive())
        m_silence.start();
}

quint64 RedisSubscriber::probe()
{
    m_lastProbe = steady_clock::now();
    if (isUp())
        write({"PING"});
    return ++m_probes;
}

// A refused subscription ends the connection: Redis does not say which channel it was, and the next
// try may come when whoever runs it has mended it.
void RedisSubscriber::take(const RedisReply &reply)
{
    m_silence.stop();
    const QByteArray kind = reply.elements.value(0).bytes;
    const QByteArray channel = reply.elements.value(1).bytes;
    if (reply.isError()) {
        const QString problem = problemIn(reply);
        m_link.fail(problem.isEmpty() ? u"Redis refuses a subscription: "_s + quoted(reply)
                                      : problem);
    } else if (kind == "message") {
        if (m_channels.contains(channel))
            Q_EMIT message(channel, reply.elements.value(2).bytes);
    } else if (kind == "subscribe") {
        if (--m_unanswered[channel] < 1)
            m_unanswered.remove(channel);
        confirm(channel);
    } else if (kind == "pong" || reply.bytes == "PONG") {
        m_link.setRoundTrip(std::chrono::duration_cast<std::chrono::microseconds>(
            steady_clock::now() - m_lastProbe));
        Q_EMIT probed(++m_probed);
    }
}

// An answer may be that to an earlier SUBSCRIBE, with an UNSUBSCRIBE behind it.
void RedisSubscriber::confirm(const QByteArray &channel)
{
    if (!m_channels.contains(channel) || !m_told.contains(channel) || m_unanswered.contains(channel)
        || m_confirmed.contains(channel))
        return;
    m_confirmed.insert(channel);
    Q_EMIT confirmed(channel);
}

} // namespace parlour::redis
