// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// The core layer beside other processes, over a real Redis.
#include "channels/vectors.h"
#include "redis/core_room.h"
#include "redis/msgpack_writer.h"
#include "redis/vector_values.h"
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

QByteArray packedPairs(const Pairs &pairs)
{
    MsgpackWriter writer;
    writer.beginMap(pairs.size());
    for (const auto &[key, value] : pairs)
        writer.pair(key, value);
    return writer.result().valueOr({});
}

} // namespace

class CoreSharingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_redis.isRunning(), qPrintable(m_redis.problem())); }
    void init() { m_redis.command({"FLUSHALL"}); }

    void sharesARoomWithWhoeverSpeaksRedis()
    {
        CoreProcess process(m_redis);
        QVERIFY(process.isUp());
        Ear ann(process.layer);
        Ear ben(process.layer);
        const ForeignPeer peer(m_redis);
        QVERIFY(process.layer.groupAdd(Lobby, *ann.channel));
        QVERIFY(process.layer.groupAdd(Lobby, *ben.channel));
        peer.join("chat_lobby");
        QVERIFY(process.layer.groupSend(Lobby, numbered(1)));
        QVERIFY(hears(ann, {1}));
        QCOMPARE(peer.stored().size(), 1);
        QCOMPARE(peer.stored().constFirst().channels, QStringList{QString::fromUtf8(peer.name())});
        QCOMPARE(peer.stored().constFirst().message.body(), numbered(1).body());

        const QStringList both{ann.channel->name(), ben.channel->name()};
        peer.store(process.inbox(), *MessageCodec().encode(numbered(2), both));
        QVERIFY(hears(ann, {1, 2}));
        QVERIFY(hears(ben, {1, 2}));
        QCOMPARE(process.bridge().messagesIn, 1);
        QCOMPARE(process.bridge().messagesOut, 1);
        const auto groups = process.layer.groups();
        QVERIFY2(groups.constFirst().messages == 2, "the group of a foreign message is found out");
    }

    void takesWhatTheTutorialTakes_data()
    {
        QTest::addColumn<Pairs>("pairs");
        const std::pair<QString, QVariant> type(u"type"_s, u"chat.message"_s);
        const std::pair<QString, QVariant> number(u"n"_s, 7);
        const std::pair<QString, QVariant> to(u"__asgi_channel__"_s, u"?"_s);
        QTest::newRow("a single name") << Pairs{type, number, to};
        QTest::newRow("another order") << Pairs{to, number, type};
        QTest::newRow("more keys") << Pairs{type, number, {u"id"_s, u"x"_s}, {u"ts"_s, 1.5}, to};
    }
    void takesWhatTheTutorialTakes()
    {
        QFETCH(Pairs, pairs);
        CoreProcess process(m_redis);
        const Ear ann(process.layer);
        for (auto &[key, value] : pairs)
            value = key == "__asgi_channel__"_L1 ? ann.channel->name() : value;
        ForeignPeer(m_redis).store(process.inbox(), packedPairs(pairs));
        QVERIFY(hears(ann, {7}));
    }

    void whatOneTickSendsKeepsItsOrder()
    {
        auto sources = CoreSources::ofTheSystem();
        sources.time = [] { return 1.7e9; }; // it stands still
        CoreProcess process({.hosts = {m_redis.address()}}, {.capacity = 5000}, sources);
        QVERIFY(process.isUp());
        Ear ann(process.layer);
        QVERIFY(process.layer.groupAdd(Lobby, *ann.channel));
        const ForeignPeer peer(m_redis);
        peer.join("chat_lobby");
        for (const int n : upTo(1000))
            QVERIFY(process.layer.groupSend(Lobby, numbered(n)));
        QVERIFY(hears(ann, upTo(1000)));
        QList<int> stored;
        for (const auto &decoded : peer.stored())
            stored.append(decoded.message.value(u"n"_s).toInt());
        QCOMPARE(stored, upTo(1000));
    }

    void aSlowClockLosesNothing()
    {
        auto sources = CoreSources::ofTheSystem();
        sources.time = [time = sources.time] { return time() - 61; };
        CoreProcess slow({.hosts = {m_redis.address()}}, {}, sources);
        CoreProcess other(m_redis);
        QVERIFY(slow.isUp() && other.isUp());
        Ear ann(slow.layer);
        Ear ben(other.layer);
        const ForeignPeer peer(m_redis);
        peer.join("chat_lobby");
        QVERIFY(slow.layer.groupAdd(Lobby, *ann.channel));
        QVERIFY(other.layer.groupAdd(Lobby, *ben.channel));
        QVERIFY(waitFor([&] { return memberCount() == 3; }, 20s));
        for (int n = 0; n < 20; ++n) {
            QVERIFY((n % 2 ? slow : other).layer.groupSend(Lobby, numbered(n)));
            QVERIFY(waitFor([&] { return ann.heard.size() > n && ben.heard.size() > n; }, 20s));
        }
        QCOMPARE(ann.heard, upTo(20));
        QCOMPARE(ben.heard, upTo(20));
        QVERIFY2(peer.stored().size() == 20, "the scores are by the server's clock");

        const QByteArray longAgo = QByteArray::number(peer.now().toDouble() - 61, 'f', 6);
        peer.store(slow.inbox(), *MessageCodec().encode(numbered(20), ann.channel->name()),
                   longAgo);
        QVERIFY(slow.layer.send(ann.channel->name(), numbered(21)));
        QVERIFY2(waitFor([&] { return ann.heard.size() == 22; }, 20s),
                 "nobody's message is deleted because of its sender's clock");
    }

    void noBodyHarmsAnybody()
    {
        CoreProcess process(m_redis);
        QVERIFY(process.isUp());
        const Ear ann(process.layer);
        const ForeignPeer peer(m_redis);
        QByteArrayList bodies{"", *MessageCodec().encode(numbered(1))};
        for (const auto &vector : vectors(u"message"_s)["deserialize"_L1].toArray())
            bodies.append(bodyOf(vector.toObject()));
        for (const QByteArray &body : std::as_const(bodies))
            peer.store(process.inbox(), body);
        m_redis.command({"ZADD", "asgi" + process.inbox().toUtf8(), peer.now(), "short"});
        peer.store(process.inbox(), *MessageCodec().encode(numbered(2), ann.channel->name()));
        QVERIFY(hears(ann, {2}));
        QCOMPARE(process.bridge().undecodable, bodies.size() + 1);
        QCOMPARE(process.bridge().state(), BridgeInfo::State::Up);
    }

    void whoHasGoneIsCountedAndKeptNowhere()
    {
        CoreProcess process(m_redis);
        QVERIFY(process.isUp());
        const Ear ann(process.layer);
        auto ben = std::make_unique<Ear>(process.layer);
        QVERIFY(process.layer.groupAdd(Lobby, *ann.channel));
        QVERIFY(process.layer.groupAdd(Lobby, *ben->channel));
        const QStringList both{ben->channel->name(), ann.channel->name()};
        QVERIFY(waitFor([&] { return memberCount() == 2; }, 20s));
        ben.reset();
        QVERIFY(waitFor([&] { return memberCount() == 1; }, 20s));
        ForeignPeer(m_redis).store(process.inbox(), *MessageCodec().encode(numbered(1), both));
        QVERIFY(hears(ann, {1}));
        QCOMPARE(process.layer.dropped(), (QMap<QString, qint64>{{u"no_channel"_s, 1}}));
    }

    void noMemberHarmsAnybody()
    {
        CoreProcess process(m_redis);
        QVERIFY(process.isUp());
        const Ear ann(process.layer);
        const ForeignPeer peer(m_redis);
        peer.join("chat_lobby");
        QVERIFY(process.layer.groupAdd(Lobby, *ann.channel));
        const QByteArray ghost = process.inbox().toUtf8() + "ghost";
        const QByteArrayList names{"",       "a b", "x!y!z", "\xff\xfe", QByteArray(500, 'x'),
                                   "a\r\nb", ghost};
        for (const QByteArray &name : names)
            m_redis.command({"ZADD", LobbyKey, peer.now(), name});
        QVERIFY(process.layer.groupSend(Lobby, numbered(1)));
        QVERIFY(hears(ann, {1}));
        QVERIFY(waitFor([&] { return peer.stored().size() == 1; }, 20s));
        QVERIFY2(waitFor([&] { return memberCount() == names.size() + 1; }, 20s),
                 "a member of ours that is no more is taken out");
        QVERIFY(m_redis.command({"ZSCORE", LobbyKey, ghost}).bytes.isEmpty());
        QCOMPARE(m_redis.command({"DBSIZE"}).integer, 2); // the group, and the peer's inbox
    }

    void nothingIsLeftOfALayerThatEnds()
    {
        auto process = std::make_unique<CoreProcess>(m_redis);
        QVERIFY(process->isUp());
        const Ear ann(process->layer);
        const Ear ben(process->layer);
        QVERIFY(process->layer.groupAdd(Lobby, *ann.channel));
        QVERIFY(process->layer.groupAdd(u"other"_s, *ben.channel));
        QVERIFY(waitFor([&] { return memberCount() == 1; }, 20s));
        process.reset(); // before its channels
        QVERIFY(waitFor([&] { return m_redis.command({"DBSIZE"}).integer == 0; }, 20s));
    }

    void aDeadProcessIsForgotten()
    {
        CoreProcess process(m_redis);
        QVERIFY(process.isUp());
        const Ear ann(process.layer);
        const ForeignPeer dead(m_redis);
        const ForeignPeer living(m_redis);
        QVERIFY(process.layer.groupAdd(Lobby, *ann.channel));
        for (const ForeignPeer *peer : {&dead, &living})
            peer->join("chat_lobby");
        dead.join("elsewhere");
        QVERIFY(waitFor([&] { return memberCount() == 3; }, 20s));
        process.layer.forgetProcess(QString::fromUtf8(dead.name()));
        process.layer.forgetProcess(process.inbox()); // we are not dead
        QVERIFY(waitFor([&] { return memberCount() == 2; }, 20s));
        QVERIFY(m_redis.command({"ZSCORE", LobbyKey, dead.name()}).bytes.isEmpty());
        QVERIFY(!m_redis.command({"ZSCORE", "asgi:group:elsewhere", dead.name()}).bytes.isEmpty());
    }

    void whoStaysForLongStaysAMember()
    {
        CoreProcess process(m_redis, {.groupExpiry = 20s});
        QVERIFY(process.isUp());
        const Ear ann(process.layer);
        QVERIFY(process.layer.groupAdd(Lobby, *ann.channel));
        QVERIFY(waitFor([&] { return memberCount() == 1; }, 20s));
        const auto joined = [&] {
            return m_redis.command({"ZSCORE", LobbyKey, ann.channel->name().toUtf8()})
                .bytes.toDouble();
        };
        const double first = joined();
        m_redis.command({"PERSIST", LobbyKey});
        QVERIFY(waitFor([&] { return joined() > first; }, 60s));
        const auto left = [&] { return m_redis.command({"TTL", LobbyKey}).integer; };
        QVERIFY2(waitFor([&] { return left() > 0; }, 20s), "the key has an end again");
        QVERIFY(left() <= 20);
    }

    void aKeptReaderIsToldWhenItHasJoined()
    {
        CoreProcess process(m_redis);
        const Ear ann(process.layer);
        QVERIFY(process.layer.groupAdd(Lobby, *ann.channel));
        int calls = 0;
        process.layer.whenJoined(Lobby, this, [&] { calls += memberCount() == 1 ? 1 : 100; });
        QCOMPARE(calls, 0);
        QVERIFY(waitFor([&] { return calls == 1; }, 20s));
        process.layer.whenJoined(Lobby, this, [&] { ++calls; });
        QCOMPARE(calls, 2);
    }

    void keysMakeARoomOfTheirOwn()
    {
        RedisLayerOptions options{.hosts = {m_redis.address()}, .encryptionKeys = {u"one"_s}};
        CoreProcess a(options);
        CoreProcess b(options);
        options.encryptionKeys = {u"two"_s};
        CoreProcess stranger(options);
        QVERIFY(a.isUp() && b.isUp() && stranger.isUp());
        QVERIFY(a.bridge().encrypted);
        Ear ann(a.layer);
        Ear ben(b.layer);
        Ear eve(stranger.layer);
        QVERIFY(a.layer.groupAdd(Lobby, *ann.channel));
        QVERIFY(b.layer.groupAdd(Lobby, *ben.channel));
        QVERIFY(stranger.layer.groupAdd(Lobby, *eve.channel));
        QVERIFY(waitFor([&] { return memberCount() == 3; }, 20s));
        QVERIFY(a.layer.groupSend(Lobby, numbered(1)));
        QVERIFY(hears(ann, {1}));
        QVERIFY(hears(ben, {1}));
        QVERIFY(waitFor([&] { return stranger.bridge().undecodable == 1; }, 20s));
        QVERIFY(eve.heard.isEmpty());
    }

private:
    qint64 memberCount() const { return m_redis.command({"ZCARD", LobbyKey}).integer; }

    RedisServer m_redis;
};

PARLOUR_TEST(CoreSharingTest)
#include "tst_core_sharing.moc"
