// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// What channels_redis' core layer said to Redis, said by ours.
#include "channels/vectors.h"
#include "redis/core_keys.h"
#include "redis/core_replay.h"
#include "redis/hash_ring.h"
#include "redis/redis_scripts.h"
#include "support/redis_server.h"
#include "support/runner.h"

#include <QObject>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace parlour::redis;
using namespace parlour::tests;

namespace {

const QJsonObject &coreVectors()
{
    static const QJsonObject all = vectors(u"core_layer"_s);
    return all;
}

/// With two messages too many.
RedisReply run(const RedisServer &redis, const QByteArray &script)
{
    const QByteArrayList keys{"a", "b", "a", "a", "c"};
    const QByteArrayList messages{"first", "other", "second", "third", "fourth"};
    const QByteArrayList capacities{"2", "2", "2", "2", "0"};
    return redis.command(QByteArrayList{"EVAL", script, "5"} + keys + messages + capacities
                         + QByteArrayList{"1700000000.25", "60"});
}

QByteArray contents(const RedisServer &redis)
{
    QByteArray all;
    for (const char *key : {"a", "b", "c"}) {
        for (const auto &word : redis.command({"ZRANGE", key, "0", "-1", "WITHSCORES"}).elements)
            all += word.bytes + ' ';
        all += redis.command({"TTL", key}).integer > 0 ? "with an end\n" : "-\n";
    }
    return all;
}

} // namespace

class CoreVectorsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatChannelsRedisSays_data()
    {
        QTest::addColumn<QJsonObject>("scenario");
        const auto scenarios = coreVectors()["scenarios"_L1].toArray();
        QCOMPARE(scenarios.size(), 6);
        for (const auto &scenario : scenarios)
            QTest::newRow(qPrintable(scenario["name"_L1].toString())) << scenario.toObject();
    }
    void saysWhatChannelsRedisSays()
    {
        QFETCH(QJsonObject, scenario);
        CoreReplay replay(scenario);
        int number = 0;
        for (const auto &value : scenario["steps"_L1].toArray()) {
            const QString problem = replay.play(value.toObject());
            QVERIFY2(problem.isEmpty(),
                     qPrintable(u"step %1, %2: %3"_s.arg(QString::number(number),
                                                         value["call"_L1].toString(), problem)));
            ++number;
        }
        QCOMPARE(replay.notShared(u"capacity"_s), scenario["name"_L1] == "capacity"_L1 ? 4 : 0);
    }

    void theScriptStoresAsChannelsRedisDoes()
    {
        const RedisServer redis;
        QVERIFY2(redis.isRunning(), qPrintable(redis.problem()));
        const auto scripts = coreVectors()["lua_scripts"_L1].toArray();
        const auto theirs = std::find_if(scripts.begin(), scripts.end(), [](const auto &script) {
            return script["name"_L1] == "group_send"_L1;
        });
        const RedisReply counted = run(redis, (*theirs)["text"_L1].toString().toUtf8());
        const QByteArray left = contents(redis);
        QCOMPARE(counted.integer, 2);
        QVERIFY(left.contains("second") && !left.contains("third"));

        redis.command({"FLUSHALL"});
        QList<qint64> told;
        for (const RedisReply &result : run(redis, storeScript()).elements)
            told.append(result.integer);
        QCOMPARE(told, (QList<qint64>{0, 0, 0, 1, 1}));
        QCOMPARE(contents(redis), left);
    }

    void keysAreNamedAsThere()
    {
        const QString process = u"a0000000000040008000000000000001"_s;
        const CoreKeys keys{u"asgi"_s, process};
        const QString own = u"specific."_s + process + u"!x"_s;
        QCOMPARE(keys.group(u"chat_lobby"_s), QByteArray("asgi:group:chat_lobby"));
        QCOMPARE(keys.messages(own), QByteArray("asgispecific.a0000000000040008000000000000001!"));
        QCOMPARE(keys.messages(u"thumbnails"_s), QByteArray("asgithumbnails"));
        QCOMPARE(keys.sharedChannel("asgithumbnails"), u"thumbnails"_s);
        QVERIFY(keys.isOwn(own));
        QVERIFY(!keys.isOwn(u"specific.a0000000000040008000000000000002!x"_s));
        QVERIFY(!keys.isOwn(u"thumbnails"_s));
    }

    void knowsItsKeysByTheirShape_data()
    {
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<bool>("ours");
        const QByteArray inbox = "asgispecific.a0000000000040008000000000000001!";
        QTest::newRow("group") << "asgi:group:chat_lobby"_ba << true;
        QTest::newRow("inbox") << inbox << true;
        QTest::newRow("inbox of another kind")
            << "asgiother.a0000000000040008000000000000001!"_ba << true;
        QTest::newRow("in flight") << inbox + "$inflight" << true;
        QTest::newRow("another program") << "asgiblog:1"_ba << false;
        QTest::newRow("a sorted set of another program") << "asgiscores"_ba << false;
        QTest::newRow("no process") << "asgispecific.abc!"_ba << false;
        QTest::newRow("a channel") << inbox + "abc" << false;
        QTest::newRow("no name of a group") << "asgi:group:a b"_ba << false;
        QTest::newRow("another prefix") << "myapp:group:chat"_ba << false;
    }
    void knowsItsKeysByTheirShape()
    {
        QFETCH(QByteArray, key);
        const CoreKeys keys{u"asgi"_s, u"a0000000000040008000000000000009"_s};
        QTEST(keys.isShapedAsOurs(key), "ours");
    }

    void choosesTheHostOfTheReader()
    {
        const auto rows = coreVectors()["two_hosts_direct_send"_L1]["rows"_L1].toArray();
        QVERIFY2(rows.size() > 10, "channels_redis stores some where nobody reads");
        const QString name = u"specific.a0000000000040008000000000000001!b"_s;
        QCOMPARE(inboxOf(name), u"specific.a0000000000040008000000000000001!"_s);
        QCOMPARE(inboxOf(u"thumbnails"_s), u"thumbnails"_s);
        QCOMPARE(hostIndex(inboxOf(name).toUtf8(), 2), rows[0]["inbox_index"_L1].toInt());
    }

    void capacitiesGoByTheName_data()
    {
        QTest::addColumn<QString>("channel");
        QTest::addColumn<int>("capacity");
        for (const auto &value : coreVectors()["capacity_patterns"_L1]["cases"_L1].toArray())
            QTest::newRow(qPrintable(value["channel"_L1].toString()))
                << value["channel"_L1].toString() << value["capacity"_L1].toInt();
    }
    void capacitiesGoByTheName()
    {
        QFETCH(QString, channel);
        parlour::channels::ChannelLayerOptions options;
        const auto noted = coreVectors()["capacity_patterns"_L1];
        for (const auto &entry : noted["channel_capacity_in_order"_L1].toArray()) {
            const QString pattern = entry[1].toString();
            const int capacity = entry[2].toInt();
            if (entry[0] == "glob"_L1)
                options.channelCapacity.append({pattern, capacity});
            else
                options.channelCapacity.append({QRegularExpression(pattern), capacity});
        }
        options.capacity = noted["default"_L1].toInt();
        QTEST(options.capacityOf(channel), "capacity");
    }
};

PARLOUR_TEST(CoreVectorsTest)
#include "tst_core_vectors.moc"
