// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "wiring/redis_test.h"

#include "redis/redis_connection.h"

#include <QElapsedTimer>

#include <algorithm>

namespace parlour::wiring {

using channels::BridgeInfo;
using redis::RedisConnection;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

RedisTest::RedisTest(QObject *parent)
    : QObject(parent)
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this,
            [this] { fail(u"no answer within %1 s"_s.arg(double(m_patience.count()) / 1000)); });
}

RedisTest::~RedisTest() = default;

void RedisTest::start(const QList<redis::RedisAddress> &hosts)
{
    drop();
    m_hosts = hosts;
    m_slowest = 0us;
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
    m_connection = std::make_unique<RedisConnection>(m_hosts.takeFirst(), options);
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
        return fail(QString::fromUtf8(pong->bytes.left(200)));
    m_slowest = std::max(m_slowest, time);
    drop();
    if (m_hosts.isEmpty())
        Q_EMIT answered(m_slowest);
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
