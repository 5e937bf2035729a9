// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/testing/waiting.h"
#include "redis/answers.h"
#include "redis/fake_redis.h"
#include "redis/redis_connection.h"
#include "support/redis_server.h"
#include "support/runner.h"
#include "tls/tls_identity.h"

#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour::redis;
using parlour::channels::settle;
using parlour::channels::waitFor;
using parlour::tests::Answers;
using parlour::tests::FakeRedis;
using parlour::tests::RedisServer;

namespace {

constexpr auto Patience = 20s;

/// Everything at once: a password, a user, TLS.
struct Served {
    parlour::server::TlsIdentity identity = parlour::server::makeTlsIdentity({}).value();
    RedisServer redis{{.password = u"hunter2"_s,
                       .user = u"chat"_s,
                       .userPassword = u"p@ss word"_s,
                       .certificate = identity.certificate,
                       .key = identity.key,
                       .lines = {u"bind 127.0.0.1 127.0.0.2"_s}}};
    QTemporaryDir dir;

    QString certificateFile() const { return dir.filePath(u"ca.pem"_s); }
    RedisAddress address(QString url) const
    {
        url.replace(u"PORT"_s, QString::number(redis.port()));
        url.replace(u"TLS"_s, QString::number(redis.tlsPort()));
        url.replace(u"SOCKET"_s, redis.socketPath());
        url.replace(u"CA"_s, certificateFile());
        return RedisAddress::parse(url).value();
    }
};

} // namespace

class RedisConnectionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_served = std::make_unique<Served>();
        QVERIFY2(m_served->redis.isRunning(), qPrintable(m_served->redis.problem()));
        QFile file(m_served->certificateFile());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(m_served->identity.certificate);
    }

    void cleanupTestCase() { m_served.reset(); }

    void letsUsIn_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("user"); ///< whom Redis takes us for
        QTest::addColumn<int>("database");
        const auto row = [](const char *name, const QString &url, const QString &user, int db) {
            QTest::newRow(name) << url << user << db;
        };
        row("password", u"redis://:hunter2@127.0.0.1:PORT"_s, u"default"_s, 0);
        row("user", u"redis://chat:p%40ss%20word@127.0.0.1:PORT"_s, u"chat"_s, 0);
        row("default user by name", u"redis://default:hunter2@localhost:PORT"_s, u"default"_s, 0);
        row("database", u"redis://:hunter2@127.0.0.1:PORT/7"_s, u"default"_s, 7);
        row("Unix socket", u"unix://:hunter2@SOCKET?db=3"_s, u"default"_s, 3);
        row("TLS", u"rediss://chat:p%40ss%20word@127.0.0.1:TLS/2?ssl_ca_certs=CA"_s, u"chat"_s, 2);
        row("TLS by name", u"rediss://:hunter2@localhost:TLS?ssl_ca_certs=CA"_s, u"default"_s, 0);
    }

    void letsUsIn()
    {
        QFETCH(QString, url);
        QFETCH(QString, user);
        QFETCH(int, database);
        RedisConnection connection(m_served->address(url));
        connection.open();
        QVERIFY2(waitFor([&] { return connection.isUp(); }, Patience),
                 qPrintable(connection.problem()));
        QCOMPARE(connection.problem(), QString());
        Answers answers(connection);
        answers.ask({"ACL", "WHOAMI"});
        answers.ask({"CLIENT", "INFO"});
        QVERIFY(waitFor([&] { return answers.all.size() == 2; }, Patience));
        QCOMPARE(answers.all[0], u'"' + user + u'"');
        QVERIFY(answers.all[1].contains(u"%20db%3D%1%20"_s.arg(database)));
    }

    void saysWhyItIsNotLetIn_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("says"); ///< a part of the problem
        const auto row = [](const char *name, const QString &url, const QString &says) {
            QTest::newRow(name) << url << says;
        };
        row("wrong password", u"redis://:letmein@127.0.0.1:PORT"_s, u"user and password"_s);
        row("wrong user", u"redis://eve:letmein@127.0.0.1:PORT"_s, u"user and password"_s);
        row("no password", u"redis://127.0.0.1:PORT"_s, u"asks for a password"_s);
        row("database that is not there", u"redis://:hunter2@127.0.0.1:PORT/99"_s,
            u"no database of this number"_s);
        row("nobody listens", u"redis://:letmein@127.0.0.1:1"_s, u"refused"_s);
        row("host that is not there", u"redis://nowhere.invalid"_s, u"not found"_s);
        row("no socket", u"unix:///nowhere/redis.sock"_s, u"no such socket"_s);
        row("certificate of a stranger", u"rediss://:letmein@127.0.0.1:TLS"_s,
            u"certificate of Redis is not to be trusted"_s);
        row("certificate of another host", u"rediss://:letmein@127.0.0.2:TLS?ssl_ca_certs=CA"_s,
            {});
        row("file without certificates", u"rediss://a?ssl_ca_certs=/dev/null"_s, u"/dev/null"_s);
        row("no TLS there", u"rediss://:letmein@127.0.0.1:PORT?ssl_ca_certs=CA"_s,
            u"does it speak TLS"_s);
        row("TLS there", u"redis://:letmein@127.0.0.1:TLS"_s, u"does it want TLS"_s);
    }

    void saysWhyItIsNotLetIn()
    {
        QFETCH(QString, url);
        QFETCH(QString, says);
        const auto address = m_served->address(url);
        RedisConnection connection(address);
        QCOMPARE(connection.state(), parlour::channels::BridgeInfo::State::Connecting);
        connection.open();
        QVERIFY(waitFor([&] { return !connection.problem().isEmpty(); }, Patience));
        QCOMPARE(connection.state(), parlour::channels::BridgeInfo::State::Away);
        QVERIFY2(connection.problem().contains(says), qPrintable(connection.problem()));
        QVERIFY2(!connection.problem().contains(u"letmein"_s), qPrintable(connection.problem()));
        QCOMPARE(connection.info().address, address.shown());
        QVERIFY(connection.info().nextTry > 0);
    }

    void isNotTakenInByOthers_data()
    {
        QTest::addColumn<QByteArray>("greeting");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, const QByteArray &greeting, const QString &says) {
            QTest::newRow(name) << greeting << says;
        };
        row("a web server", "HTTP/1.1 400 Bad Request\r\n\r\n", u"is no Redis"_s);
        row("noise", QByteArray("\x00\xff\x15\x03", 4), u"is no Redis"_s);
        row("a Redis that is loading", "-LOADING Redis is loading the dataset in memory\r\n",
            u"still loading"_s);
        row("a Redis that is full", "-ERR max number of clients reached\r\n", u"maxclients"_s);
        row("a Redis in protected mode", "-DENIED Redis is running in protected mode\r\n",
            u"protected mode"_s);
        row("an old Redis that repeats the password",
            "-ERR unknown command 'AUTH', with args beginning with: 'letmein'\r\n", u"(ERR)"_s);
        row("silence", {}, u"no answer within 0.2 s"_s);
    }

    void isNotTakenInByOthers()
    {
        QFETCH(QByteArray, greeting);
        QFETCH(QString, says);
        FakeRedis other;
        other.greeting = greeting;
        other.isSilent = true;
        auto address = other.address();
        address.password = u"letmein"_s;
        RedisConnection connection(address, {.connectTimeout = 200ms, .firstRetry = 10ms});
        connection.open();
        QVERIFY(waitFor([&] { return connection.problem().contains(says); }, Patience));
        QVERIFY2(!connection.problem().contains(u"letmein"_s), qPrintable(connection.problem()));
        QVERIFY(waitFor([&] { return other.connections() > 2; }, Patience)); // it tries again
    }

    void answersThousandsInOrder()
    {
        RedisConnection connection(m_served->redis.address());
        connection.open();
        QVERIFY(waitFor([&] { return connection.isUp(); }, Patience));
        Answers answers(connection);
        QStringList expected;
        for (int n = 1; n <= 10000; ++n) {
            answers.ask({"INCR", "counter"});
            expected.append(QString::number(n));
        }
        QVERIFY(answers.all.isEmpty());
        QVERIFY(waitFor([&] { return answers.all.size() == 10000; }, Patience));
        QCOMPARE(answers.all, expected);
        QVERIFY(connection.info().roundTripUs > 0);
    }

    void anErrorOfRedisIsAnAnswer()
    {
        RedisConnection connection(m_served->redis.address());
        connection.open();
        QVERIFY(waitFor([&] { return connection.isUp(); }, Patience));
        Answers answers(connection);
        for (const auto &words :
             {QByteArrayList{"SET", "text", "a"}, {"ZADD", "text", "1", "a"}, {"GET", "text"}})
            answers.ask(words);
        QVERIFY(waitFor([&] { return answers.all.size() == 3; }, Patience));
        QVERIFY(answers.all[1].startsWith(u"-WRONGTYPE"_s));
        QCOMPARE(answers.all[2], u"\"a\""_s);
        QCOMPARE(connection.problem(), QString());
    }

    void saysWhatRedisRefuses_data()
    {
        QTest::addColumn<QByteArrayList>("make");
        QTest::addColumn<QByteArrayList>("mend");
        QTest::addColumn<QString>("says");
        QTest::newRow("out of memory")
            << QByteArrayList{"CONFIG", "SET", "maxmemory", "1"}
            << QByteArrayList{"CONFIG", "SET", "maxmemory", "0"} << u"maxmemory"_s;
        QTest::newRow("replica") << QByteArrayList{"REPLICAOF", "127.0.0.1", "1"}
                                 << QByteArrayList{"REPLICAOF", "NO", "ONE"} << u"replica"_s;
        QTest::newRow("too few replicas")
            << QByteArrayList{"CONFIG", "SET", "min-replicas-to-write", "1"}
            << QByteArrayList{"CONFIG", "SET", "min-replicas-to-write", "0"} << u"replicas"_s;
    }

    void saysWhatRedisRefuses()
    {
        QFETCH(QByteArrayList, make);
        QFETCH(QByteArrayList, mend);
        QFETCH(QString, says);
        RedisConnection connection(m_served->redis.address());
        connection.open();
        QVERIFY(waitFor([&] { return connection.isUp(); }, Patience));
        int changes = 0;
        connect(&connection, &RedisConnection::stateChanged, this, [&] { ++changes; });
        Answers answers(connection);
        const auto ask = [&](const QByteArrayList &words) {
            const auto before = answers.all.size();
            answers.ask(words);
            return waitFor([&] { return answers.all.size() > before; }, Patience);
        };
        QVERIFY(ask(make));
        QVERIFY(ask({"SET", "a", "1"}));
        QVERIFY(answers.all.last().startsWith(u'-'));
        QVERIFY2(connection.problem().contains(says), qPrintable(connection.problem()));
        QVERIFY(connection.isUp());
        QVERIFY(ask({"GET", "a"})); // reading goes on, and mends nothing
        QVERIFY(!connection.problem().isEmpty());
        QCOMPARE(changes, 1);
        QVERIFY(ask(mend));
        QVERIFY(ask({"SET", "a", "1"}));
        QCOMPARE(connection.problem(), QString());
        QCOMPARE(changes, 2);
    }

    void aCommandMayWaitWithinRedis()
    {
        RedisConnection connection(m_served->redis.address(), {.commandTimeout = 300ms});
        connection.open();
        QVERIFY(waitFor([&] { return connection.isUp(); }, Patience));
        Answers answers(connection);
        answers.ask({"BZPOPMIN", "nothing", "1"}, {.timeout = 20s});
        answers.ask({"ECHO", "after"});
        QVERIFY(waitFor([&] { return answers.all.size() == 2; }, Patience));
        QCOMPARE(answers.all, (QStringList{u"nil"_s, u"\"after\""_s}));
        QCOMPARE(connection.info().reconnects, 0);
    }

    void aContextThatIsGoneHearsNothing()
    {
        RedisConnection connection(m_served->redis.address());
        connection.open();
        QVERIFY(waitFor([&] { return connection.isUp(); }, Patience));
        {
            Answers gone(connection);
            gone.ask({"ECHO", "gone"});
        }
        Answers answers(connection);
        answers.ask({"ECHO", "here"});
        QVERIFY(waitFor([&] { return !answers.all.isEmpty(); }, Patience));
        QCOMPARE(answers.all, QStringList{u"\"here\""_s});
    }

    void endsWithACommandUnderWay()
    {
        Answers *answers = nullptr;
        {
            RedisConnection connection(m_served->redis.address());
            connection.open();
            QVERIFY(waitFor([&] { return connection.isUp(); }, Patience));
            answers = new Answers(connection);
            answers->ask({"ECHO", "a"});
        }
        settle();
        QVERIFY(answers->all.isEmpty());
        delete answers;
    }

private:
    std::unique_ptr<Served> m_served;
};

PARLOUR_TEST(RedisConnectionTest)
#include "tst_redis_connection.moc"
