// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// A connection whose Redis goes and comes.
#include "channels/testing/waiting.h"
#include "redis/answers.h"
#include "redis/fake_redis.h"
#include "redis/redis_connection.h"
#include "support/redis_server.h"
#include "support/runner.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour::redis;
using parlour::channels::settle;
using parlour::channels::waitFor;
using parlour::tests::Answers;
using parlour::tests::FakeRedis;
using parlour::tests::RedisServer;
using State = parlour::channels::BridgeInfo::State;

namespace {

constexpr auto Patience = 20s;

bool comesUp(const RedisConnection &connection)
{
    return waitFor([&] { return connection.isUp(); }, Patience);
}

bool goesAway(const RedisConnection &connection)
{
    return waitFor([&] { return connection.state() == State::Away; }, Patience);
}

} // namespace

class RedisConnectionAwayTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesBackAndSendsWhatWaited()
    {
        RedisServer redis;
        QVERIFY2(redis.isRunning(), qPrintable(redis.problem()));
        RedisConnection connection(redis.address());
        connection.open();
        QVERIFY(comesUp(connection));
        redis.stop();
        QVERIFY(goesAway(connection));
        Answers answers(connection);
        answers.ask({"RPUSH", "list", "lost"});
        answers.ask({"RPUSH", "list", "1"}, {.patience = 60s});
        answers.ask({"RPUSH", "list", "2"}, {.patience = 60s});
        QCOMPARE(connection.waiting(), 2);
        QVERIFY(waitFor([&] { return answers.all.size() == 1; }, Patience));
        QCOMPARE(answers.all, QStringList{u"redis_away"_s});
        QVERIFY2(answers.problem.contains(redis.address().shown()), qPrintable(answers.problem));

        QVERIFY2(redis.start(), qPrintable(redis.problem()));
        answers.ask({"RPUSH", "list", "3"}, {.patience = 60s});
        QVERIFY(waitFor([&] { return answers.all.size() == 4; }, Patience));
        QCOMPARE(answers.all.mid(1), (QStringList{u"1"_s, u"2"_s, u"3"_s}));
        QCOMPARE(redis.command({"LRANGE", "list", "0", "-1"}).elements.value(0).bytes,
                 QByteArray("1"));
        QCOMPARE(connection.info().reconnects, 1);
        QCOMPARE(connection.waiting(), 0);
    }

    void whatWaitedComesAfterWhatCannotWait()
    {
        RedisServer redis;
        QVERIFY2(redis.isRunning(), qPrintable(redis.problem()));
        RedisConnection connection(redis.address(), {.settleTime = 1h});
        connection.open();
        QVERIFY(comesUp(connection));
        redis.stop();
        QVERIFY(goesAway(connection));
        Answers answers(connection);
        answers.ask({"ECHO", "said meanwhile"}, {.patience = 60s});
        QVERIFY2(redis.start(), qPrintable(redis.problem()));
        QVERIFY(comesUp(connection));
        answers.ask({"ECHO", "said now"}, {.patience = 60s});
        answers.ask({"ECHO", "join"});
        QVERIFY(waitFor([&] { return !answers.all.isEmpty(); }, Patience));
        QCOMPARE(answers.all, QStringList{u"\"join\""_s});
        QCOMPARE(connection.waiting(), 2);
    }

    void waitsForARedisThatWasNeverThere()
    {
        RedisServer redis;
        QVERIFY2(redis.isRunning(), qPrintable(redis.problem()));
        redis.stop();
        RedisConnection connection(redis.address());
        Answers answers(connection);
        answers.ask({"ECHO", "a"}, {.patience = 60s});
        connection.open();
        QVERIFY(goesAway(connection));
        QVERIFY2(redis.start(), qPrintable(redis.problem()));
        QVERIFY(waitFor([&] { return answers.all == QStringList{u"\"a\""_s}; }, Patience));
        QCOMPARE(connection.info().reconnects, 0);
    }

    void noticesARedisThatIsFrozen()
    {
        RedisServer redis;
        QVERIFY2(redis.isRunning(), qPrintable(redis.problem()));
        RedisConnection connection(
            redis.address(),
            {.connectTimeout = 300ms, .commandTimeout = 300ms, .pingInterval = 200ms});
        connection.open();
        QVERIFY(comesUp(connection));
        redis.pause();
        Answers answers(connection);
        QVERIFY(goesAway(connection)); // nobody had asked for anything
        QVERIFY2(connection.problem().contains(u"no answer to PING within 0.3 s"_s),
                 qPrintable(connection.problem()));
        QVERIFY(
            waitFor([&] { return connection.problem() == u"no answer within 0.3 s"_s; }, Patience));
        redis.resume();
        QVERIFY(comesUp(connection));
    }

    void aShortFreezeLosesNothing()
    {
        RedisServer redis;
        QVERIFY2(redis.isRunning(), qPrintable(redis.problem()));
        RedisConnection connection(redis.address());
        connection.open();
        QVERIFY(comesUp(connection));
        redis.pause();
        Answers answers(connection);
        answers.ask({"ECHO", "a"});
        settle();
        QVERIFY(answers.all.isEmpty());
        redis.resume();
        QVERIFY(waitFor([&] { return answers.all == QStringList{u"\"a\""_s}; }, Patience));
        QCOMPARE(connection.info().reconnects, 0);
    }

    void whatWasUnderWayMayHaveHappened()
    {
        RedisServer redis;
        QVERIFY2(redis.isRunning(), qPrintable(redis.problem()));
        RedisConnection connection(redis.address());
        connection.open();
        QVERIFY(comesUp(connection));
        Answers answers(connection);
        answers.ask({"BZPOPMIN", "nothing", "0"});
        answers.ask({"ECHO", "behind it"}, {.patience = 60s});
        QVERIFY(waitFor([&] { return redis.info("blocked_clients") == "1"; }, Patience));
        QCOMPARE(redis.command({"CLIENT", "KILL", "TYPE", "NORMAL", "SKIPME", "YES"}).integer, 1);
        QVERIFY(waitFor([&] { return answers.all.size() == 2; }, Patience));
        QCOMPARE(answers.all, (QStringList{u"interrupted"_s, u"interrupted"_s}));
        QVERIFY(comesUp(connection));
        answers.ask({"ECHO", "back"});
        QVERIFY(waitFor([&] { return answers.all.value(2) == u"\"back\""_s; }, Patience));
    }

    void patienceEnds()
    {
        RedisConnection connection(RedisAddress{.host = u"127.0.0.1"_s, .port = 1});
        connection.open();
        QVERIFY(goesAway(connection));
        Answers answers(connection);
        answers.ask({"ECHO", "patient"}, {.patience = 60s});
        answers.ask({"ECHO", "hasty"}, {.patience = 50ms});
        QVERIFY(waitFor([&] { return answers.all.size() == 1; }, Patience));
        QCOMPARE(answers.all, QStringList{u"expired"_s});
        QCOMPARE(connection.waiting(), 1);
    }

    void noMoreWaitsThanMay_data()
    {
        QTest::addColumn<RedisConnectionOptions>("options");
        QTest::newRow("commands") << RedisConnectionOptions{.maxWaitingCommands = 2};
        QTest::newRow("bytes") << RedisConnectionOptions{.maxWaitingBytes = 2 * (1000 + 300)};
    }

    void noMoreWaitsThanMay()
    {
        QFETCH(RedisConnectionOptions, options);
        RedisServer redis;
        QVERIFY2(redis.isRunning(), qPrintable(redis.problem()));
        redis.stop();
        RedisConnection connection(redis.address(), options);
        connection.open();
        Answers answers(connection);
        const QByteArray text(1000, 'a');
        for (int n = 0; n < 4; ++n)
            answers.ask({"APPEND", "text", text}, {.patience = 60s});
        QVERIFY(waitFor([&] { return answers.all.size() == 2; }, Patience));
        QCOMPARE(answers.all, (QStringList{u"queue_full"_s, u"queue_full"_s}));
        QVERIFY2(redis.start(), qPrintable(redis.problem()));
        QVERIFY(waitFor([&] { return answers.all.size() == 4; }, Patience));
        QCOMPARE(answers.all.mid(2), (QStringList{u"1000"_s, u"2000"_s}));
        answers.ask({"APPEND", "text", text});
        QVERIFY(waitFor([&] { return answers.all.value(4) == u"3000"_s; }, Patience));
    }

    void anAnswerNeverComesWithinTheCall()
    {
        RedisConnection connection(RedisAddress{.host = u"127.0.0.1"_s, .port = 1});
        connection.open();
        QVERIFY(goesAway(connection));
        Answers answers(connection);
        answers.ask({"ECHO", "a"});
        QVERIFY(answers.all.isEmpty());
        settle();
        QCOMPARE(answers.all, QStringList{u"redis_away"_s});
    }

    void whatNobodyAskedForEndsTheConnection()
    {
        FakeRedis redis;
        RedisConnection connection(redis.address());
        connection.open();
        QVERIFY(comesUp(connection));
        QVERIFY(waitFor([&] { return connection.info().roundTripUs >= 0; }, Patience));
        redis.say(0, "+OK\r\n");
        QVERIFY(goesAway(connection));
        QVERIFY2(connection.problem().contains(u"nobody had asked for"_s),
                 qPrintable(connection.problem()));
    }

    void anAnswerThatIsTooLongEndsTheConnection()
    {
        FakeRedis redis(
            [](const FakeRedis::Heard &) { return "$3000\r\n" + QByteArray(2000, 'a'); });
        RedisConnection connection(redis.address(), {.maxReplyBytes = 1000});
        connection.open();
        QVERIFY(comesUp(connection));
        Answers answers(connection);
        answers.ask({"GET", "a"});
        QVERIFY(waitFor([&] { return answers.all == QStringList{u"interrupted"_s}; }, Patience));
        QVERIFY2(answers.problem.contains(u"more than 1000 bytes"_s), qPrintable(answers.problem));
    }

    void waitsLongerAndLonger()
    {
        FakeRedis redis;
        redis.greeting = "-LOADING\r\n";
        redis.isSilent = true;
        RedisConnection connection(redis.address(), {.firstRetry = 20ms, .lastRetry = 200ms});
        connection.open();
        QElapsedTimer since;
        since.start();
        QVERIFY(waitFor([&] { return redis.connections() == 8; }, Patience));
        // Half of 20 + 40 + 80 + 160 + 3 * 200 ms at least.
        QVERIFY2(since.elapsed() >= 450, qPrintable(QString::number(since.elapsed())));
    }
};

PARLOUR_TEST(RedisConnectionAwayTest)
#include "tst_redis_connection_away.moc"
