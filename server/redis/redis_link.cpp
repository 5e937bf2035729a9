// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/redis_link.h"

#include "redis/redis_command.h"
#include "redis/redis_problem.h"
#include "redis/redis_socket.h"
#include "redis/reply_reader.h"

#include <QDateTime>
#include <QPointer>
#include <QRandomGenerator>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace parlour::redis {

using State = channels::BridgeInfo::State;

namespace {

/// A connection that lasted so long was a good one: the next pause is a short one again.
constexpr qint64 GoodWhile = 3000; // ms

qint64 now()
{
    return QDateTime::currentMSecsSinceEpoch();
}

} // namespace

RedisLink::RedisLink(const RedisAddress &address, const RedisConnectionOptions &options,
                     QObject *parent)
    : QObject(parent)
    , m_address(address)
    , m_options(options)
    , m_log(address.shown())
{
    m_info.address = address.shown();
    m_retry.setSingleShot(true);
    m_deadline.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &RedisLink::connectSocket);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        const bool isTls = m_address.transport == RedisAddress::Transport::Tls;
        fail(u"no answer within %1 s"_s.arg(double(m_options.connectTimeout.count()) / 1000)
             + (isTls && m_greetings == 0 ? u" (does it speak TLS?)"_s : QString()));
    });
}

// What was written in this turn (members who leave) still goes out, as far as that needs no wait.
RedisLink::~RedisLink()
{
    if (!isUp())
        return;
    m_socket->disconnect(this);
    flush();
    m_socket->sendNow();
}

void RedisLink::open()
{
    if (m_info.since != 0)
        return;
    m_info.since = now();
    connectSocket();
}

void RedisLink::setRoundTrip(std::chrono::microseconds time)
{
    m_info.roundTripUs = int(std::min<qint64>(time.count(), std::numeric_limits<int>::max()));
}

void RedisLink::connectSocket()
{
    m_info.nextTry = 0;
    m_greetings = 0;
    m_deadline.start(m_options.connectTimeout);
    m_reader = std::make_unique<ReplyReader>(ReplyReader::Limits{.bytes = m_options.maxReplyBytes});
    m_socket = std::make_unique<RedisSocket>(m_address);
    connect(m_socket.get(), &RedisSocket::opened, this, &RedisLink::greet);
    connect(m_socket.get(), &RedisSocket::readable, this, &RedisLink::read);
    connect(m_socket.get(), &RedisSocket::ended, this, [this](const QString &problem) {
        const bool isTcp = m_address.transport == RedisAddress::Transport::Tcp;
        fail(problem
             + (isTcp && !isUp() && m_greetings > 0 ? u" (does it want TLS?)"_s : QString()));
    });
    m_socket->open();
}

// All at once; the PING proves a Redis that wants neither password nor database.
void RedisLink::greet()
{
    QList<RedisCommand> greeting;
    if (!m_address.user.isEmpty())
        greeting.append({"AUTH", m_address.user.toUtf8(), m_address.password.toUtf8()});
    else if (!m_address.password.isEmpty())
        greeting.append({"AUTH", m_address.password.toUtf8()});
    if (m_address.database > 0)
        greeting.append({"SELECT", QByteArray::number(m_address.database)});
    greeting.append({"PING"});
    m_greeted = 0;
    m_greetings = int(greeting.size());
    for (const RedisCommand &command : greeting)
        m_socket->write(command.bytes());
}

// The text of an unknown error is not shown: some servers repeat the password in it.
void RedisLink::takeGreeting(const RedisReply &reply)
{
    const QString problem = problemIn(reply);
    const bool isToPing = m_greeted + 1 == m_greetings;
    if (reply.isError() && (!isToPing || keepsOut(reply))) {
        return fail(problem.isEmpty() ? u"Redis does not let us in (%1)"_s.arg(
                        QString::fromLatin1(reply.errorCode().left(20).toPercentEncoding()))
                                      : problem);
    }
    if (++m_greeted < m_greetings)
        return;
    m_deadline.stop();
    m_info.reconnects += m_wasUp ? 1 : 0;
    m_wasUp = true;
    setState(State::Up, problem);
    Q_EMIT up();
    Q_EMIT stateChanged();
}

// Whoever hears a reply may end this connection, or this link.
void RedisLink::read()
{
    const QPointer<RedisSocket> socket = m_socket.get();
    m_reader->feed(socket->read());
    while (socket && m_socket.get() == socket) {
        const auto reply = m_reader->next();
        if (!reply)
            return fail(reply.error().message);
        if (!*reply)
            return;
        if (isUp())
            Q_EMIT received(**reply);
        else
            takeGreeting(**reply);
    }
}

void RedisLink::write(const QByteArray &bytes)
{
    if (!isUp())
        return;
    if (m_output.isEmpty())
        QMetaObject::invokeMethod(this, &RedisLink::flush, Qt::QueuedConnection);
    m_output += bytes;
}

void RedisLink::flush()
{
    if (isUp() && !m_output.isEmpty())
        m_socket->write(std::exchange(m_output, {}));
}

void RedisLink::setProblem(const QString &problem)
{
    if (!isUp() || m_info.problem == problem)
        return;
    m_info.problem = problem;
    Q_EMIT stateChanged();
}

void RedisLink::fail(const QString &problem)
{
    if (m_socket)
        end(problem, false);
}

void RedisLink::refuse(const QString &problem)
{
    if (m_socket)
        end(problem, true);
}

void RedisLink::endRefusal()
{
    if (!std::exchange(m_isRefused, false))
        return;
    m_pause = {};
    if (isUp())
        m_log.up();
}

void RedisLink::end(const QString &problem, bool isRefused)
{
    m_isRefused = isRefused;
    m_socket->disconnect(this);
    m_socket.release()->deleteLater();
    m_deadline.stop();
    m_output.clear();
    const bool wasUp = isUp();
    if (wasUp && now() - m_info.since > GoodWhile)
        m_pause = {};
    retryLater();
    setState(State::Away, problem);
    if (wasUp)
        Q_EMIT lost();
    Q_EMIT stateChanged();
}

// Spread, so that a Redis that comes back does not meet all its clients in one moment.
void RedisLink::retryLater()
{
    m_pause = std::clamp(2 * m_pause, m_options.firstRetry,
                         m_isRefused ? m_options.lastRefusedRetry : m_options.lastRetry);
    const int half = int(m_pause.count() / 2);
    const std::chrono::milliseconds pause(half + QRandomGenerator::global()->bounded(half + 1));
    m_retry.start(pause);
    m_info.nextTry = now() + pause.count();
}

void RedisLink::setState(State state, const QString &problem)
{
    if (m_info.state != state)
        m_info.since = now();
    m_info.state = state;
    m_info.problem = problem;
    if (state != State::Up)
        m_log.away(problem);
    else if (!m_isRefused)
        m_log.up();
}

} // namespace parlour::redis
