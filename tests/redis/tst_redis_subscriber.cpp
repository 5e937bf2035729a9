// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/testing/waiting.h"
#include "redis/fake_redis.h"
#include "redis/redis_connection.h"
#include "redis/redis_subscriber.h"
#include "support/redis_server.h"
#include "support/runner.h"

#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour::redis;
using parlour::channels::settle;
using parlour::channels::waitFor;
using parlour::tests::FakeRedis;
using parlour::tests::RedisServer;
using State = parlour::channels::BridgeInfo::State;

namespace {

constexpr auto Patience = 20s;

/// A subscriber, and what it heard.
struct Hearing : QObject {
    explicit Hearing(const RedisAddress &address, const RedisConnectionOptions &options = {})
        : subscriber(address, options)
    {
        connect(&subscriber, &RedisSubscriber::message, this,
                [this](const QByteArray &channel, const QByteArray &payload) {
                    heard.append(channel + ' ' + payload);
                });
        connect(&subscriber, &RedisSubscriber::confirmed, this,
                [this](const QByteArray &channel) { confirmed.append(channel); });
        subscriber.open();
    }

    bool isConfirmed(const QByteArray &channel) const
    {
        return waitFor([&] { return subscriber.isConfirmed(channel); }, Patience);
    }
    bool hears(const QByteArrayList &messages) const
    {
        return waitFor([&] { return heard.size() >= messages.size(); }, Patience)
            && heard == messages;
    }

    RedisSubscriber subscriber;
    QByteArrayList heard;
    QByteArrayList confirmed;
};

/// What is said about one server in the log, while this lives.
class LogLines
{
public:
    explicit LogLines(const QString &server)
    {
        s_server = server;
        s_lines.clear();
        s_before = qInstallMessageHandler(note);
    }
    ~LogLines() { qInstallMessageHandler(s_before); }
    Q_DISABLE_COPY_MOVE(LogLines)

    qsizetype count(const QString &words) const
    {
        return std::count_if(s_lines.begin(), s_lines.end(),
                             [&](const QString &line) { return line.contains(words); });
    }

private:
    static void note(QtMsgType type, const QMessageLogContext &context, const QString &line)
    {
        if (line.startsWith(s_server))
            s_lines.append(line);
        else
            s_before(type, context, line);
    }

    inline static QString s_server;
    inline static QStringList s_lines;
    inline static QtMessageHandler s_before = nullptr;
};

/// Says yes to each subscription.
QByteArray confirmation(const FakeRedis::Heard &command)
{
    QByteArray answer;
    for (const QByteArray &channel : command.words.mid(1))
        answer += "*3\r\n$" + QByteArray::number(command.words[0].size()) + "\r\n"
            + command.words[0].toLower() + "\r\n$" + QByteArray::number(channel.size()) + "\r\n"
            + channel + "\r\n:1\r\n";
    return answer;
}

QByteArrayList lines(const FakeRedis &redis)
{
    QByteArrayList all;
    for (const auto &command : redis.heard)
        all.append(command.words.join(' '));
    return all;
}

} // namespace

class RedisSubscriberTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hearsWhatItSubscribed()
    {
        RedisServer redis;
        QVERIFY2(redis.isRunning(), qPrintable(redis.problem()));
        Hearing ann(redis.address());
        ann.subscriber.subscribe("a");
        ann.subscriber.subscribe("b");
        QVERIFY(!ann.subscriber.isConfirmed("a"));
        QVERIFY(ann.isConfirmed("a") && ann.isConfirmed("b"));
        QCOMPARE(redis.command({"PUBLISH", "a", "1"}).integer, 1);
        QCOMPARE(redis.command({"PUBLISH", "c", "2"}).integer, 0);
        const QByteArray binary("\r\n\0", 3);
        QCOMPARE(redis.command({"PUBLISH", "b", binary}).integer, 1);
        QVERIFY(ann.hears({"a 1", "b " + binary}));

        ann.subscriber.unsubscribe("a");
        QVERIFY(!ann.subscriber.isConfirmed("a"));
        QVERIFY(waitFor([&] { return redis.info("pubsub_channels") == "1"; }, Patience));
        ann.subscriber.unsubscribe("b");
        QVERIFY(waitFor([&] { return redis.info("pubsub_channels") == "0"; }, Patience));
        ann.subscriber.subscribe("a");
        QVERIFY(ann.isConfirmed("a"));
    }

    void saysItInOneWritePerTurn()
    {
        FakeRedis redis(confirmation);
        Hearing ann(redis.address());
        ann.subscriber.subscribe("a");
        QVERIFY(ann.isConfirmed("a"));
        for (const char *channel : {"b", "c", "b"})
            ann.subscriber.subscribe(channel);
        ann.subscriber.unsubscribe("a");
        ann.subscriber.unsubscribe("never");
        ann.subscriber.subscribe("short");
        ann.subscriber.unsubscribe("short");
        QVERIFY(ann.isConfirmed("b"));
        QCOMPARE(lines(redis), (QByteArrayList{"SUBSCRIBE a", "UNSUBSCRIBE a", "SUBSCRIBE b c"}));

        ann.confirmed.clear();
        ann.subscriber.unsubscribe("b");
        ann.subscriber.subscribe("b");
        QVERIFY(ann.isConfirmed("b"));
        QCOMPARE(ann.confirmed, QByteArrayList{"b"});
        QCOMPARE(redis.heard.size(), 3);
    }

    void anEarlierAnswerConfirmsNothing()
    {
        FakeRedis redis;
        Hearing ann(redis.address());
        const auto heard = [&](int commands) {
            return waitFor([&] { return redis.heard.size() == commands; }, Patience);
        };
        ann.subscriber.subscribe("a");
        QVERIFY(heard(1));
        ann.subscriber.unsubscribe("a");
        QVERIFY(heard(2));
        ann.subscriber.subscribe("a");
        QVERIFY(heard(3));
        redis.say(0, confirmation(redis.heard[0]) + confirmation(redis.heard[1]));
        settle();
        QVERIFY(!ann.subscriber.isConfirmed("a"));
        redis.say(0, confirmation(redis.heard[2]));
        QVERIFY(ann.isConfirmed("a"));
        QCOMPARE(ann.confirmed, QByteArrayList{"a"});
    }

    void returnsToAllItsChannels_data()
    {
        QTest::addColumn<QByteArrayList>("cause");
        QTest::newRow("Redis starts anew, empty") << QByteArrayList();
        QTest::newRow("CLIENT KILL") << QByteArrayList{"CLIENT", "KILL", "TYPE", "PUBSUB"};
    }

    void returnsToAllItsChannels()
    {
        QFETCH(QByteArrayList, cause);
        RedisServer redis;
        QVERIFY2(redis.isRunning(), qPrintable(redis.problem()));
        Hearing ann(redis.address());
        for (int n = 0; n < 2000; ++n)
            ann.subscriber.subscribe("room." + QByteArray::number(n));
        QVERIFY(waitFor([&] { return ann.confirmed.size() == 2000; }, Patience));
        if (cause.isEmpty())
            redis.stop();
        else
            QCOMPARE(redis.command(cause).integer, 1);
        QVERIFY(waitFor([&] { return ann.subscriber.state() == State::Away; }, Patience));
        QVERIFY(!ann.subscriber.isConfirmed("room.0"));
        ann.subscriber.subscribe("new");
        ann.subscriber.unsubscribe("room.1999");
        if (cause.isEmpty())
            QVERIFY2(redis.start(), qPrintable(redis.problem()));
        QVERIFY(ann.isConfirmed("new") && ann.isConfirmed("room.1998"));
        QCOMPARE(redis.info("pubsub_channels"), QByteArray("2000"));
        QCOMPARE(redis.command({"PUBLISH", "room.7", "back"}).integer, 1);
        QVERIFY(ann.hears({"room.7 back"}));
    }

    void aReaderThatIsTooSlowIsCutAndComesBack()
    {
        RedisServer redis({.lines = {u"client-output-buffer-limit pubsub 64kb 64kb 1"_s}});
        QVERIFY2(redis.isRunning(), qPrintable(redis.problem()));
        Hearing ann(redis.address());
        ann.subscriber.subscribe("a");
        QVERIFY(ann.isConfirmed("a"));
        // Nobody reads here while command() waits; the sockets' own buffers hold some megabytes.
        const QByteArray large(1024 * 1024, 'x');
        for (int n = 0; n < 40 && redis.info("pubsub_channels") != "0"; ++n)
            redis.command({"PUBLISH", "a", large});
        QCOMPARE(redis.info("pubsub_channels"), QByteArray("0"));
        QVERIFY(waitFor([&] { return ann.subscriber.info().reconnects == 1; }, Patience));
        QVERIFY(ann.isConfirmed("a"));
        ann.heard.clear();
        redis.command({"PUBLISH", "a", "small"});
        QVERIFY(ann.hears({"a small"}));
    }

    void noticesARedisThatIsFrozen()
    {
        RedisServer redis;
        QVERIFY2(redis.isRunning(), qPrintable(redis.problem()));
        Hearing ann(redis.address(),
                    {.connectTimeout = 300ms, .commandTimeout = 300ms, .pingInterval = 200ms});
        ann.subscriber.subscribe("a");
        QVERIFY(ann.isConfirmed("a"));
        QVERIFY(waitFor([&] { return ann.subscriber.info().roundTripUs >= 0; }, Patience));
        redis.pause();
        QVERIFY(waitFor([&] { return ann.subscriber.state() == State::Away; }, Patience));
        QVERIFY2(ann.subscriber.problem().contains(u"no answer"_s),
                 qPrintable(ann.subscriber.problem()));
        redis.resume();
        QVERIFY(ann.isConfirmed("a"));
    }

    void triesAgainWhereASubscriptionIsRefused()
    {
        RedisServer redis({.user = u"chat"_s, .userPassword = u"secret"_s});
        QVERIFY2(redis.isRunning(), qPrintable(redis.problem()));
        QVERIFY(!redis.command({"ACL", "SETUSER", "chat", "resetchannels"}).isError());
        auto address = redis.address();
        address.user = u"chat"_s;
        address.password = u"secret"_s;
        Hearing ann(address);
        ann.subscriber.subscribe("a");
        QVERIFY(waitFor([&] { return ann.subscriber.problem().contains(u"ACL"_s); }, Patience));
        QVERIFY(!redis.command({"ACL", "SETUSER", "chat", "allchannels"}).isError());
        QVERIFY(ann.isConfirmed("a"));
        QCOMPARE(ann.subscriber.problem(), QString());
    }

    void whatIsRefusedIsTriedLessAndLessOftenAndReportedOnce()
    {
        bool isRefused = true;
        const FakeRedis redis([&](const FakeRedis::Heard &heard) {
            return isRefused ? "-NOPERM no permission\r\n"_ba : confirmation(heard);
        });
        const LogLines log(redis.address().shown());
        Hearing ann(redis.address(),
                    {.firstRetry = 1ms, .lastRetry = 2ms, .lastRefusedRetry = 200ms});
        ann.subscriber.subscribe("a");
        const auto pause = [&] {
            return ann.subscriber.info().nextTry - ann.subscriber.info().since;
        };
        QVERIFY(waitFor([&] { return pause() > 50 && pause() < 1000; }, Patience));
        QVERIFY(redis.connections() > 3);
        QCOMPARE(log.count(u"is away"_s), 1);
        QVERIFY(log.count(u"is connected"_s) <= 1); // the first time nothing was refused yet
        isRefused = false;
        QVERIFY(ann.isConfirmed("a"));
        QVERIFY(waitFor([&] { return log.count(u"is connected"_s) == 2; }, Patience));
    }

    void messagesDoNotHideThatAnAnswerIsMissing()
    {
        FakeRedis redis(confirmation);
        Hearing ann(redis.address(), {.commandTimeout = 300ms, .pingInterval = 0ms});
        ann.subscriber.subscribe("a");
        QVERIFY(ann.isConfirmed("a"));
        QVERIFY(waitFor([&] { return ann.subscriber.info().roundTripUs >= 0; }, Patience));
        redis.isSilent = true;
        ann.subscriber.probe();
        redis.say(0, "*3\r\n$7\r\nmessage\r\n$1\r\na\r\n$1\r\n1\r\n");
        QVERIFY(ann.hears({"a 1"}));
        QVERIFY(waitFor([&] { return ann.subscriber.state() == State::Away; }, Patience));
    }

    void aRedisThatCannotSaveIsListenedTo()
    {
        RedisServer redis({.lines = {u"enable-protected-configs yes"_s}});
        QVERIFY2(redis.isRunning(), qPrintable(redis.problem()));
        {
            const QTemporaryDir gone;
            redis.command({"CONFIG", "SET", "dir", gone.path().toUtf8()});
        }
        redis.command({"CONFIG", "SET", "save", "3600 1000000"});
        redis.command({"BGSAVE"});
        QVERIFY(
            waitFor([&] { return redis.command({"PING"}).errorCode() == "MISCONF"; }, Patience));
        Hearing ann(redis.address());
        RedisConnection ben(redis.address());
        ben.open();
        ann.subscriber.subscribe("a");
        QVERIFY(ann.isConfirmed("a"));
        QVERIFY(waitFor([&] { return ben.problem().contains(u"cannot save"_s); }, Patience));
        QVERIFY(ben.isUp());
        ben.send({"PUBLISH", "a", "1"}, nullptr, {});
        QVERIFY(ann.hears({"a 1"}));
        QVERIFY2(ann.subscriber.problem().contains(u"cannot save"_s),
                 qPrintable(ann.subscriber.problem()));
        QCOMPARE(ann.subscriber.info().reconnects, 0);
    }

    void oddMessagesHarmNobody()
    {
        FakeRedis redis(confirmation);
        Hearing ann(redis.address());
        ann.subscriber.subscribe("a");
        QVERIFY(ann.isConfirmed("a"));
        redis.say(0,
                  "*0\r\n:7\r\n*1\r\n$7\r\nmessage\r\n*2\r\n*0\r\n*0\r\n"
                  "*3\r\n$9\r\nsubscribe\r\n$1\r\nz\r\n:1\r\n"
                  "*3\r\n$7\r\nmessage\r\n$1\r\nz\r\n$1\r\n1\r\n"
                  "*3\r\n$7\r\nmessage\r\n$1\r\na\r\n$1\r\n2\r\n");
        QVERIFY(ann.hears({"a 2"}));
        QCOMPARE(ann.confirmed, QByteArrayList{"a"});
    }
};

PARLOUR_TEST(RedisSubscriberTest)
#include "tst_redis_subscriber.moc"
