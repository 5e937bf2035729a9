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

namespace {

constexpr int Deadline = 20000; // ms

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
    void givesUpInTime();
    void saysNothingOnceItIsCancelled();
    void anEarlierTestIsGivenUp();
};

void RedisTestTest::saysHowLongAnAnswerTakes()
{
    const FakeRedis redis;
    RedisTest test;
    const QSignalSpy answers(&test, &RedisTest::answered);
    const QSignalSpy failures(&test, &RedisTest::failed);
    test.start({redis.address()});
    QCOMPARE(answers.size(), 0); // never within start()
    QTRY_COMPARE_WITH_TIMEOUT(answers.size(), 1, Deadline);
    QVERIFY(answers.first().first().value<std::chrono::microseconds>() > 0us);
    QCOMPARE(failures.size(), 0);
}

void RedisTestTest::triesEveryServerAndNamesTheOneThatFails()
{
    const FakeRedis one;
    const FakeRedis two;
    const RedisAddress three = closedPort();
    RedisTest test;
    const QSignalSpy answers(&test, &RedisTest::answered);
    const QSignalSpy failures(&test, &RedisTest::failed);
    test.start({one.address(), two.address()});
    QTRY_COMPARE_WITH_TIMEOUT(answers.size(), 1, Deadline);
    QCOMPARE(one.connections(), 1);
    QCOMPARE(two.connections(), 1);
    test.start({one.address(), three, two.address()});
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
    FakeRedis redis;
    redis.greeting = greeting;
    RedisTest test;
    const QSignalSpy failures(&test, &RedisTest::failed);
    test.start({redis.address()});
    QTRY_COMPARE_WITH_TIMEOUT(failures.size(), 1, Deadline);
    const QString said = failures.first().at(1).toString();
    QVERIFY2(said.startsWith(problem), qPrintable(said));
}

void RedisTestTest::givesUpInTime()
{
    FakeRedis redis;
    redis.isSilent = true;
    RedisTest test;
    test.setPatience(50ms);
    const QSignalSpy failures(&test, &RedisTest::failed);
    test.start({redis.address()});
    QTRY_COMPARE_WITH_TIMEOUT(failures.size(), 1, Deadline);
    QVERIFY(failures.first().at(1).toString().startsWith(u"no answer within"_s));
}

void RedisTestTest::saysNothingOnceItIsCancelled()
{
    const FakeRedis redis;
    RedisTest test;
    const QSignalSpy answers(&test, &RedisTest::answered);
    const QSignalSpy failures(&test, &RedisTest::failed);
    test.cancel(); // nothing goes on: nothing happens
    test.start({redis.address()});
    test.cancel();
    RedisTest later; // what was cancelled would have been told before this
    const QSignalSpy laterAnswers(&later, &RedisTest::answered);
    later.start({redis.address()});
    QTRY_COMPARE_WITH_TIMEOUT(laterAnswers.size(), 1, Deadline);
    QCOMPARE(answers.size(), 0);
    QCOMPARE(failures.size(), 0);
}

void RedisTestTest::anEarlierTestIsGivenUp()
{
    const FakeRedis redis;
    RedisTest test;
    const QSignalSpy answers(&test, &RedisTest::answered);
    const QSignalSpy failures(&test, &RedisTest::failed);
    test.start({closedPort()});
    test.start({redis.address()});
    QTRY_COMPARE_WITH_TIMEOUT(answers.size(), 1, Deadline);
    QCOMPARE(failures.size(), 0);
}

PARLOUR_TEST(RedisTestTest)
#include "tst_redis_test.moc"
