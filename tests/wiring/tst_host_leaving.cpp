// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/close_codes.h"
#include "redis/fake_redis.h"
#include "support/runner.h"
#include "wiring/host_service.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTest>
#include <QTimer>
#include <QWebSocket>

#include <algorithm>

using namespace parlour;
using namespace parlour::wiring;
using namespace parlour::tests;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int Patience = 60000; ///< ms; machines are shared

/// A Redis at the end of a slow line, with somebody else in every group.
class FarRedis
{
public:
    explicit FarRedis(std::chrono::milliseconds delay)
        : m_redis([this, delay](const FakeRedis::Heard &heard) {
            const QByteArray answer = answerTo(heard.words.constFirst());
            if (!silentTo.isEmpty() && heard.bytes.contains(silentTo))
                return QByteArray();
            QTimer::singleShot(delay, &m_context, [this, answer, connection = heard.connection] {
                if (!isSilent)
                    m_redis.say(connection, answer);
            });
            return QByteArray();
        })
    {
    }

    redis::RedisAddress address() const { return m_redis.address(); }
    /// Commands of that name which have these bytes in them.
    qsizetype heard(const QByteArray &name, const QByteArray &part) const
    {
        return std::count_if(m_redis.heard.begin(), m_redis.heard.end(), [&](const auto &heard) {
            return heard.words.constFirst() == name && heard.bytes.contains(part);
        });
    }

    bool isSilent = false;
    QByteArray silentTo; ///< commands with these bytes

private:
    static QByteArray answerTo(const QByteArray &name)
    {
        if (name == "BZPOPMIN")
            return {};
        if (name == "ZRANGE")
            return "*1\r\n$15\r\nparlour.other!1\r\n";
        if (name == "EVAL")
            return "*9\r\n" + ":0\r\n"_ba.repeated(9); // as many copies as there may be
        return name == "TIME" ? "-ERR unknown command\r\n"_ba : ":0\r\n"_ba;
    }

    FakeRedis m_redis;
    QObject m_context;
};

HostConfig sharing(const FarRedis &redis)
{
    HostConfig config;
    config.listen = {{u"127.0.0.1"_s, 0}};
    config.title = u"Test"_s;
    config.ephemeral = true;
    config.shared = Sharing{Sharing::Backend::RedisCore, {.hosts = {redis.address()}}, {u"bot"_s}};
    return config;
}

} // namespace

/// How a host takes leave of those that it shares rooms with.
class HostLeavingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theLastWordsReachAFarRedis();
    void aRedisThatFallsSilentIsNotWaitedForLong_data();
    void aRedisThatFallsSilentIsNotWaitedForLong();
};

void HostLeavingTest::theLastWordsReachAFarRedis()
{
    const FarRedis redis(160ms);
    HostService host(sharing(redis));
    const auto bound = host.start();
    QVERIFY(bound.hasValue());
    QWebSocket ann;
    QStringList texts;
    connect(&ann, &QWebSocket::textMessageReceived, this,
            [&](const QString &text) { texts.append(text); });
    ann.open(QUrl(u"ws://127.0.0.1:%1/ws/chat/general/"_s.arg(bound->constFirst().port)));
    QTRY_VERIFY_WITH_TIMEOUT(redis.heard("ZADD", "chat_general") > 0, Patience);
    QTRY_VERIFY_WITH_TIMEOUT(redis.heard("EVAL", "parlour.alive") > 0, Patience);
    for (int n = 0; n < 5; ++n)
        ann.sendTextMessage(u"{\"message\":\"last words %1\"}"_s.arg(n));
    QTRY_COMPARE_WITH_TIMEOUT(texts.size(), 5, Patience); // here they are heard at once

    bool isStopped = false;
    connect(&host, &HostService::stopped, this, [&] { isStopped = true; });
    host.stop(channels::close_code::GoingAway, {});
    QTRY_VERIFY_WITH_TIMEOUT(isStopped, Patience);
    for (int n = 0; n < 5; ++n)
        QCOMPARE(redis.heard("EVAL", "last words " + QByteArray::number(n)), 1);
    QCOMPARE(redis.heard("EVAL", "parlour.goodbye"), 1);
    QCOMPARE(redis.heard("ZREM", "chat_general"), 1);
    QCOMPARE(redis.heard("ZREM", "parlour.presence"), 1);
}

void HostLeavingTest::aRedisThatFallsSilentIsNotWaitedForLong_data()
{
    QTest::addColumn<QByteArray>("silentTo");
    QTest::newRow("before the last words") << QByteArray();
    QTest::newRow("behind them") << "parlour.goodbye"_ba;
}

void HostLeavingTest::aRedisThatFallsSilentIsNotWaitedForLong()
{
    QFETCH(const QByteArray, silentTo);
    FarRedis redis(0ms);
    redis.silentTo = silentTo;
    HostService host(sharing(redis));
    QVERIFY(host.start().hasValue());
    QTRY_VERIFY_WITH_TIMEOUT(redis.heard("EVAL", "parlour.alive") > 0, Patience);
    redis.isSilent = silentTo.isEmpty();
    bool isStopped = false;
    connect(&host, &HostService::stopped, this, [&] { isStopped = true; });
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"^stopped before Redis had"_s));
    QElapsedTimer time;
    time.start();
    host.stop(channels::close_code::GoingAway, {});
    QTRY_VERIFY_WITH_TIMEOUT(isStopped, Patience);
    QVERIFY(time.elapsed() >= 900);
    QVERIFY2(time.elapsed() < 15000,
             "parlourd ends within three seconds; this machine may be busy");
}

PARLOUR_TEST(HostLeavingTest)
#include "tst_host_leaving.moc"
