// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/vectors.h"
#include "redis/message_codec.h"
#include "redis/msgpack_writer.h"
#include "redis/vector_values.h"
#include "support/runner.h"

#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour::channels;
using namespace parlour::redis;
using namespace parlour::tests;

namespace {

const Message hello(u"chat.message"_s, {{u"message"_s, u"hello"_s}});

QByteArray bodyNamed(const QString &name)
{
    for (const auto &value : vectors(u"message"_s)["serialize"_L1].toArray()) {
        if (value["name"_L1].toString() == name)
            return QByteArray::fromHex(value["msgpack_hex"_L1].toString().toLatin1());
    }
    qFatal("no vector %s", qPrintable(name));
}

Message withKeys(int count)
{
    QVariantMap body;
    for (int n = 1; n < count; ++n)
        body.insert(u"k%1"_s.arg(n), n);
    return Message(u"t"_s, body);
}

FernetSources at(qint64 now)
{
    return {[now] { return now; }, [] { return QByteArray(16, 'i'); }};
}

} // namespace

class MessageCodecTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void storesWhatChannelsRedisStores()
    {
        const MessageCodec codec;
        QCOMPARE(*codec.encode(hello), bodyNamed(u"tutorial"_s));
        QCOMPARE(*codec.encode(hello, u"specific.a!b"_s), bodyNamed(u"with_channel_str"_s));
        QCOMPARE(*codec.encode(hello, {u"specific.a!b"_s, u"specific.a!c"_s}),
                 bodyNamed(u"with_channel_list"_s));
        const Message reversed(u"chat.message"_s, {{u"a"_s, 1}, {u"z"_s, 2}});
        QVERIFY2(codec.encode(reversed)->startsWith(QByteArray::fromHex("83a474797065ac")),
                 "the type comes first, whatever the others are called");
    }

    void readsWhatChannelsRedisStores_data()
    {
        QTest::addColumn<QString>("vector");
        QTest::addColumn<QStringList>("channels");
        QTest::newRow("to nobody in particular") << u"tutorial"_s << QStringList();
        QTest::newRow("other order of keys") << u"key_order_reversed"_s << QStringList();
        QTest::newRow("to one") << u"with_channel_str"_s << QStringList{u"specific.a!b"_s};
        QTest::newRow("to several")
            << u"with_channel_list"_s << QStringList{u"specific.a!b"_s, u"specific.a!c"_s};
    }
    void readsWhatChannelsRedisStores()
    {
        QFETCH(QString, vector);
        QFETCH(QStringList, channels);
        const auto decoded = MessageCodec().decode(bodyNamed(vector));
        QVERIFY(decoded);
        QCOMPARE(decoded->message.type(), hello.type());
        QCOMPARE(decoded->message.body(), hello.body());
        QCOMPARE(decoded->channels, channels);
    }

    void theChannelsAreOneMoreKeyWhateverTheOthersAre_data()
    {
        QTest::addColumn<int>("keys");
        for (const int keys : {1, 14, 15, 16, 65534, 65535, 65536})
            QTest::addRow("%d keys", keys) << keys;
    }
    void theChannelsAreOneMoreKeyWhateverTheOthersAre()
    {
        QFETCH(int, keys);
        const MessageCodec codec;
        const Message message = withKeys(keys);
        const auto decoded = codec.decode(*codec.encode(message, u"a!b"_s));
        QVERIFY(decoded);
        QCOMPARE(decoded->message.body(), message.body());
        QCOMPARE(decoded->channels, QStringList{u"a!b"_s});
    }

    void aMessageIsPackedOnce()
    {
        const MessageCodec codec;
        const Message message = withKeys(3);
        QVERIFY(codec.encode(message, u"a!b"_s));
        const auto kept = message.encoding(3, [](const Message &) { return QByteArray(); });
        QCOMPARE(kept, *codec.encode(message));
        QVERIFY2(!kept.contains("a!b"), "what is kept is for any channel");
        message.keepEncoding(3, *codec.encode(hello));
        QVERIFY2(codec.encode(message, u"c!d"_s)->contains("hello"), "what is kept is used");
    }

    void refusesWhatItCannotStore_data()
    {
        QTest::addColumn<QVariantMap>("body");
        QTest::newRow("a type of its own") << QVariantMap{{u"type"_s, u"x"_s}};
        QTest::newRow("channels of its own") << QVariantMap{{u"__asgi_channel__"_s, u"a!b"_s}};
        QTest::newRow("no value of msgpack") << QVariantMap{{u"v"_s, QVariant(QRect())}};
    }
    void refusesWhatItCannotStore()
    {
        QFETCH(QVariantMap, body);
        const Message message(u"chat.message"_s, body);
        for (int n = 0; n < 2; ++n) {
            const auto encoded = MessageCodec().encode(message, u"a!b"_s);
            QVERIFY(!encoded);
            QCOMPARE(encoded.error().code, u"not_serializable"_s);
        }
    }

    void refusesBodiesWithoutAType_data()
    {
        QTest::addColumn<Pairs>("pairs");
        QTest::newRow("nothing at all") << Pairs{};
        QTest::newRow("no type") << Pairs{{u"message"_s, u"hello"_s}};
        QTest::newRow("an empty type") << Pairs{{u"type"_s, QString()}};
        QTest::newRow("a type of bytes") << Pairs{{u"type"_s, QByteArray("chat.message")}};
        QTest::newRow("a number") << Pairs{{u"type"_s, 1}};
        QTest::newRow("null") << Pairs{{u"type"_s, QVariant()}};
        const std::pair<QString, QVariant> type(u"type"_s, u"t"_s);
        QTest::newRow("channels: a number") << Pairs{type, {u"__asgi_channel__"_s, 1}};
        QTest::newRow("channels: bytes") << Pairs{type, {u"__asgi_channel__"_s, QByteArray("a!b")}};
        QTest::newRow("channels: a list of numbers")
            << Pairs{type, {u"__asgi_channel__"_s, QVariantList{u"a!b"_s, 1}}};
    }
    void refusesBodiesWithoutAType()
    {
        QFETCH(Pairs, pairs);
        MsgpackWriter writer;
        writer.beginMap(pairs.size());
        for (const auto &[key, value] : pairs)
            writer.pair(key, value);
        const auto decoded = MessageCodec().decode(*writer.result());
        QVERIFY(!decoded);
        QCOMPARE(decoded.error().code, u"bad_body"_s);
    }

    void refusesEveryBadBodyOfTheVectors()
    {
        int refused = 0;
        for (const auto &value : vectors(u"message"_s)["deserialize"_L1].toArray())
            refused += MessageCodec().decode(bodyOf(value.toObject())) ? 0 : 1;
        QCOMPARE(refused, 23); // those that can be read have no type
    }

    void keysKeepTheMessageFromOthers()
    {
        const MessageCodec one({.encryptionKeys = {u"secret-one"_s}});
        const MessageCodec two({.encryptionKeys = {u"secret-two"_s}});
        const MessageCodec rotated({.encryptionKeys = {u"secret-two"_s, u"secret-one"_s}});
        const QByteArray sealed = *one.encode(hello, u"a!b"_s);
        QVERIFY(one.isEncrypting() && !MessageCodec().isEncrypting());
        QVERIFY(!sealed.contains("hello"));
        QCOMPARE(rotated.decode(sealed)->message.body(), hello.body());
        QCOMPARE(rotated.decode(sealed)->channels, QStringList{u"a!b"_s});
        QCOMPARE(two.decode(sealed).error().code, u"bad_token"_s);
        QCOMPARE(MessageCodec().decode(sealed).error().code, u"bad_body"_s);
        QCOMPARE(one.decode(*MessageCodec().encode(hello)).error().code, u"bad_token"_s);
    }

    void anEncryptedMessageGrowsOld()
    {
        const QStringList keys{u"secret-one"_s};
        const auto codec = [&](qint64 now, std::optional<std::chrono::seconds> maxAge) {
            return MessageCodec({.encryptionKeys = keys, .maxAge = maxAge, .sources = at(now)});
        };
        const QByteArray sealed = *codec(1000, {}).encode(hello);
        QVERIFY(codec(1070, 70s).decode(sealed));
        QVERIFY(!codec(1071, 70s).decode(sealed));
        QVERIFY(codec(100'000, {}).decode(sealed));
    }
};

PARLOUR_TEST(MessageCodecTest)
#include "tst_message_codec.moc"
