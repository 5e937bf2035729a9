// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// The core layer while its Redis is away, slow, cut off or full.
#include "redis/core_room.h"
#include "redis/fake_redis.h"
#include "redis/hash_ring.h"
#include "support/runner.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour::channels;
using namespace parlour::redis;
using namespace parlour::tests;

namespace {

const QString Lobby = u"chat_lobby"_s;
/// Of open letters, nearly as many as may be.
constexpr int Thousands = 19'000;

QByteArray bulk(const QByteArray &bytes)
{
    return '$' + QByteArray::number(bytes.size()) + "\r\n" + bytes + "\r\n";
}

/// Two processes with a member each in the lobby.
struct TwoProcesses {
    explicit TwoProcesses(const RedisServer &server, const ChannelLayerOptions &options = {})
        : a(server, options)
        , b(server, options)
        , ann(a.layer)
        , ben(b.layer)
    {
        (void)a.layer.groupAdd(Lobby, *ann.channel);
        (void)b.layer.groupAdd(Lobby, *ben.channel);
    }
    bool areJoined()
    {
        int joined = 0;
        QObject context;
        for (CoreProcess *process : {&a, &b})
            process->layer.whenJoined(Lobby, &context, [&] { ++joined; });
        return a.isUp() && b.isUp() && waitFor([&] { return joined == 2; }, 20s);
    }
    bool say(int n) { return bool(a.layer.groupSend(Lobby, numbered(n))); }

    CoreProcess a;
    CoreProcess b;
    Ear ann;
    Ear ben;
};

} // namespace

class CoreAwayTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void peopleHereHearAtOnceAndOthersLater()
    {
        RedisServer redis;
        QVERIFY2(redis.isRunning(), qPrintable(redis.problem()));
        TwoProcesses both(redis);
        QVERIFY(both.areJoined());
        QVERIFY(both.say(0));
        QVERIFY(hears(both.ben, {0}));
        redis.stop();
        QVERIFY(both.a.isAway());
        QVERIFY(both.b.isAway());
        for (const int n : {1, 2, 3})
            QVERIFY(both.say(n));
        settle();
        QCOMPARE(both.ann.heard, upTo(4));
        QCOMPARE(both.ben.heard, upTo(1));
        QCOMPARE(both.a.bridge().waiting, 3);

        QVERIFY2(redis.start(), qPrintable(redis.problem()));
        QVERIFY(both.areJoined());
        QVERIFY(both.say(4));
        QVERIFY(hears(both.ann, upTo(5)));
        QVERIFY(waitFor([&] { return both.ben.heard.size() == 5; }, 20s));
        QCOMPARE(QSet(both.ben.heard.begin(), both.ben.heard.end()).size(), 5);
        QCOMPARE(both.a.bridge().hosts.constFirst().reconnects, 1);
        QCOMPARE(both.a.bridge().waiting, 0);
    }

    void whatWaitedReachesOthersOverAConnectionThatCameBack()
    {
        const RedisServer redis;
        QVERIFY2(redis.isRunning(), qPrintable(redis.problem()));
        TwoProcesses both(redis);
        QVERIFY(both.areJoined());
        for (int round = 0; round < 5; ++round) {
            QVERIFY(both.say(3 * round));
            redis.command({"CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"});
            QVERIFY(both.say(3 * round + 1));
            QVERIFY(both.areJoined());
            QVERIFY(both.say(3 * round + 2));
            QVERIFY(waitFor([&] { return both.ben.heard.contains(3 * round + 2); }, 20s));
        }
        QVERIFY(hears(both.ann, upTo(15)));
        const auto shared = both.ben.heard;
        QCOMPARE(QSet<int>(shared.begin(), shared.end()).size(), shared.size());
        const auto lost = both.a.bridge().notShared.value(u"unconfirmed"_s);
        QVERIFY2(shared.size() >= 15 - 2 * 5, "what a cut connection had popped is gone");
        QVERIFY(lost <= 10);
    }

    void aPauseDelaysAndLosesNothing()
    {
        RedisServer redis;
        QVERIFY2(redis.isRunning(), qPrintable(redis.problem()));
        TwoProcesses both(redis);
        QVERIFY(both.areJoined());
        redis.pause();
        for (const int n : upTo(100))
            QVERIFY(both.say(n));
        QVERIFY(!waitFor([&] { return !both.ann.heard.isEmpty(); }, 300ms));
        redis.resume();
        QVERIFY(hears(both.ann, upTo(100)));
        QVERIFY(hears(both.ben, upTo(100)));
        QCOMPARE(both.a.bridge().notShared, (QMap<QString, qint64>{}));
    }

    void whoeverFreezesForLongIsNotWaitedFor()
    {
        RedisServer redis;
        QVERIFY2(redis.isRunning(), qPrintable(redis.problem()));
        RedisLayerOptions options{.hosts = {redis.address()}};
        options.connection.commandTimeout = 300ms;
        CoreProcess process(options);
        QVERIFY(process.isUp());
        Ear ann(process.layer);
        QVERIFY(process.layer.groupAdd(Lobby, *ann.channel));
        QVERIFY(process.layer.groupSend(Lobby, numbered(0)));
        QVERIFY(hears(ann, {0}));
        redis.pause();
        for (const int n : {1, 2, 3})
            QVERIFY(process.layer.groupSend(Lobby, numbered(n)));
        QVERIFY(hears(ann, upTo(4)));
        QVERIFY(process.layer.groupSend(Lobby, numbered(4)));
        settle();
        QCOMPARE(ann.heard, upTo(5));
        redis.resume();
        QVERIFY(process.isUp());
        QVERIFY(process.layer.groupSend(Lobby, numbered(5)));
        QVERIFY2(hears(ann, upTo(6)), "and nothing is heard twice");
    }

    void aLossWithThousandsOfOpenLettersIsDealtWithOnce()
    {
        RedisServer redis;
        QVERIFY2(redis.isRunning(), qPrintable(redis.problem()));
        RedisLayerOptions options{.hosts = {redis.address()}};
        options.connection.commandTimeout = 2s;
        options.connection.maxWaitingCommands = 100'000;
        CoreProcess process(options, {.capacity = 100'000, .expiry = 5s});
        QVERIFY(process.isUp());
        Ear ann(process.layer);
        QVERIFY(process.layer.groupAdd(Lobby, *ann.channel));
        QVERIFY(process.layer.groupSend(Lobby, numbered(0)));
        QVERIFY(hears(ann, {0}));
        redis.pause();
        for (int n = 1; n < Thousands; ++n)
            QVERIFY(process.layer.groupSend(Lobby, numbered(n)));
        QVERIFY2(hears(ann, upTo(Thousands)), "each letter looked at all others for minutes");
        QElapsedTimer time;
        time.start();
        QVERIFY(waitFor([&] { return process.bridge().waiting == 0; }, 20s));
        QVERIFY2(time.elapsed() < 20'000, "they expire together");
        QCOMPARE(process.bridge().notShared.value(u"expired"_s), Thousands - 1);
        redis.resume();
    }

    void nobodyHereWaitsUntilEverybodyIsBack()
    {
        RedisServer redis;
        QVERIFY2(redis.isRunning(), qPrintable(redis.problem()));
        RedisLayerOptions options{.hosts = {redis.address()}};
        options.connection.settleTime = 60s;
        CoreProcess process(options);
        QVERIFY(process.isUp());
        Ear ann(process.layer);
        QVERIFY(process.layer.groupAdd(Lobby, *ann.channel));
        redis.stop();
        QVERIFY(process.isAway());
        QVERIFY2(redis.start(), qPrintable(redis.problem()));
        QVERIFY(process.isUp());
        QVERIFY(process.layer.groupSend(Lobby, numbered(0)));
        QVERIFY(process.layer.send(ann.channel->name(), numbered(1)));
        QVERIFY(hears(ann, upTo(2)));
    }

    void whatWaitsForOneServerIsNotOvertakenWhenAnotherGoes()
    {
        RedisServer first;
        RedisServer second;
        QVERIFY2(first.isRunning() && second.isRunning(), qPrintable(second.problem()));
        CoreProcess process(RedisLayerOptions{.hosts = {first.address(), second.address()}});
        QVERIFY(process.isUp());
        Ear ann(process.layer);
        const int place = hostIndex(process.inbox().toUtf8(), 2);
        QString group = u"g"_s;
        while (hostIndex(group.toUtf8(), 2) == place)
            group += u'g';
        bool isJoined = false;
        QVERIFY(process.layer.groupAdd(group, *ann.channel));
        process.layer.whenJoined(group, this, [&] { isJoined = true; });
        QVERIFY(waitFor([&] { return isJoined; }, 20s));
        RedisServer &inboxes = place == 0 ? first : second;
        RedisServer &groups = place == 0 ? second : first;
        inboxes.pause();
        QVERIFY(process.layer.groupSend(group, numbered(0)));
        QVERIFY(waitFor([&] { return process.bridge().waiting == 0; }, 20s));
        groups.stop();
        QVERIFY(process.isAway());
        QVERIFY(process.layer.groupSend(group, numbered(1)));
        QVERIFY(hears(ann, upTo(2)));
        inboxes.resume();
    }

    void anEchoThatComesTooLateIsNotHeardAgain()
    {
        QString member;
        QByteArrayList stored;
        int reading = -1;
        QByteArray inbox;
        FakeRedis redis([&](const FakeRedis::Heard &heard) -> QByteArray {
            const QByteArray &name = heard.words.constFirst();
            if (name == "BZPOPMIN") {
                reading = heard.connection;
                inbox = heard.words.at(1);
                return {};
            }
            if (name == "ZRANGE" && heard.words.at(1) != inbox)
                return "*1\r\n" + bulk(member.toUtf8());
            if (name == "EVAL")
                stored.append(heard.words.at(4));
            return name == "TIME"  ? "-ERR unknown command\r\n"_ba
                : name == "ZRANGE" ? "*0\r\n"_ba
                : name == "EVAL"   ? "*1\r\n:0\r\n"_ba
                                   : ":0\r\n"_ba;
        });
        const auto giveBack = [&](qsizetype n) {
            redis.say(std::exchange(reading, -1),
                      "*3\r\n" + bulk(inbox) + bulk(stored.at(n)) + bulk("1.5"));
        };
        CoreProcess process(RedisLayerOptions{.hosts = {redis.address()}});
        QVERIFY(process.isUp());
        Ear ann(process.layer);
        member = ann.channel->name();
        QVERIFY(process.layer.groupAdd(Lobby, *ann.channel));
        QVERIFY(process.layer.groupSend(Lobby, numbered(0)));
        QVERIFY(waitFor([&] { return stored.size() == 1 && reading >= 0; }, 20s));
        QVERIFY(ann.heard.isEmpty());
        redis.hangUp(std::exchange(reading, -1));
        QVERIFY2(hears(ann, {0}), "nobody waits for a line that is cut");
        QVERIFY(process.isUp());
        QVERIFY(waitFor([&] { return reading >= 0; }, 20s));
        giveBack(0);
        QVERIFY(process.layer.groupSend(Lobby, numbered(1)));
        QVERIFY(waitFor([&] { return stored.size() == 2 && reading >= 0; }, 20s));
        giveBack(1);
        QVERIFY(hears(ann, {0, 1}));
    }

    void whatWaitsTooLongIsCounted()
    {
        RedisServer redis;
        QVERIFY2(redis.isRunning(), qPrintable(redis.problem()));
        TwoProcesses both(redis, {.expiry = 2s});
        QVERIFY(both.areJoined());
        redis.stop();
        QVERIFY(both.a.isAway());
        for (const int n : {0, 1})
            QVERIFY(both.say(n));
        QVERIFY(both.a.layer.send(both.ben.channel->name(), numbered(2)));
        QVERIFY(waitFor([&] { return both.a.bridge().notShared.value(u"expired"_s) == 3; }, 20s));
        QCOMPARE(both.ann.heard, upTo(2));
        QCOMPARE(both.a.bridge().waiting, 0);
    }

    void aRedisThatNeverWasStopsNobody()
    {
        RedisAddress nowhere;
        nowhere.host = u"127.0.0.1"_s;
        nowhere.port = 1;
        CoreProcess process(RedisLayerOptions{.hosts = {nowhere}});
        Ear ann(process.layer);
        Ear ben(process.layer);
        QVERIFY(process.layer.groupAdd(Lobby, *ann.channel));
        QVERIFY(process.layer.groupSend(Lobby, numbered(0)));
        QVERIFY(process.layer.send(ann.channel->name(), numbered(1)));
        QVERIFY(process.layer.send(ben.channel->name(), numbered(2)));
        settle();
        QCOMPARE(ann.heard, upTo(2));
        QCOMPARE(ben.heard, QList{2});
        QVERIFY(process.isAway());
        QVERIFY(!process.bridge().hosts.constFirst().problem.isEmpty());
        process.layer.flush();
    }

    void aRedisWithoutMemoryDelaysOthersAlone()
    {
        const RedisServer redis;
        QVERIFY2(redis.isRunning(), qPrintable(redis.problem()));
        TwoProcesses both(redis);
        QVERIFY(both.areJoined());
        redis.command({"CONFIG", "SET", "maxmemory", "1"});
        for (const int n : {0, 1, 2})
            QVERIFY(both.say(n));
        QVERIFY(hears(both.ann, upTo(3)));
        QCOMPARE(both.a.bridge().waiting, 3);
        redis.command({"CONFIG", "SET", "maxmemory", "0"});
        QVERIFY(both.say(3));
        QVERIFY(hears(both.ann, upTo(4)));
        QVERIFY(hears(both.ben, upTo(4)));
        QCOMPARE(both.a.bridge().notShared, (QMap<QString, qint64>{}));
        QCOMPARE(both.a.bridge().waiting, 0);
    }

    void whatRedisRefusesForTooLongIsCounted()
    {
        const RedisServer redis;
        QVERIFY2(redis.isRunning(), qPrintable(redis.problem()));
        TwoProcesses both(redis, {.expiry = 1s});
        QVERIFY(both.areJoined());
        redis.command({"CONFIG", "SET", "maxmemory", "1"});
        for (const int n : {0, 1})
            QVERIFY(both.say(n));
        QVERIFY(waitFor([&] { return both.a.bridge().notShared.value(u"refused"_s) == 2; }, 20s));
        QCOMPARE(both.ann.heard, upTo(2));
        QCOMPARE(both.a.bridge().waiting, 0);
    }

    void anEmptiedRedisIsFilledAgain()
    {
        const RedisServer redis;
        QVERIFY2(redis.isRunning(), qPrintable(redis.problem()));
        TwoProcesses both(redis);
        QVERIFY(both.areJoined());
        redis.command({"FLUSHALL"});
        QVERIFY(both.say(0));
        QVERIFY2(hears(both.ann, {0}), "who is here is a member, whatever Redis thinks");
        QVERIFY(both.b.layer.groupSend(Lobby, numbered(1)));
        QVERIFY(hears(both.ben, {1}));
        QVERIFY(hears(both.ann, {0, 1}));
    }

    void tellsWhenItGoesAndWhenItIsBack()
    {
        RedisServer redis;
        QVERIFY2(redis.isRunning(), qPrintable(redis.problem()));
        CoreProcess process(redis);
        QList<BridgeInfo::State> states;
        QObject::connect(&process.layer, &ChannelLayer::bridgeChanged, this, [&] {
            const auto state = process.bridge().state();
            if (states.isEmpty() || states.constLast() != state)
                states.append(state);
        });
        using enum BridgeInfo::State;
        QVERIFY(waitFor([&] { return states.contains(Up); }, 20s));
        redis.stop();
        QVERIFY(waitFor([&] { return states.constLast() == Away; }, 20s));
        QVERIFY2(redis.start(), qPrintable(redis.problem()));
        QVERIFY(waitFor([&] { return states.constLast() == Up; }, 20s));
        const auto info = process.bridge();
        QCOMPARE(info.layer, u"redis-core"_s);
        QCOMPARE(info.prefix, u"asgi"_s);
        QVERIFY(info.ownChannel.startsWith(u"specific."_s) && info.ownChannel.endsWith(u'!'));
    }
};

PARLOUR_TEST(CoreAwayTest)
#include "tst_core_away.moc"
