// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// The core layer and a Redis that refuses, or answers what it was not asked.
#include "channels/channel_reader.h"
#include "redis/core_keys.h"
#include "redis/core_room.h"
#include "redis/fake_redis.h"
#include "support/runner.h"

#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour::channels;
using namespace parlour::redis;
using namespace parlour::tests;

namespace {

constexpr auto Enough = 20s;

/// A message as BZPOPMIN gives it.
QByteArray poppedFrom(const QByteArray &key)
{
    QByteArray text = "*3\r\n";
    for (const QByteArray &word :
         {key, "stamp-of-12-" + *MessageCodec().encode(numbered(1)), "9999999999.0"_ba})
        text += '$' + QByteArray::number(word.size()) + "\r\n" + word + "\r\n";
    return text;
}

/// Reads from one server: an inbox and a shared channel.
struct Reading : QObject {
    explicit Reading(const FakeRedis &redis)
        : commands(redis.address())
        , reader(redis.address(), {}, commands, [] {
            return InboxReader::Wanted{{"asgiinbox!"}, {"asgijobs"}};
        })
    {
        connect(&reader, &InboxReader::popped, this,
                [this](const QByteArray &key) { popped.append(key); });
        connect(&reader, &InboxReader::blocked, this,
                [this](const QByteArray &key) { blocked.append(key); });
        connect(&reader, &InboxReader::unasked, this, [this] { ++unasked; });
        reader.refresh();
    }

    RedisConnection commands;
    InboxReader reader;
    QByteArrayList popped;
    QByteArrayList blocked;
    int unasked = 0;
};

} // namespace

class CoreRefusalsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyKeyIsOfSomeChannel()
    {
        const CoreKeys keys{u"asgi"_s, {}};
        QCOMPARE(keys.sharedChannel("asgijobs"), u"jobs"_s);
        for (const QByteArray &key : {""_ba, "a"_ba, "asg"_ba, "asgi"_ba, "jobs-of-others"_ba})
            QCOMPARE(keys.sharedChannel(key), QString());
    }

    void aKeyThatWasNotAskedForIsDropped_data()
    {
        QTest::addColumn<QByteArray>("key");
        QTest::newRow("none") << QByteArray();
        QTest::newRow("shorter than the prefix") << "a"_ba;
        QTest::newRow("of another program") << "somebody-else's"_ba;
        QTest::newRow("another inbox") << "asgiother!"_ba;
    }
    void aKeyThatWasNotAskedForIsDropped()
    {
        QFETCH(QByteArray, key);
        int pops = 0;
        const FakeRedis redis([&](const FakeRedis::Heard &heard) {
            if (heard.words.constFirst() != "BZPOPMIN")
                return ":0\r\n"_ba;
            ++pops;
            return pops == 1 ? poppedFrom(key) : pops == 2 ? poppedFrom("asgijobs") : ""_ba;
        });
        const Reading reading(redis);
        QVERIFY(waitFor([&] { return !reading.popped.isEmpty(); }, Enough));
        QCOMPARE(reading.popped, QByteArrayList{"asgijobs"});
        QCOMPARE(reading.unasked, 1);
    }

    void whereNoTypeIsToldNoKeyIsLeftOut()
    {
        QList<QByteArrayList> pops;
        const FakeRedis redis([&](const FakeRedis::Heard &heard) {
            if (heard.words.constFirst() == "TYPE")
                return "-NOPERM no permission\r\n"_ba;
            if (heard.words.constFirst() != "BZPOPMIN")
                return ":0\r\n"_ba;
            pops.append(heard.words);
            return pops.size() == 1 ? "-WRONGTYPE of one of them\r\n"_ba : ""_ba;
        });
        const Reading reading(redis);
        QVERIFY(waitFor([&] { return pops.size() == 2; }, Enough));
        QCOMPARE(pops.at(1), pops.at(0));
        QVERIFY(reading.blocked.isEmpty());
    }

    void whatEndsTheLineIsNotAskedForEver()
    {
        int asked = 0;
        FakeRedis *all = nullptr;
        FakeRedis redis([&](const FakeRedis::Heard &heard) -> QByteArray {
            if (heard.words.constFirst() == "BZPOPMIN")
                return {};
            if (heard.words.constFirst() == "ZRANGE" && heard.words.at(1).contains("lobby")) {
                ++asked;
                all->hangUp(heard.connection);
            }
            return ":0\r\n"_ba;
        });
        all = &redis;
        RedisLayerOptions options{.hosts = {redis.address()}};
        options.connection.firstRetry = options.connection.lastRetry = 10ms;
        options.connection.settleTime = 20ms;
        CoreProcess process(options);
        QVERIFY(process.isUp());
        Ear ann(process.layer);
        QVERIFY(process.layer.groupAdd(u"lobby"_s, *ann.channel));
        QVERIFY(process.layer.groupSend(u"lobby"_s, numbered(0)));
        const QMap<QString, qint64> lost{{u"unconfirmed"_s, 1}};
        QVERIFY(waitFor([&] { return process.bridge().notShared == lost; }, Enough));
        QCOMPARE(asked, 4);
        QCOMPARE(ann.heard, QList{0});
    }

    void whatNobodyReadsAnyMoreIsGivenBack_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<int>("refused");
        QTest::newRow("and taken") << "*1\r\n:0\r\n"_ba << 0;
        QTest::newRow("and refused") << "-OOM command not allowed\r\n"_ba << 1;
    }
    void whatNobodyReadsAnyMoreIsGivenBack()
    {
        QFETCH(QByteArray, answer);
        QFETCH(int, refused);
        int reading = -1;
        QByteArrayList stored;
        FakeRedis redis([&](const FakeRedis::Heard &heard) {
            if (heard.words.constFirst() == "BZPOPMIN" && heard.words.contains("asgijobs"))
                reading = heard.connection;
            if (heard.words.constFirst() == "BZPOPMIN")
                return ""_ba;
            if (heard.words.constFirst() != "EVAL")
                return ":0\r\n"_ba;
            stored = heard.words;
            return answer;
        });
        CoreProcess process(RedisLayerOptions{.hosts = {redis.address()}}, {.expiry = 30s});
        auto reader = ChannelReader::open(process.layer, u"jobs"_s);
        QVERIFY(waitFor([&] { return reading >= 0; }, Enough));
        reader->reset();
        redis.say(reading, poppedFrom("asgijobs"));
        QVERIFY(waitFor([&] { return !stored.isEmpty(); }, Enough));
        QVERIFY2(stored.at(1).contains("'EXPIRE'"), "it does not stay for ever");
        QCOMPARE(stored.at(3), "asgijobs"_ba);
        QCOMPARE(stored.mid(6), (QByteArrayList{"9999999999.0", "30"}));
        QVERIFY(waitFor([&] { return process.bridge().notShared.value(u"refused"_s) == refused; },
                        Enough));
    }
};

PARLOUR_TEST(CoreRefusalsTest)
#include "tst_core_refusals.moc"
