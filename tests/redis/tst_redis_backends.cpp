// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/channel_layer_contract.h"
#include "channels/testing/waiting.h"
#include "redis/redis_backends.h"
#include "redis/redis_settings.h"
#include "support/redis_server.h"
#include "support/runner.h"

#include <QJsonDocument>
#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour::channels;
using namespace parlour::redis;
using parlour::tests::Ear;
using parlour::tests::RedisServer;

namespace {

/// CONFIG as it stands in a file, with other quotation marks.
QVariantMap config(QByteArray json)
{
    return QJsonDocument::fromJson(json.replace('\'', '"')).toVariant().toMap();
}

} // namespace

class RedisBackendsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void makesALayerThatWorks_data()
    {
        QTest::addColumn<QString>("backend");
        QTest::addColumn<QString>("kind");
        QTest::newRow("core") << u"redis-core"_s << u"redis-core"_s;
        QTest::newRow("core, as Django says it")
            << u"channels_redis.core.RedisChannelLayer"_s << u"redis-core"_s;
        QTest::newRow("pub/sub") << u"redis-pubsub"_s << u"redis-pubsub"_s;
        QTest::newRow("pub/sub, as Django says it")
            << u"channels_redis.pubsub.RedisPubSubChannelLayer"_s << u"redis-pubsub"_s;
    }

    void makesALayerThatWorks()
    {
        QFETCH(QString, backend);
        QFETCH(QString, kind);
        RedisServer redis;
        QVERIFY2(redis.isRunning(), qPrintable(redis.problem()));
        ChannelLayers layers;
        addRedisBackends(layers);
        const auto added = layers.add(
            {.backend = backend,
             .config = {
                 {u"hosts"_s, QVariantList{QVariant(QVariantList{u"127.0.0.1"_s, redis.port()})}},
                 {u"prefix"_s, u"site"_s},
                 {u"symmetric_encryption_keys"_s, QStringList{u"secret"_s}},
                 {u"capacity"_s, 7}}});
        QVERIFY2(added, added ? "" : qPrintable(added.error().message));
        ChannelLayer &layer = *layers.layer();
        QCOMPARE(layer.options().capacity, 7);
        const auto isUp = [&] { return layer.bridge()->state() == BridgeInfo::State::Up; };
        QVERIFY(waitFor(isUp, 20s));
        QCOMPARE(layer.bridge()->layer, kind);
        QCOMPARE(layer.bridge()->prefix, u"site"_s);
        QVERIFY(layer.bridge()->encrypted);
        Ear ann(layer);
        QVERIFY(layer.groupAdd(u"g"_s, *ann.channel));
        QVERIFY(layer.groupSend(u"g"_s, Message(u"x"_s, {{u"n"_s, 1}})));
        QVERIFY(waitFor([&] { return ann.heard == QList{1}; }, 20s));
    }

    void readsTheWordsOfDjango()
    {
        const auto read = readRedisSettings(
            {.options = {.capacity = 3},
             .config =
                 config("{'hosts': ['redis://a/1', ['b', 7000], {'address': 'unix:///c'}], "
                        "'channel_capacity': {'http.*': 5}, 'expiry': 10, 'group_expiry': 60}")});
        QVERIFY2(read, read ? "" : qPrintable(read.error().message));
        QStringList hosts;
        for (const auto &host : read->redis.hosts)
            hosts.append(host.shown());
        QCOMPARE(hosts, (QStringList{u"redis://a:6379/1"_s, u"redis://b:7000"_s, u"unix:///c"_s}));
        QCOMPARE(read->redis.prefix, u"asgi"_s);
        QCOMPARE(read->options.capacity, 3);
        QCOMPARE(read->options.capacityOf(u"http.response"_s), 5);
        QCOMPARE(read->options.expiry, 10s);
        QCOMPARE(read->options.groupExpiry, 60s);
    }

    void nothingSaidIsLocalhost()
    {
        const auto read = readRedisSettings({});
        QVERIFY(read);
        QCOMPARE(read->redis.hosts, QList{RedisAddress{}});
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("says"); ///< a part of the message
        const auto row = [](const char *name, const QByteArray &json, const QString &says) {
            QTest::newRow(name) << json << u"bad_setting"_s << says;
        };
        QTest::newRow("a slip of the pen")
            << QByteArray("{'host': 'redis://a'}") << u"unknown_setting"_s << u"\"host\""_s;
        row("bad address", "{'hosts': ['redis://:hunter2@a:x']}", u"1 to 65535"_s);
        row("no hosts", "{'hosts': []}", u"hosts"_s);
        row("hosts that are a number", "{'hosts': 6379}", u"hosts"_s);
        row("a host that is a number", "{'hosts': [6379]}", u"hosts"_s);
        row("a host that is a list of three", "{'hosts': [['a', 1, 2]]}", u"hosts"_s);
        row("a port that is a word", "{'hosts': [['a', 'x']]}", u"1 to 65535"_s);
        row("empty prefix", "{'prefix': ''}", u"prefix"_s);
        row("prefix with a blank", "{'prefix': 'my site'}", u"\"my site\""_s);
        row("prefix that is too long", "{'prefix': '" + QByteArray(59, 'x') + "'}", u"up to 58"_s);
        row("no keys", "{'symmetric_encryption_keys': []}", u"keys"_s);
        row("an empty key", "{'symmetric_encryption_keys': ['hunter2', '']}", u"keys"_s);
        row("capacity is zero", "{'capacity': 0}", u"capacity"_s);
        row("expiry is a word", "{'expiry': 'soon'}", u"expiry"_s);
        row("a capacity that is a word", "{'channel_capacity': {'a*': 'x'}}", u"\"a*\""_s);
    }

    void refuses()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, code);
        QFETCH(QString, says);
        const auto read = readRedisSettings({.alias = u"shared"_s, .config = config(json)});
        QVERIFY(!read);
        QCOMPARE(read.error().code, code);
        QVERIFY2(read.error().message.contains(says), qPrintable(read.error().message));
        QVERIFY(read.error().message.contains(u"\"shared\""_s));
        QVERIFY(!read.error().message.contains(u"hunter2"_s));
    }
};

PARLOUR_TEST(RedisBackendsTest)
#include "tst_redis_backends.moc"
