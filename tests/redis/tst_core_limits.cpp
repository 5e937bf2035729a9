// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// The core layer's capacity, expiry, keys, shared channels and several servers, over a real Redis.
#include "channels/channel_reader.h"
#include "redis/core_room.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour::channels;
using namespace parlour::redis;
using namespace parlour::tests;

namespace {

const QString Lobby = u"chat_lobby"_s;
const QByteArray LobbyKey = "asgi:group:chat_lobby";

/// Every second one is kept by the second of two servers.
QString groupNamed(int n)
{
    return (n % 2 ? u"g%1"_s : u"chat_%1"_s).arg(n);
}

} // namespace

class CoreLimitsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_redis.isRunning(), qPrintable(m_redis.problem())); }
    void init() { m_redis.command({"FLUSHALL"}); }

    void anInboxHoldsNoMoreThanItsCapacity()
    {
        CoreProcess process({.hosts = {m_redis.address()}, .capacityPatience = 0s},
                            {.capacity = 9, .channelCapacity = {{u"specific.*"_s, 3}}});
        QVERIFY(process.isUp());
        Ear ann(process.layer);
        const ForeignPeer peer(m_redis);
        peer.join("chat_lobby");
        QVERIFY(process.layer.groupAdd(Lobby, *ann.channel));
        for (const int n : upTo(5))
            QVERIFY(process.layer.groupSend(Lobby, numbered(n)));
        QVERIFY2(hears(ann, upTo(5)), "whoever reads loses nothing because another one does not");
        QVERIFY(waitFor([&] { return process.bridge().notShared.value(u"capacity"_s) == 2; }, 20s));
        QCOMPARE(peer.stored().size(), 3);
        QVERIFY(process.layer.send(QString::fromUtf8(peer.name()), numbered(6)));
        QVERIFY(waitFor([&] { return process.bridge().notShared.value(u"capacity"_s) == 3; }, 20s));
        QCOMPARE(process.bridge().messagesOut, 3);
    }

    void aLongListOfChannelsIsStoredInParts()
    {
        CoreProcess process(m_redis);
        QVERIFY(process.isUp());
        const ForeignPeer peer(m_redis);
        addMembers("asgi:group:chat_lobby", peer.name(), 12'000);
        QVERIFY(process.layer.groupSend(Lobby, numbered(1)));
        QVERIFY(waitFor([&] { return count(peer.key()) == 3; }, 20s));
        QSet<QString> channels;
        for (const auto &stored : peer.stored())
            channels.unite(QSet(stored.channels.begin(), stored.channels.end()));
        QCOMPARE(channels.size(), 12'000);
        QVERIFY(waitFor([&] { return process.bridge().messagesOut == 1; }, 20s));
    }

    void aGroupOfTooManyMembersIsHeardHereAlone()
    {
        CoreProcess process(m_redis);
        QVERIFY(process.isUp());
        Ear ann(process.layer);
        const ForeignPeer peer(m_redis);
        QVERIFY(process.layer.groupAdd(Lobby, *ann.channel));
        addMembers("asgi:group:chat_lobby", peer.name(), 50'001);
        QVERIFY(process.layer.groupSend(Lobby, numbered(1)));
        QVERIFY(hears(ann, {1}));
        QCOMPARE(process.bridge().notShared, (QMap<QString, qint64>{{u"too_many_members"_s, 1}}));
        QCOMPARE(count(peer.key()), 0);
    }

    void keysExpireAsWritten()
    {
        CoreProcess process(m_redis, {.expiry = 30s, .groupExpiry = 1h});
        QVERIFY(process.isUp());
        Ear ann(process.layer);
        const ForeignPeer peer(m_redis);
        peer.join("chat_lobby");
        QVERIFY(process.layer.groupAdd(Lobby, *ann.channel));
        QVERIFY(process.layer.groupSend(Lobby, numbered(1)));
        QVERIFY(process.layer.send(u"jobs"_s, numbered(2)));
        QVERIFY(waitFor([&] { return ttl("asgijobs") > 0; }, 20s));
        QVERIFY(hears(ann, {1}));
        for (const auto &[key, seconds] :
             {std::pair(peer.key(), 30), std::pair("asgijobs"_ba, 30), std::pair(LobbyKey, 3600)})
            QVERIFY2(ttl(key) <= seconds && ttl(key) > seconds - 5, key.constData());
    }

    void whatASharedChannelHasKeptForTooLongIsRemoved()
    {
        CoreProcess process(m_redis, {.expiry = 30s});
        QVERIFY(process.isUp());
        const ForeignPeer peer(m_redis);
        const QByteArray old = QByteArray::number(peer.now().toDouble() - 32, 'f', 1);
        peer.store(u"jobs"_s, *MessageCodec().encode(numbered(1)), old);
        QVERIFY(process.layer.send(u"jobs"_s, numbered(2)));
        QVERIFY(waitFor([&] { return ttl("asgijobs") <= 30 && count("asgijobs") == 1; }, 20s));

        peer.store(u"jobs"_s, *MessageCodec().encode(numbered(0)), old);
        const auto reader = ChannelReader::open(process.layer, u"jobs"_s);
        QVERIFY(waitFor([&] { return (*reader)->channel().info().queued == 1; }, 20s));
        QCOMPARE((*reader)->receive()->value(u"n"_s).toInt(), 2);
        QCOMPARE(process.layer.dropped(), (QMap<QString, qint64>{{u"expired"_s, 1}}));
    }

    void aSharedChannelIsReadWhereverAReaderIsFree()
    {
        CoreProcess a(m_redis, {.capacity = 2});
        CoreProcess b(m_redis, {.capacity = 50});
        QVERIFY(a.isUp() && b.isUp());
        const auto one = ChannelReader::open(a.layer, u"jobs"_s);
        const auto queued = [](const auto &reader) { return (*reader)->channel().info().queued; };
        const ForeignPeer peer(m_redis);
        for (int n = 0; n < 10; ++n)
            peer.store(u"jobs"_s, *MessageCodec().encode(numbered(n)));
        QVERIFY(waitFor([&] { return queued(one) == 2; }, 20s));
        const auto two = ChannelReader::open(b.layer, u"jobs"_s);
        QVERIFY(waitFor([&] { return queued(two) == 8; }, 20s));
        QVERIFY(a.layer.dropped().isEmpty());
        QCOMPARE((*one)->receive()->value(u"n"_s).toInt(), 0);
        QVERIFY(b.layer.send(u"jobs"_s, numbered(10)));
        QVERIFY(waitFor([&] { return queued(one) + queued(two) == 10; }, 20s));
    }

    void aReaderThatComesLateIsServedAtOnce()
    {
        CoreProcess process(m_redis);
        QVERIFY(process.isUp());
        Ear ann(process.layer);
        QVERIFY(process.layer.send(ann.channel->name(), numbered(1)));
        QVERIFY2(hears(ann, {1}), "the layer waits for its inbox now, for seconds");
        m_redis.command({"CONFIG", "RESETSTAT"});
        const auto reader = ChannelReader::open(process.layer, u"jobs"_s);
        QVERIFY(process.layer.send(u"jobs"_s, numbered(2)));
        QVERIFY(waitFor([&] { return (*reader)->channel().info().queued == 1; }, 20s));
        QVERIFY2(m_redis.command({"INFO", "commandstats"}).bytes.contains("cmdstat_client"),
                 "it was woken (CLIENT UNBLOCK)");
    }

    void aKeyOfAWrongTypeStopsNobodyElse()
    {
        CoreProcess process(m_redis);
        QVERIFY(process.isUp());
        Ear ann(process.layer);
        const ForeignPeer first(m_redis);
        const ForeignPeer broken(m_redis);
        const ForeignPeer last(m_redis);
        m_redis.command({"SET", broken.key(), "something else"});
        m_redis.command({"SET", "asgi:group:broken", "something else"});
        QVERIFY(process.layer.groupAdd(Lobby, *ann.channel));
        QVERIFY(process.layer.groupAdd(u"broken"_s, *ann.channel));
        m_redis.command({"ZADD", LobbyKey, "9999999997", first.name(), "9999999998", broken.name(),
                         "9999999999", last.name()});
        QVERIFY(process.layer.groupSend(Lobby, numbered(1)));
        QVERIFY(process.layer.groupSend(u"broken"_s, numbered(2)));
        QVERIFY(hears(ann, {1, 2}));
        QVERIFY(waitFor([&] { return last.stored().size() == 1; }, 20s));
        QCOMPARE(first.stored().size(), 1);
        QVERIFY(process.bridge().notShared.value(u"wrong_type"_s) >= 2);
    }

    void anInboxOfAWrongTypeStopsNobodyHere()
    {
        CoreProcess process(m_redis);
        QVERIFY(process.isUp());
        Ear ann(process.layer);
        const auto reader = ChannelReader::open(process.layer, u"jobs"_s);
        QVERIFY(process.layer.groupAdd(Lobby, *ann.channel));
        m_redis.command({"SET", "asgi" + process.inbox().toUtf8(), "something else"});
        QVERIFY(process.layer.groupSend(Lobby, numbered(1)));
        QVERIFY(process.layer.groupSend(Lobby, numbered(2)));
        QVERIFY(hears(ann, {1, 2}));
        QVERIFY(process.layer.send(u"jobs"_s, numbered(3)));
        QVERIFY(waitFor([&] { return (*reader)->channel().info().queued == 1; }, 20s));
    }

    void flushingTakesOurKeysAlone()
    {
        CoreProcess process(m_redis);
        QVERIFY(process.isUp());
        Ear ann(process.layer);
        const ForeignPeer peer(m_redis);
        peer.join("chat_lobby");
        peer.join("elsewhere");
        peer.store(QString::fromUtf8(peer.name()).section(u'!', 0, 0) + u'!', "x");
        QVERIFY(process.layer.groupAdd(Lobby, *ann.channel));
        const QByteArrayList others{"asgiblog:1", "asgiscores", "other:group:chat_lobby"};
        for (const QByteArray &key : others)
            m_redis.command({"ZADD", key, "1", "x"});
        for (int n = 0; n < 2000; ++n)
            m_redis.command({"SET", "asginumber" + QByteArray::number(n), "x"});
        process.layer.flush();
        QVERIFY(process.layer.groupAdd(u"fresh"_s, *ann.channel));
        QVERIFY(waitFor(
            [&] {
                return count("asgi:group:elsewhere") == 0 && count(peer.key()) == 0
                    && count(LobbyKey) == 0;
            },
            20s));
        for (const QByteArray &key : others)
            QCOMPARE(count(key), 1);
        QCOMPARE(count("asgi:group:fresh"), 1);
        QCOMPARE(m_redis.command({"DBSIZE"}).integer, 2004);
    }

    void severalServersAreOneLayer()
    {
        const RedisServer second;
        QVERIFY2(second.isRunning(), qPrintable(second.problem()));
        const RedisLayerOptions options{.hosts = {m_redis.address(), second.address()}};
        CoreProcess a(options);
        CoreProcess b(options);
        QVERIFY(a.isUp() && b.isUp());
        std::vector<std::unique_ptr<Ear>> ears;
        for (int n = 0; n < 20; ++n) {
            auto &layer = (n % 2 ? a : b).layer;
            ears.push_back(std::make_unique<Ear>(layer));
            for (int group = 0; group < 6; ++group)
                QVERIFY(layer.groupAdd(groupNamed(group), *ears.back()->channel));
        }
        int joined = 0;
        for (int group = 0; group < 6; ++group) {
            for (CoreProcess *process : {&a, &b})
                process->layer.whenJoined(groupNamed(group), this, [&] { ++joined; });
        }
        QVERIFY(waitFor([&] { return joined == 12; }, 20s));
        for (int n = 0; n < 60; ++n)
            QVERIFY(a.layer.groupSend(groupNamed(n % 6), numbered(n)));
        for (const auto &ear : ears)
            QVERIFY(hears(*ear, upTo(60)));
        for (const auto &ear : ears)
            QVERIFY(b.layer.send(ear->channel->name(), numbered(60)));
        for (const auto &ear : ears)
            QVERIFY2(hears(*ear, upTo(61)), "direct messages go where they are read");
        const auto groupsOf = [](const RedisServer &server) {
            return server.command({"KEYS", "asgi:group:*"}).elements.size();
        };
        QCOMPARE(groupsOf(m_redis) + groupsOf(second), 6);
        QVERIFY(groupsOf(m_redis) > 0 && groupsOf(second) > 0);
        for (const RedisServer *server : {static_cast<const RedisServer *>(&m_redis), &second}) {
            server->command({"ZADD", "asgijobs", "9999999999",
                             QByteArray(12, 'x') + *MessageCodec().encode(numbered(1))});
        }
        const auto reader = ChannelReader::open(a.layer, u"jobs"_s);
        QVERIFY2(waitFor([&] { return (*reader)->channel().info().queued == 2; }, 20s),
                 "channels_redis puts such messages on each server in turn");
    }

private:
    void addMembers(const QByteArray &key, const QByteArray &name, int count) const
    {
        m_redis.command({"EVAL",
                         "for i = 1, tonumber(ARGV[2]) do "
                         "redis.call('ZADD', KEYS[1], '9999999999', ARGV[1] .. i) end",
                         "1", key, name, QByteArray::number(count)});
    }
    qint64 ttl(const QByteArray &key) const { return m_redis.command({"TTL", key}).integer; }
    qint64 count(const QByteArray &key) const { return m_redis.command({"ZCARD", key}).integer; }

    RedisServer m_redis;
};

PARLOUR_TEST(CoreLimitsTest)
#include "tst_core_limits.moc"
