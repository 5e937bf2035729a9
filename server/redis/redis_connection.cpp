// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/redis_connection.h"

#include "redis/logging.h"
#include "redis/redis_problem.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace parlour::redis {

using channels::Error;
using channels::Expected;
using std::chrono::steady_clock;

namespace {

/// How exactly a waiting command's patience is kept.
constexpr auto ExpiryStep = 100ms;

/// What a command costs beside its bytes, so that many small ones are bounded too.
constexpr qint64 CallOverhead = 200;

qint64 costOf(const RedisCommand &command)
{
    return command.bytes().size() + CallOverhead;
}

} // namespace

RedisConnection::RedisConnection(const RedisAddress &address, const RedisConnectionOptions &options,
                                 QObject *parent)
    : QObject(parent)
    , m_options(options)
    , m_link(address, options)
{
    connect(&m_link, &RedisLink::received, this, &RedisConnection::takeReply);
    connect(&m_link, &RedisLink::up, this, &RedisConnection::begin);
    connect(&m_link, &RedisLink::lost, this, &RedisConnection::interruptSent);
    connect(&m_link, &RedisLink::stateChanged, this, [this] {
        m_wasAway = m_wasAway || state() == channels::BridgeInfo::State::Away;
        Q_EMIT stateChanged();
    });
    m_settling.setSingleShot(true);
    connect(&m_settling, &QTimer::timeout, this, &RedisConnection::sendWaiting);
    m_expiry.setInterval(ExpiryStep);
    connect(&m_expiry, &QTimer::timeout, this, &RedisConnection::expireWaiting);
    m_silence.setSingleShot(true);
    connect(&m_silence, &QTimer::timeout, this, [this] {
        m_link.fail(u"no answer to %1 within %2 s"_s.arg(
            QString::fromUtf8(m_sent.front().command.name()),
            QString::number(double(m_sent.front().timeout.count()) / 1000)));
    });
    m_ping.setInterval(m_options.pingInterval);
    connect(&m_ping, &QTimer::timeout, this, &RedisConnection::ping);
}

RedisConnection::~RedisConnection() = default;

channels::BridgeInfo::Host RedisConnection::info() const
{
    auto info = m_link.info();
    if (isUp())
        info.problem = m_refusal;
    return info;
}

void RedisConnection::send(const RedisCommand &command, QObject *context, const Answer &answer,
                           const SendOptions &options)
{
    Call call{command,
              context,
              answer,
              options.timeout > 0ms ? options.timeout : m_options.commandTimeout,
              steady_clock::now() + options.patience,
              options.written};
    const QString server = m_link.info().address;
    if (m_bytes + costOf(command) > m_options.maxWaitingBytes)
        return failLater(std::move(call),
                         {u"queue_full"_s,
                          u"more than %1 bytes wait for %2"_s.arg(
                              QString::number(m_options.maxWaitingBytes), server)});
    const bool mayWait = options.patience > 0ms;
    if (isUp() && (m_waiting.empty() || !mayWait) && !(mayWait && m_settling.isActive()))
        return transmit(std::move(call));
    if (!mayWait)
        return failLater(std::move(call),
                         {u"redis_away"_s, u"%1 is away: %2"_s.arg(server, problem())});
    if (waiting() >= m_options.maxWaitingCommands)
        return failLater(std::move(call),
                         {u"queue_full"_s,
                          u"more than %1 commands wait for %2"_s.arg(
                              QString::number(m_options.maxWaitingCommands), server)});
    m_bytes += costOf(command);
    m_waiting.push_back(std::move(call));
    if (!m_expiry.isActive())
        m_expiry.start();
}

void RedisConnection::transmit(Call call)
{
    m_bytes += costOf(call.command);
    m_link.write(call.command.bytes());
    if (call.written && call.context)
        call.written();
    m_sent.push_back(std::move(call));
    if (m_sent.size() == 1)
        watchFront();
}

void RedisConnection::failLater(Call call, const Error &error)
{
    if (m_failures.empty())
        QMetaObject::invokeMethod(this, &RedisConnection::answerFailures, Qt::QueuedConnection);
    m_failures.push_back({std::move(call), error});
}

void RedisConnection::answerFailures()
{
    const auto failures = std::exchange(m_failures, {});
    for (const auto &[call, error] : failures) {
        if (call.context)
            call.answer(error);
    }
}

void RedisConnection::takeReply(const RedisReply &reply)
{
    if (m_sent.empty())
        return m_link.fail(u"Redis said something that nobody had asked for"_s);
    const Call call = std::move(m_sent.front());
    m_sent.pop_front();
    m_bytes -= costOf(call.command);
    watchFront();
    noteRefusal(call, reply);
    if (call.context)
        call.answer(reply);
}

// Redis answers in order, so only the first one's time runs.
void RedisConnection::watchFront()
{
    if (m_sent.empty())
        m_silence.stop();
    else
        m_silence.start(m_sent.front().timeout);
}

void RedisConnection::begin()
{
    if (std::exchange(m_wasAway, false))
        m_settling.start(m_options.settleTime);
    else
        sendWaiting();
    ping();
    if (m_options.pingInterval > 0ms)
        m_ping.start();
}

void RedisConnection::sendWaiting()
{
    expireWaiting();
    auto waiting = std::exchange(m_waiting, {});
    m_expiry.stop();
    for (Call &call : waiting) {
        m_bytes -= costOf(call.command);
        transmit(std::move(call));
    }
}

void RedisConnection::interruptSent()
{
    m_ping.stop();
    m_settling.stop();
    m_silence.stop();
    m_refused.clear();
    m_refusal.clear();
    auto sent = std::exchange(m_sent, {});
    const Error error{
        u"interrupted"_s,
        u"%1 was lost before it answered: %2"_s.arg(m_link.info().address, m_link.info().problem)};
    for (const Call &call : sent)
        m_bytes -= costOf(call.command);
    for (const Call &call : sent) {
        if (call.context)
            call.answer(error);
    }
}

void RedisConnection::expireWaiting()
{
    const auto now = steady_clock::now();
    const auto isExpired = [now](const Call &call) { return call.expires <= now; };
    const auto firstExpired =
        std::stable_partition(m_waiting.begin(), m_waiting.end(), std::not_fn(isExpired));
    const Error error{u"expired"_s,
                      u"%1 was away for too long: %2"_s.arg(m_link.info().address, problem())};
    for (auto call = firstExpired; call != m_waiting.end(); ++call) {
        m_bytes -= costOf(call->command);
        failLater(std::move(*call), error);
    }
    m_waiting.erase(firstExpired, m_waiting.end());
    if (m_waiting.empty())
        m_expiry.stop();
}

// Whoever owes an answer is watched already.
void RedisConnection::ping()
{
    if (!m_sent.empty())
        return;
    const auto started = steady_clock::now();
    send({"PING"}, this, [this, started](const Expected<RedisReply> &reply) {
        if (reply && !reply->isError())
            m_link.setRoundTrip(std::chrono::duration_cast<std::chrono::microseconds>(
                steady_clock::now() - started));
    });
}

// What Redis refuses stands until it does the same again.
void RedisConnection::noteRefusal(const Call &call, const RedisReply &reply)
{
    const QString problem = problemIn(reply);
    if (problem == m_refusal || (problem.isEmpty() && call.command.name() != m_refused))
        return;
    m_refused = problem.isEmpty() ? QByteArray() : call.command.name();
    m_refusal = problem;
    if (!problem.isEmpty())
        qCWarning(lcRedis).noquote()
            << m_link.info().address << "refuses" << m_refused << '-' << problem;
    Q_EMIT stateChanged();
}

} // namespace parlour::redis
