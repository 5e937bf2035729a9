// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// What the core layer does about members that Redis has lost.
#include "redis/core_room.h"
#include "redis/hash_ring.h"
#include "redis/redis_pub_sub_channel_layer.h"
#include "support/runner.h"

#include <QTest>

#include <array>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour::channels;
using namespace parlour::redis;
using namespace parlour::tests;

namespace {

const QString Lobby = u"chat_lobby"_s;
const QString Hosts = u"parlour.presence"_s;
constexpr int Groups = 50; ///< on two servers
constexpr int Members = 2500; ///< more than one command tells

} // namespace

class CoreMembersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_redis.isRunning(), qPrintable(m_redis.problem())); }
    void init() { m_redis.command({"FLUSHALL"}); }

    void silentRoomsAreJoinedAgainWhereSomebodySpeaks_data() { rowsOfLosses(); }
    void silentRoomsAreJoinedAgainWhereSomebodySpeaks()
    {
        QFETCH(QByteArrayList, loss);
        CoreProcess process(m_redis);
        QVERIFY(process.isUp());
        const Ear ann(process.layer);
        Ear host(process.layer);
        QVERIFY(process.layer.groupAdd(Lobby, *ann.channel));
        QVERIFY(process.layer.groupAdd(Hosts, *host.channel));
        int joined = 0;
        for (const QString &group : {Lobby, Hosts})
            process.layer.whenJoined(group, this, [&] { ++joined; });
        QVERIFY(waitFor([&] { return joined == 2; }, 20s));
        m_redis.command(loss);
        QVERIFY(process.layer.groupSend(Hosts, numbered(0)));
        QVERIFY(waitFor([&] { return membersOf(Lobby) == 1; }, 5s)); // sooner than a renewal
        QVERIFY(hears(host, {0}));
    }

    void theyAreJoinedAgainWhereNobodySpeaks()
    {
        CoreProcess process(m_redis);
        QVERIFY(process.isUp());
        Ear ear(process.layer);
        std::vector<std::unique_ptr<Channel>> channels;
        for (int n = 0; n < Members; ++n) {
            channels.push_back(process.layer.newChannel(ear));
            QVERIFY(process.layer.groupAdd(Lobby, *channels.back()));
        }
        QVERIFY(waitFor([&] { return membersOf(Lobby) == Members; }, 20s));
        m_redis.command({"FLUSHALL"});
        QCOMPARE(membersOf(Lobby), 0);
        QVERIFY(waitFor([&] { return membersOf(Lobby) == Members; }, 20s));
        QVERIFY(m_redis.command({"TTL", keyOf(Lobby)}).integer > 0);
    }

    void ofADeadProcessOnlyTheChannelsOfThatPrefixAreForgotten()
    {
        CoreProcess process(m_redis);
        QVERIFY(process.isUp());
        const Ear ann(process.layer);
        QVERIFY(process.layer.groupAdd(Lobby, *ann.channel));
        for (const QByteArray member : {"parlour.ab!1", "parlour.ab!2", "specific.ab!3"})
            m_redis.command({"ZADD", keyOf(Lobby), "9999999999", member});
        QVERIFY(waitFor([&] { return membersOf(Lobby) == 4; }, 20s));
        process.layer.forgetProcess(u"parlour.ab!1"_s);
        QVERIFY(waitFor([&] { return membersOf(Lobby) == 2; }, 20s));
        QVERIFY(!m_redis.command({"ZSCORE", keyOf(Lobby), "specific.ab!3"}).bytes.isEmpty());
    }

    void groupsOfAServerThatIsUpAreReachable()
    {
        std::array<RedisServer, 2> servers;
        const RedisLayerOptions options{.hosts = {servers[0].address(), servers[1].address()}};
        CoreProcess process(options);
        RedisPubSubChannelLayer pubSub({}, options);
        const Ear ann(process.layer);
        QVERIFY(process.isUp());
        QVERIFY(waitFor([&] { return reachable(pubSub) == Groups; }, 20s));
        QVERIFY(waitFor([&] { return reachable(process.layer) == Groups; }, 20s));
        const int ours = hostIndex(process.inbox().toUtf8(), 2);
        servers.at(size_t(1 - ours)).stop();
        QVERIFY(process.isAway());
        const int left = reachable(process.layer);
        QVERIFY(left > 0 && left < Groups);
        QVERIFY(waitFor([&] { return reachable(pubSub) < Groups; }, 20s));
        QVERIFY(reachable(pubSub) > 0);
        servers.at(size_t(ours)).stop(); // and with it our inbox
        QVERIFY(waitFor([&] { return reachable(process.layer) == 0; }, 20s));
        QVERIFY(waitFor([&] { return reachable(pubSub) == 0; }, 20s));
    }

private:
    static int reachable(const ChannelLayer &layer)
    {
        int count = 0;
        for (int n = 0; n < Groups; ++n)
            count += layer.isReachable(u"chat_%1"_s.arg(n)) ? 1 : 0;
        return count;
    }
    static void rowsOfLosses()
    {
        QTest::addColumn<QByteArrayList>("loss");
        QTest::newRow("emptied") << QByteArrayList{"FLUSHALL"};
        QTest::newRow("taken out") << QByteArrayList{"DEL", keyOf(Lobby), keyOf(Hosts)};
    }
    static QByteArray keyOf(const QString &group) { return "asgi:group:" + group.toUtf8(); }
    qint64 membersOf(const QString &group) const
    {
        return m_redis.command({"ZCARD", keyOf(group)}).integer;
    }

    RedisServer m_redis;
};

PARLOUR_TEST(CoreMembersTest)
#include "tst_core_members.moc"
