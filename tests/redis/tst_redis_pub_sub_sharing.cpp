// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// Several layers as one, while Redis is there and while it is not.
#include "channels/channel_layer_contract.h"
#include "channels/channel_reader.h"
#include "channels/testing/waiting.h"
#include "redis/message_codec.h"
#include "redis/redis_pub_sub_channel_layer.h"
#include "support/redis_server.h"
#include "support/runner.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour::channels;
using namespace parlour::redis;
using parlour::tests::Ear;
using parlour::tests::RedisServer;
using State = BridgeInfo::State;

namespace {

constexpr auto Patience = 30s;
const QString Lobby = u"chat_lobby"_s;

Message numbered(int n)
{
    return Message(u"chat.message"_s, {{u"n"_s, n}});
}

QList<int> upTo(int n)
{
    QList<int> all(n);
    std::iota(all.begin(), all.end(), 0);
    return all;
}

/// One process: a layer, and a member of the lobby.
struct Process {
    explicit Process(const QList<RedisAddress> &hosts, const QStringList &keys = {},
                     const ChannelLayerOptions &options = {})
        : layer(options, {.hosts = hosts, .encryptionKeys = keys})
        , member(layer)
    {
        isJoined = bool(layer.groupAdd(Lobby, *member.channel)) && joins(Lobby);
    }

    bool joins(const QString &group)
    {
        const auto joined = std::make_shared<bool>(false);
        layer.whenJoined(group, &layer, [joined] { *joined = true; });
        return waitFor([&] { return *joined; }, Patience);
    }
    bool hears(const QList<int> &numbers) const
    {
        return waitFor([&] { return member.heard.size() >= numbers.size(); }, Patience)
            && member.heard == numbers;
    }
    bool reaches(State state) const
    {
        return waitFor([&] { return layer.bridge()->state() == state; }, Patience);
    }
    bool say(int n) { return bool(layer.groupSend(Lobby, numbered(n))); }
    qint64 notShared() const
    {
        const auto causes = layer.bridge()->notShared;
        return std::accumulate(causes.begin(), causes.end(), qint64(0));
    }

    RedisPubSubChannelLayer layer;
    Ear member;
    bool isJoined = false;
};

} // namespace

class RedisPubSubSharingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_redis = std::make_unique<RedisServer>();
        QVERIFY2(m_redis->isRunning(), qPrintable(m_redis->problem()));
    }
    void cleanup() { m_redis.reset(); }

    void allHearOneOrder()
    {
        Process ann(hosts());
        Process ben(hosts());
        QVERIFY(ann.isJoined && ben.isJoined);
        for (int n = 0; n < 500; ++n)
            QVERIFY(ann.say(n) && ben.say(1000 + n));
        QVERIFY(waitFor([&] { return ben.member.heard.size() == 1000; }, Patience));
        QVERIFY(ann.hears(ben.member.heard));
        QList<int> anns;
        std::copy_if(ben.member.heard.begin(), ben.member.heard.end(), std::back_inserter(anns),
                     [](int n) { return n < 1000; });
        QCOMPARE(anns, upTo(500));
        QCOMPARE(ann.layer.bridge()->messagesOut, 500);
        QCOMPARE(ann.layer.bridge()->messagesIn, 500);
    }

    void manyMessagesComeWhole()
    {
        Process ann(hosts());
        Process ben(hosts());
        QVERIFY(ann.isJoined && ben.isJoined);
        for (int n = 0; n < 20000; ++n)
            QVERIFY(ann.say(n));
        QVERIFY(ben.hears(upTo(20000)));
        QVERIFY(ann.hears(upTo(20000)));
        QCOMPARE(ann.notShared(), 0);
    }

    void whatNeedNotWaitOvertakesNothing()
    {
        Process ann(hosts());
        QVERIFY(ann.isJoined);
        QVERIFY(ann.say(0)); // comes back by way of Redis
        QVERIFY(ann.layer.groupAdd(u"new"_s, *ann.member.channel));
        QVERIFY(ann.layer.groupSend(u"new"_s, numbered(1))); // not joined yet: at once
        QVERIFY(ann.hears({0, 1}));
    }

    void membersHereHearAtOnceWhileRedisIsAway()
    {
        Process ann(hosts());
        Process ben(hosts());
        QVERIFY(ann.isJoined && ben.isJoined);
        QVERIFY(ann.say(0));
        QVERIFY(ann.hears({0}) && ben.hears({0}));
        m_redis->stop();
        QVERIFY(ann.reaches(State::Away) && ben.reaches(State::Away));
        for (int n = 1; n < 10; ++n)
            QVERIFY(ann.say(n));
        settle();
        QCOMPARE(ann.member.heard, upTo(10));
        QCOMPARE(ann.layer.bridge()->waiting, 9);
        QVERIFY(!ann.layer.bridge()->hosts[0].problem.isEmpty());

        QVERIFY2(m_redis->start(), qPrintable(m_redis->problem()));
        QVERIFY(ann.reaches(State::Up) && ben.reaches(State::Up));
        QVERIFY(ann.joins(Lobby) && ben.joins(Lobby));
        QVERIFY(ann.say(10));
        QVERIFY(ann.hears(upTo(11)));
        // Who comes back later than the speaker misses some; nobody hears anything twice.
        QVERIFY(waitFor([&] { return ben.member.heard.contains(10); }, Patience));
        auto heard = ben.member.heard;
        QVERIFY(std::is_sorted(heard.begin(), heard.end()));
        QVERIFY(std::adjacent_find(heard.begin(), heard.end()) == heard.end());
        QCOMPARE(ann.notShared(), 0);
    }

    void whatWaitsTooLongIsCounted()
    {
        Process ann(hosts(), {}, {.expiry = 2s});
        QVERIFY(ann.isJoined);
        m_redis->stop();
        QVERIFY(ann.reaches(State::Away));
        QVERIFY(ann.say(0));
        QVERIFY(waitFor([&] { return ann.notShared() == 1; }, Patience));
        // The connection that speaks may have learnt it last, and have sent it into the void.
        const QStringList causes = ann.layer.bridge()->notShared.keys();
        QVERIFY2(causes == QStringList{u"expired"_s} || causes == QStringList{u"unconfirmed"_s},
                 qPrintable(causes.join(u' ')));
        QCOMPARE(ann.member.heard, QList{0});
    }

    void aKilledConnectionLosesNothingHere_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::newRow("the one that listens") << QByteArray("PUBSUB");
        QTest::newRow("the one that publishes") << QByteArray("NORMAL");
    }

    void aKilledConnectionLosesNothingHere()
    {
        QFETCH(QByteArray, type);
        Process ann(hosts());
        Process ben(hosts());
        QVERIFY(ann.isJoined && ben.isJoined);
        // Every other message is equal to all others of its kind.
        constexpr int Count = 3000;
        QList<int> expected;
        for (int n = 0; n < Count; ++n) {
            expected.append(n % 2 ? n : -7);
            QVERIFY(ann.say(expected.last()));
            if (n % 10 == 0)
                settle();
            if (n % 500 == 250)
                m_redis->command({"CLIENT", "KILL", "TYPE", type, "SKIPME", "YES"});
        }
        QVERIFY(ann.reaches(State::Up));
        QVERIFY(ann.joins(Lobby));
        expected.append(Count);
        QVERIFY(ann.say(Count));
        QVERIFY(waitFor([&] { return ann.member.heard.contains(Count); }, Patience));
        QCOMPARE(ann.member.heard, expected);
        QVERIFY(ben.reaches(State::Up) && ben.joins(Lobby));
        QVERIFY(ben.member.heard.count(-7) <= Count / 2);
        if (type == "NORMAL")
            QVERIFY(waitFor(
                [&] { return ben.member.heard.size() + ann.notShared() >= expected.size(); },
                Patience));
    }

    void aFrozenRedisDelaysNobodyForLong()
    {
        Process ann(hosts());
        Process ben(hosts());
        QVERIFY(ann.isJoined && ben.isJoined);
        m_redis->pause();
        QVERIFY(ann.say(0));
        QVERIFY(ann.hears({0}));
        QVERIFY(ann.say(1));
        settle();
        QCOMPARE(ann.member.heard, (QList{0, 1})); // it knows by now
        m_redis->resume();
        QVERIFY(ben.hears({0, 1}));
        QVERIFY(ann.say(2));
        QVERIFY(ann.hears({0, 1, 2}) && ben.hears({0, 1, 2}));
        QCOMPARE(ann.notShared(), 0);
    }

    void equalBytesOfOthersAreTheirs()
    {
        Process ann(hosts());
        QVERIFY(ann.isJoined);
        const QByteArray body = *MessageCodec().encode(numbered(5));
        for (int n = 0; n < 3; ++n) {
            QVERIFY(ann.say(5));
            QCOMPARE(m_redis->command({"PUBLISH", "asgi__group__chat_lobby", body}).integer, 1);
        }
        QVERIFY(ann.say(6));
        QVERIFY(ann.hears({5, 5, 5, 5, 5, 5, 6}));
    }

    void whatCannotBeReadClosesNobody()
    {
        Process ann(hosts());
        QVERIFY(ann.isJoined);
        for (const QByteArray &junk :
             {QByteArray(), QByteArray("junk"), QByteArray("\x81\x01\x02")})
            QCOMPARE(m_redis->command({"PUBLISH", "asgi__group__chat_lobby", junk}).integer, 1);
        QVERIFY(ann.say(1));
        QVERIFY(ann.hears({1}));
        QCOMPARE(ann.layer.bridge()->undecodable, 3);
        QCOMPARE(ann.layer.bridge()->messagesIn, 0);
    }

    void whoeverHasAKeyCanRead()
    {
        Process ann(hosts(), {u"new"_s, u"old"_s});
        Process ben(hosts(), {u"old"_s, u"new"_s});
        Process eve(hosts(), {u"other"_s});
        QVERIFY(ann.isJoined && ben.isJoined && eve.isJoined);
        QVERIFY(ann.say(1));
        QVERIFY(ann.hears({1}) && ben.hears({1}));
        QVERIFY(ben.say(2));
        QVERIFY(ann.hears({1, 2}) && ben.hears({1, 2}));
        QVERIFY(waitFor([&] { return eve.layer.bridge()->undecodable == 2; }, Patience));
        QVERIFY(eve.member.heard.isEmpty());
        QVERIFY(ann.layer.bridge()->encrypted);
    }

    void reachesAChannelOfAnotherProcess()
    {
        Process ann(hosts());
        Process ben(hosts());
        QVERIFY(ann.isJoined && ben.isJoined);
        QVERIFY(ann.layer.send(ben.member.channel->name(), numbered(1)));
        QVERIFY(ben.hears({1}));
        QVERIFY(ann.layer.send(u"asgispecific.gone"_s, numbered(2)));
        QVERIFY(waitFor([&] { return ann.layer.dropped().value(u"no_channel"_s) == 1; }, Patience));
        QVERIFY(ann.layer.groupSend(u"nobody_here"_s, numbered(3)));
        QVERIFY(ann.say(4));
        QVERIFY(ann.hears({4}));
        QCOMPARE(ann.layer.dropped(), (QMap<QString, qint64>{{u"no_channel"_s, 1}}));
    }

    void aNamedChannelIsReadByItsBareName()
    {
        RedisPubSubChannelLayer layer({}, {.hosts = hosts()});
        const auto reader = ChannelReader::open(layer, u"thumbnails"_s);
        QVERIFY(reader);
        const QByteArray body = *MessageCodec().encode(numbered(1));
        QVERIFY(waitFor(
            [&] {
                return m_redis->command({"PUBLISH", "thumbnails", body}).integer == 1;
            },
            Patience));
        QVERIFY(waitFor([&] { return (*reader)->channel().info().queued == 1; }, Patience));
    }

    void leavesNothingBehind()
    {
        {
            Process ann(hosts());
            QVERIFY(ann.isJoined);
            QCOMPARE(m_redis->info("pubsub_channels"), QByteArray("2"));
            QVERIFY(ann.layer.groupDiscard(Lobby, *ann.member.channel));
            QVERIFY(waitFor([&] { return m_redis->info("pubsub_channels") == "1"; }, Patience));
            ann.member.channel.reset();
            QVERIFY(waitFor([&] { return m_redis->info("pubsub_channels") == "0"; }, Patience));
        }
        QVERIFY(waitFor([&] { return m_redis->info("connected_clients") == "1"; }, Patience));
    }

    void tellsWhenAGroupIsJoined()
    {
        Process ann(hosts());
        QVERIFY(ann.isJoined);
        QStringList told;
        const auto wait = [&](QObject *context, const QString &group) {
            ann.layer.whenJoined(group, context, [&told, group] { told.append(group); });
        };
        wait(&ann.layer, Lobby); // joined already
        QCOMPARE(told, QStringList{Lobby});
        m_redis->stop();
        QVERIFY(ann.reaches(State::Away));
        QVERIFY(ann.layer.groupAdd(u"a"_s, *ann.member.channel));
        QVERIFY(ann.layer.groupAdd(u"b"_s, *ann.member.channel));
        auto gone = std::make_unique<QObject>();
        wait(gone.get(), u"a"_s);
        gone.reset();
        wait(&ann.layer, Lobby);
        wait(&ann.layer, u"a"_s);
        wait(&ann.layer, u"b"_s);
        QVERIFY(ann.layer.groupDiscard(u"b"_s, *ann.member.channel));
        QCOMPARE(told.size(), 1);
        QVERIFY2(m_redis->start(), qPrintable(m_redis->problem()));
        QVERIFY(waitFor([&] { return told.size() >= 3; }, Patience));
        settle();
        std::sort(told.begin(), told.end());
        QCOMPARE(told, (QStringList{u"a"_s, Lobby, Lobby}));
    }

    void severalHostsShareTheGroups()
    {
        RedisServer other;
        QVERIFY2(other.isRunning(), qPrintable(other.problem()));
        const QList both{m_redis->address(), other.address()};
        Process ann(both);
        Process ben(both);
        QVERIFY(ann.isJoined && ben.isJoined);
        for (int n = 0; n < 20; ++n) {
            const QString group = u"room_%1"_s.arg(n);
            QVERIFY(ben.layer.groupAdd(group, *ben.member.channel));
            QVERIFY(ben.joins(group));
            QVERIFY(ann.layer.groupSend(group, numbered(n)));
            QVERIFY(waitFor([&] { return ben.member.heard.contains(n); }, Patience));
        }
        QVERIFY(other.info("pubsub_channels").toInt() > 2);
        QVERIFY(m_redis->info("pubsub_channels").toInt() > 2);

        other.stop();
        QVERIFY(ann.reaches(State::Away));
        const auto hosts = ann.layer.bridge()->hosts;
        QCOMPARE(hosts.size(), 2);
        QCOMPARE(hosts[0].state, State::Up);
        QCOMPARE(hosts[1].state, State::Away);
        QCOMPARE(hosts[1].address, other.address().shown());
        ben.member.heard.clear();
        for (int n = 0; n < 20; ++n)
            QVERIFY(ann.layer.groupSend(u"room_%1"_s.arg(n), numbered(n)));
        QVERIFY(waitFor([&] { return ann.layer.bridge()->waiting > 0; }, Patience));
        QCOMPARE(
            waitFor([&] { return ben.member.heard.size() + ann.layer.bridge()->waiting == 20; },
                    Patience),
            true);
    }

private:
    QList<RedisAddress> hosts() const { return {m_redis->address()}; }

    std::unique_ptr<RedisServer> m_redis;
};

PARLOUR_TEST(RedisPubSubSharingTest)
#include "tst_redis_pub_sub_sharing.moc"
