// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/fake_redis.h"
#include "support/runner.h"
#include "wiring/redis_test.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

using namespace parlour;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using redis::RedisAddress;
using tests::FakeRedis;
using wiring::RedisTest;
using wiring::Sharing;

namespace {

constexpr int Deadline = 20000; // ms

/// As a Redis does that lets us do everything.
QByteArray obey(const FakeRedis::Heard &heard)
{
    return heard.words.first() == "SUBSCRIBE" ? "*3\r\n$9\r\nsubscribe\r\n$1\r\nx\r\n:1\r\n"
                                              : ":1\r\n";
}

Sharing at(const QList<RedisAddress> &hosts,
           Sharing::Backend backend = Sharing::Backend::RedisPubSub)
{
    Sharing sharing;
    sharing.backend = backend;
    sharing.redis.hosts = hosts;
    sharing.redis.prefix = u"my:site"_s;
    return sharing;
}

/// Where nobody listens.
RedisAddress closedPort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    RedisAddress address;
    address.host = u"127.0.0.1"_s;
    address.port = server.serverPort();
    return address;
}

} // namespace

class RedisTestTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysHowLongAnAnswerTakes();
    void triesEveryServerAndNamesTheOneThatFails();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void triesWhatTheBackendNeeds_data();
    void triesWhatTheBackendNeeds();
    void countsTheHostsThatShareThere_data();
    void countsTheHostsThatShareThere();
    void saysWhatRedisRefuses_data();
    void saysWhatRedisRefuses();
    void givesUpInTime();
    void saysNothingOnceItIsCancelled();
    void anEarlierTestIsGivenUp();
};

void RedisTestTest::saysHowLongAnAnswerTakes()
{
    const FakeRedis redis(obey);
    RedisTest test;
    const QSignalSpy answers(&test, &RedisTest::answered);
    const QSignalSpy failures(&test, &RedisTest::failed);
    test.start(at({redis.address()}));
    QCOMPARE(answers.size(), 0); // never within start()
    QTRY_COMPARE_WITH_TIMEOUT(answers.size(), 1, Deadline);
    QVERIFY(answers.first().first().value<std::chrono::microseconds>() > 0us);
    QCOMPARE(failures.size(), 0);
}

void RedisTestTest::triesEveryServerAndNamesTheOneThatFails()
{
    const FakeRedis one(obey);
    const FakeRedis two(obey);
    const RedisAddress three = closedPort();
    RedisTest test;
    const QSignalSpy answers(&test, &RedisTest::answered);
    const QSignalSpy failures(&test, &RedisTest::failed);
    test.start(at({one.address(), two.address()}));
    QTRY_COMPARE_WITH_TIMEOUT(answers.size(), 1, Deadline);
    QCOMPARE(one.connections(), 1);
    QCOMPARE(two.connections(), 1);
    test.start(at({one.address(), three, two.address()}));
    QTRY_COMPARE_WITH_TIMEOUT(failures.size(), 1, Deadline);
    QCOMPARE(failures.first().first().toString(), three.shown());
    QCOMPARE(two.connections(), 1); // it was enough to know
    QCOMPARE(answers.size(), 1);
}

void RedisTestTest::saysWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("greeting");
    QTest::addColumn<QString>("problem");
    QTest::newRow("a password is wanted")
        << QByteArray("-NOAUTH Authentication required.\r\n") << u"Redis asks for a password"_s;
    QTest::newRow("a web server") << QByteArray("HTTP/1.1 400 Bad Request\r\n\r\n")
                                  << u"what answers there is no Redis"_s;
    QTest::newRow("protected mode") << QByteArray("-DENIED Redis is running in protected mode\r\n")
                                    << u"Redis is in protected mode"_s;
}

void RedisTestTest::saysWhatIsWrong()
{
    QFETCH(const QByteArray, greeting);
    QFETCH(const QString, problem);
    FakeRedis redis(obey);
    redis.greeting = greeting;
    RedisTest test;
    const QSignalSpy failures(&test, &RedisTest::failed);
    test.start(at({redis.address()}));
    QTRY_COMPARE_WITH_TIMEOUT(failures.size(), 1, Deadline);
    const QString said = failures.first().at(1).toString();
    QVERIFY2(said.startsWith(problem), qPrintable(said));
}

void RedisTestTest::triesWhatTheBackendNeeds_data()
{
    QTest::addColumn<Sharing::Backend>("backend");
    QTest::addColumn<QByteArrayList>("commands");
    QTest::newRow("pub/sub") << Sharing::Backend::RedisPubSub
                             << QByteArrayList{"PUBSUB", "PUBLISH", "PUBLISH", "SUBSCRIBE",
                                               "SUBSCRIBE"};
    QTest::newRow("core") << Sharing::Backend::RedisCore
                          << QByteArrayList{"TIME",   "ZCOUNT", "ZADD",     "EXPIRE",
                                            "ZRANGE", "EVAL",   "BZPOPMIN", "DEL"};
}

void RedisTestTest::triesWhatTheBackendNeeds()
{
    QFETCH(const Sharing::Backend, backend);
    QFETCH(const QByteArrayList, commands);
    const FakeRedis redis(obey);
    RedisTest test;
    const QSignalSpy answers(&test, &RedisTest::answered);
    test.start(at({redis.address()}, backend));
    QTRY_COMPARE_WITH_TIMEOUT(answers.size(), 1, Deadline);
    QByteArrayList heard;
    for (const auto &command : redis.heard) {
        heard.append(command.words.first());
        if (QByteArrayList{"PUBSUB", "TIME", "ZCOUNT"}.contains(heard.constLast()))
            continue; // only look
        const QByteArray name = command.words.value(command.words.first() == "EVAL" ? 3 : 1);
        QVERIFY2(name.startsWith("my:site") && name.contains("parlour.test."), name.constData());
    }
    QCOMPARE(heard, commands);
}

void RedisTestTest::countsTheHostsThatShareThere_data()
{
    QTest::addColumn<Sharing::Backend>("backend");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<int>("hosts");
    const auto pubSub = Sharing::Backend::RedisPubSub;
    const auto core = Sharing::Backend::RedisCore;
    const QByteArray channel = "my:site__group__parlour.presence";
    const QByteArray group = "my:site:group:parlour.presence";
    const QByteArray refusal = "-NOPERM no permissions\r\n";
    QTest::newRow("pub/sub") << pubSub << channel << QByteArray("*2\r\n$1\r\nx\r\n:3\r\n") << 3;
    QTest::newRow("pub/sub, none")
        << pubSub << channel << QByteArray("*2\r\n$1\r\nx\r\n:0\r\n") << 0;
    QTest::newRow("pub/sub, not told") << pubSub << channel << refusal << -1;
    QTest::newRow("core") << core << group << QByteArray(":2\r\n") << 2;
    QTest::newRow("core, not told") << core << group << refusal << -1;
}

void RedisTestTest::countsTheHostsThatShareThere()
{
    QFETCH(const Sharing::Backend, backend);
    QFETCH(const QByteArray, key);
    QFETCH(const QByteArray, answer);
    QFETCH(const int, hosts);
    const FakeRedis redis([&](const FakeRedis::Heard &heard) {
        if (heard.words.first() == "TIME")
            return QByteArray("*2\r\n$4\r\n1030\r\n$1\r\n0\r\n");
        return heard.words.contains(key) ? answer : obey(heard);
    });
    RedisTest test;
    const QSignalSpy answers(&test, &RedisTest::answered);
    test.start(at({redis.address()}, backend));
    QTRY_COMPARE_WITH_TIMEOUT(answers.size(), 1, Deadline);
    QCOMPARE(answers.first().at(1).toInt(), hosts);
    const bool isSince = redis.heard.at(1).words == QByteArrayList{"ZCOUNT", key, "1000", "+inf"};
    QCOMPARE(isSince, backend == Sharing::Backend::RedisCore);
}

void RedisTestTest::saysWhatRedisRefuses_data()
{
    QTest::addColumn<Sharing::Backend>("backend");
    QTest::addColumn<QByteArray>("command");
    QTest::addColumn<QByteArray>("error");
    QTest::addColumn<QString>("problem");
    const auto pubSub = Sharing::Backend::RedisPubSub;
    const auto core = Sharing::Backend::RedisCore;
    const QByteArray noPermission = "-NOPERM this user has no permissions\r\n";
    const QString rules = u"this user may not do what is needed"_s;
    QTest::newRow("may not publish") << pubSub << QByteArray("PUBLISH") << noPermission << rules;
    QTest::newRow("may not subscribe")
        << pubSub << QByteArray("SUBSCRIBE") << noPermission << rules;
    QTest::newRow("may run no scripts") << core << QByteArray("EVAL") << noPermission << rules;
    QTest::newRow("may not count in scripts")
        << core << QByteArray("EVAL") << QByteArray("*1\r\n" + noPermission) << rules;
    QTest::newRow("may not delete") << core << QByteArray("DEL") << noPermission << rules;
    QTest::newRow("full") << core << QByteArray("ZADD")
                          << QByteArray("-OOM command not allowed\r\n")
                          << u"Redis has no memory left"_s;
    QTest::newRow("a replica") << core << QByteArray("ZADD")
                               << QByteArray("-READONLY You can't\r\n")
                               << u"this Redis is a replica"_s;
    QTest::newRow("something else")
        << core << QByteArray("BZPOPMIN") << QByteArray("-ERR unknown command\r\n")
        << u"ERR unknown command"_s;
}

void RedisTestTest::saysWhatRedisRefuses()
{
    QFETCH(const Sharing::Backend, backend);
    QFETCH(const QByteArray, command);
    QFETCH(const QByteArray, error);
    QFETCH(const QString, problem);
    const FakeRedis redis([&](const FakeRedis::Heard &heard) {
        return heard.words.first() == command ? error : obey(heard);
    });
    RedisTest test;
    const QSignalSpy answers(&test, &RedisTest::answered);
    const QSignalSpy failures(&test, &RedisTest::failed);
    test.start(at({redis.address()}, backend));
    QTRY_COMPARE_WITH_TIMEOUT(failures.size(), 1, Deadline);
    const QString said = failures.first().at(1).toString();
    QVERIFY2(said.startsWith(problem), qPrintable(said));
    QCOMPARE(answers.size(), 0);
    const QByteArray last = redis.heard.constLast().words.first();
    QCOMPARE(last, QByteArray(backend == Sharing::Backend::RedisCore ? "DEL" : "SUBSCRIBE"));
}

void RedisTestTest::givesUpInTime()
{
    FakeRedis redis(obey);
    redis.isSilent = true;
    RedisTest test;
    test.setPatience(50ms);
    const QSignalSpy failures(&test, &RedisTest::failed);
    test.start(at({redis.address()}));
    QTRY_COMPARE_WITH_TIMEOUT(failures.size(), 1, Deadline);
    QVERIFY(failures.first().at(1).toString().startsWith(u"no answer within"_s));
}

void RedisTestTest::saysNothingOnceItIsCancelled()
{
    const FakeRedis redis(obey);
    RedisTest test;
    const QSignalSpy answers(&test, &RedisTest::answered);
    const QSignalSpy failures(&test, &RedisTest::failed);
    test.cancel(); // nothing goes on: nothing happens
    test.start(at({redis.address()}));
    test.cancel();
    RedisTest later; // what was cancelled would have been told before this
    const QSignalSpy laterAnswers(&later, &RedisTest::answered);
    later.start(at({redis.address()}));
    QTRY_COMPARE_WITH_TIMEOUT(laterAnswers.size(), 1, Deadline);
    QCOMPARE(answers.size(), 0);
    QCOMPARE(failures.size(), 0);
}

void RedisTestTest::anEarlierTestIsGivenUp()
{
    const FakeRedis redis(obey);
    RedisTest test;
    const QSignalSpy answers(&test, &RedisTest::answered);
    const QSignalSpy failures(&test, &RedisTest::failed);
    test.start(at({closedPort()}));
    test.start(at({redis.address()}));
    QTRY_COMPARE_WITH_TIMEOUT(answers.size(), 1, Deadline);
    QCOMPARE(failures.size(), 0);
}

PARLOUR_TEST(RedisTestTest)
#include "tst_redis_test.moc"
