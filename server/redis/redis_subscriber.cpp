// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/redis_subscriber.h"

#include "redis/redis_problem.h"

#include <QByteArrayList>

#include <algorithm>
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
        write(RedisCommand(leaving), leaving.size() - 1);
    if (joining.size() > 1)
        write(RedisCommand(joining), joining.size() - 1);
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
    m_due.clear();
    m_probed = m_probes;
    m_ping.stop();
    m_silence.stop();
}

void RedisSubscriber::write(const RedisCommand &command, qsizetype answers)
{
    m_link.write(command.bytes());
    m_due.push_back({command.name() == "PING", answers});
    if (!m_silence.isActive())
        m_silence.start();
}

quint64 RedisSubscriber::probe()
{
    m_lastProbe = steady_clock::now();
    if (isUp())
        write({"PING"}, 1);
    return ++m_probes;
}

// A refused subscription ends the connection: Redis does not say which channel it was, and the next
// try may come when whoever runs it has mended it.
void RedisSubscriber::take(const RedisReply &reply)
{
    if (m_silence.isActive())
        m_silence.start();
    const QByteArray kind = reply.elements.value(0).bytes;
    const QByteArray channel = reply.elements.value(1).bytes;
    if (kind == "message") {
        if (m_channels.contains(channel))
            Q_EMIT message(channel, reply.elements.value(2).bytes);
        return;
    }
    const bool isPong = kind == "pong" || reply.bytes == "PONG";
    if (!reply.isError() && !isPong && kind != "subscribe" && kind != "unsubscribe")
        return;
    const bool isToPing = takeAnswer(reply, isPong);
    const QString problem = problemIn(reply);
    if (reply.isError() && !isToPing) {
        m_link.refuse(problem.isEmpty() ? u"Redis refuses a subscription: "_s + quoted(reply)
                                        : problem);
    } else if (keepsOut(reply)) {
        m_link.fail(problem);
    } else if (isToPing) {
        m_link.setRoundTrip(std::chrono::duration_cast<std::chrono::microseconds>(
            steady_clock::now() - m_lastProbe));
        m_link.setProblem(problem);
        Q_EMIT probed(++m_probed);
    } else if (kind == "subscribe") {
        if (--m_unanswered[channel] < 1)
            m_unanswered.remove(channel);
        confirm(channel);
    }
}

// Whether it answers a PING. Answers come in the order of the commands; an error is the whole
// answer to the first of them.
bool RedisSubscriber::takeAnswer(const RedisReply &reply, bool isPong)
{
    const auto first = std::find_if(m_due.begin(), m_due.end(), [&](const Due &due) {
        return reply.isError() || due.isPing == isPong;
    });
    if (first == m_due.end())
        return false;
    const bool isToPing = first->isPing;
    if (reply.isError() || --first->answers < 1)
        m_due.erase(first);
    if (m_due.empty())
        m_silence.stop();
    if (m_due.empty() && !reply.isError())
        m_link.endRefusal();
    return isToPing;
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
