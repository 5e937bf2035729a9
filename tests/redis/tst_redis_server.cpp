// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// The redis-server that the tests run by themselves.
#include "support/redis_server.h"
#include "support/runner.h"

#include <QFile>
#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using parlour::tests::RedisServer;

class RedisServerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesBackEmptyOnItsPort()
    {
        RedisServer redis;
        QVERIFY2(redis.isRunning(), qPrintable(redis.problem()));
        const auto port = redis.port();
        QCOMPARE(redis.command({"SET", "a", "1"}).bytes, QByteArray("OK"));
        redis.stop();
        QVERIFY(redis.command({"PING"}).isError());
        QVERIFY2(redis.start(), qPrintable(redis.problem()));
        QCOMPARE(redis.port(), port);
        QCOMPARE(redis.command({"GET", "a"}).type, parlour::redis::RedisReply::Type::Nil);
        QVERIFY(QFile::exists(redis.socketPath()));
    }

    void pausesAndResumes()
    {
        RedisServer redis;
        QVERIFY2(redis.isRunning(), qPrintable(redis.problem()));
        redis.pause();
        redis.resume();
        QCOMPARE(redis.command({"PING"}).bytes, QByteArray("PONG"));
    }

    void asksForAPassword()
    {
        RedisServer redis({.password = u"secret"_s, .lines = {u"maxmemory 64mb"_s}});
        QVERIFY2(redis.isRunning(), qPrintable(redis.problem()));
        QCOMPARE(redis.command({"PING"}).bytes, QByteArray("PONG"));
        QCOMPARE(redis.info("maxmemory"), QByteArray("67108864"));
    }
};

PARLOUR_TEST(RedisServerTest)
#include "tst_redis_server.moc"
