// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "wiring/redis_test.h"

#include "chat/presence_messages.h"
#include "redis/core_keys.h"
#include "redis/redis_connection.h"
#include "redis/redis_problem.h"
#include "redis/redis_scripts.h"

#include <QElapsedTimer>
#include <QUuid>

#include <algorithm>

namespace parlour::wiring {

using channels::BridgeInfo;
using redis::RedisConnection;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// What is left in Redis where it refuses to delete it.
constexpr auto LongestLeft = 10s;
/// A host that has not said for so long that it is there, is not: it does so every 10 s.
constexpr auto SignOfLife = 30s;

/// Empty: there is none. A script tells it beside what it did.
QString problemOf(const redis::RedisReply &reply)
{
    const redis::RedisReply error = reply.isError() ? reply : reply.elements.value(0);
    const QString problem = redis::problemIn(error);
    return problem.isEmpty() && error.isError() ? redis::quoted(error) : problem;
}

} // namespace

RedisTest::RedisTest(QObject *parent)
    : QObject(parent)
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this,
            [this] { fail(u"no answer within %1 s"_s.arg(double(m_patience.count()) / 1000)); });
}

RedisTest::~RedisTest() = default;

void RedisTest::start(const Sharing &sharing)
{
    drop();
    m_sharing = sharing;
    m_slowest = 0us;
    m_hosts = -1;
    next();
}

void RedisTest::cancel()
{
    drop();
}

// It may be a signal of the connection's that ends it.
void RedisTest::drop()
{
    m_deadline.stop();
    if (!m_connection)
        return;
    m_connection->disconnect(this);
    m_connection.release()->deleteLater();
}

void RedisTest::next()
{
    redis::RedisConnectionOptions options;
    options.connectTimeout = m_patience;
    options.commandTimeout = m_patience;
    m_isMeasuring = false;
    m_connection = std::make_unique<RedisConnection>(m_sharing.redis.hosts.takeFirst(), options);
    connect(m_connection.get(), &RedisConnection::stateChanged, this, &RedisTest::look);
    m_deadline.start(2 * m_patience + 1s);
    m_connection->open();
}

void RedisTest::look()
{
    if (m_connection->state() == BridgeInfo::State::Up && !m_isMeasuring)
        measure();
    else if (m_connection->state() == BridgeInfo::State::Away)
        fail(m_connection->problem());
}

void RedisTest::measure()
{
    m_isMeasuring = true;
    QElapsedTimer since;
    since.start();
    m_connection->send({"PING"}, m_connection.get(), [this, since](const auto &pong) {
        take(pong, std::chrono::microseconds(since.nsecsElapsed() / 1000));
    });
}

void RedisTest::take(const channels::Expected<redis::RedisReply> &pong,
                     std::chrono::microseconds time)
{
    if (!m_connection || !pong)
        return; // given up; or lost, and look() tells
    if (pong->isError())
        return fail(problemOf(*pong));
    m_slowest = std::max(m_slowest, time);
    countHosts();
}

// Each is a member of the group in which they tell their people, and says so again all the time.
// Before the other commands, since after SUBSCRIBE nothing else is answered.
void RedisTest::countHosts()
{
    const auto add = [this](const redis::RedisReply &count) {
        if (count.type == redis::RedisReply::Type::Integer)
            m_hosts = std::max(m_hosts, 0) + int(count.integer);
        tryCommands();
    };
    const QString &prefix = m_sharing.redis.prefix;
    if (m_sharing.backend == Sharing::Backend::RedisPubSub)
        return ask({"PUBSUB", "NUMSUB", (prefix + u"__group__"_s + chat::PresenceGroup).toUtf8()},
                   [add](const redis::RedisReply &counts) { add(counts.elements.value(1)); });
    const QByteArray group = redis::CoreKeys{prefix, {}}.group(chat::PresenceGroup);
    ask({"TIME"}, [this, add, group](const redis::RedisReply &time) {
        const qint64 now = time.elements.value(0).bytes.toLongLong();
        ask({"ZCOUNT", group, QByteArray::number(now - qint64(SignOfLife.count())), "+inf"}, add);
    });
}

// Redis may refuse it: a host needs no such thing.
void RedisTest::ask(const redis::RedisCommand &command, const Count &count)
{
    m_connection->send(command, m_connection.get(), [this, count](const auto &reply) {
        if (m_connection && reply)
            count(*reply);
    });
}

// All of them whatever becomes of the first, so that nothing of ours stays in Redis.
void RedisTest::tryCommands()
{
    const auto all = commands();
    m_refusal.clear();
    m_unanswered = int(all.size());
    for (const redis::RedisCommand &command : all)
        m_connection->send(command, m_connection.get(),
                           [this](const auto &reply) { takeOne(reply); });
}

QList<redis::RedisCommand> RedisTest::commands() const
{
    const QString name = u"parlour.test.%1"_s.arg(QUuid::createUuid().toString(QUuid::Id128));
    const QByteArray channel = (m_sharing.redis.prefix + name).toUtf8();
    if (m_sharing.backend == Sharing::Backend::RedisPubSub) {
        const QByteArray group = (m_sharing.redis.prefix + u"__group__"_s + name).toUtf8();
        return {{"PUBLISH", channel, {}},
                {"PUBLISH", group, {}}, // a listener may not publish
                {"SUBSCRIBE", channel},
                {"SUBSCRIBE", group}};
    }
    const QByteArray group = (m_sharing.redis.prefix + u":group:"_s + name).toUtf8();
    return {{"ZADD", group, "0", "parlour"},
            {"EXPIRE", group, redis::expirySeconds(LongestLeft)},
            {"ZRANGE", group, "0", "-1"},
            redis::storeCommand({{channel, "parlour", 1}}, "0", LongestLeft),
            {"BZPOPMIN", channel, "1"}, // at once: there is one
            {"DEL", channel, group}};
}

void RedisTest::takeOne(const channels::Expected<redis::RedisReply> &reply)
{
    if (!m_connection || !reply)
        return;
    if (m_refusal.isEmpty())
        m_refusal = problemOf(*reply);
    if (--m_unanswered > 0)
        return;
    if (!m_refusal.isEmpty())
        return fail(m_refusal);
    drop();
    if (m_sharing.redis.hosts.isEmpty())
        Q_EMIT answered(m_slowest, m_hosts);
    else
        next();
}

void RedisTest::fail(const QString &problem)
{
    const QString address = m_connection->info().address;
    drop();
    Q_EMIT failed(address, problem);
}

} // namespace parlour::wiring
