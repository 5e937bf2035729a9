// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/vectors.h"
#include "redis/msgpack_reader.h"
#include "redis/msgpack_writer.h"
#include "redis/vector_values.h"
#include "support/runner.h"

#include <QCryptographicHash>
#include <QObject>
#include <QTest>
#include <QUuid>

using namespace Qt::StringLiterals;
using namespace parlour::redis;
using namespace parlour::tests;

namespace {

const char *const keyOrder =
    "a QVariantMap keeps its keys in their order; msgpack's maps have none";

const Differences &writingDifferences()
{
    static const Differences all{
        {u"map_len_15"_s, keyOrder},
        {u"map_len_16"_s, keyOrder},
        {u"map_len_65535"_s, keyOrder},
        {u"map_len_65536"_s, keyOrder},
        {u"bytes_key"_s, "a message's keys are text; a reader of Python's gets the same name"},
    };
    return all;
}

const Differences &readingDifferences()
{
    static const char *const noMap = "a body is a map; Python fails on it one step later";
    static const char *const ext = "Python has a type for it; nobody sends one, and we have none";
    static const Differences all{
        {u"not_a_map_int"_s, noMap},
        {u"not_a_map_array"_s, noMap},
        {u"ext_fixext1"_s, ext},
        {u"ext_timestamp32"_s, ext},
    };
    return all;
}

QJsonArray cases(QLatin1StringView kind)
{
    return vectors(u"message"_s)[kind].toArray();
}

parlour::channels::Expected<QByteArray> packed(const Pairs &pairs, const MsgpackLimits &limits = {})
{
    MsgpackWriter writer(limits);
    writer.beginMap(pairs.size());
    for (const auto &[key, value] : pairs)
        writer.pair(key, value);
    return writer.result();
}

/// "v" and lists within each other, `depth` containers with the map.
Pairs nested(int depth)
{
    QVariant value = 1;
    for (int n = 1; n < depth; ++n)
        value = QVariantList{value};
    return {{u"v"_s, value}};
}

QByteArray nestedBytes(int depth)
{
    return QByteArray::fromHex("81a176") + QByteArray(depth - 1, '\x91') + '\x01';
}

void addVectors(QLatin1StringView kind)
{
    QTest::addColumn<QJsonObject>("vector");
    const auto all = cases(kind);
    for (const auto &value : all)
        QTest::newRow(qPrintable(value["name"_L1].toString())) << value.toObject();
    QVERIFY(all.size() > 20);
}

} // namespace

class MsgpackTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesAsPythonDoes_data() { addVectors("serialize"_L1); }
    void writesAsPythonDoes()
    {
        QFETCH(QJsonObject, vector);
        const Pairs message = messageOf(vector);
        const auto bytes = packed(message);
        QVERIFY2(bytes, qPrintable(bytes ? QString() : bytes.error().message));
        const auto back = readMsgpack(*bytes);
        QVERIFY(back);
        QVERIFY2(isSameValue(*back, mapOf(message)), "what we write we read");
        const auto hex = QByteArray::fromHex(vector["msgpack_hex"_L1].toString().toLatin1());
        if (const char *why = writingDifferences().value(vector["name"_L1].toString())) {
            QVERIFY2(hex.isEmpty() || *bytes != hex, why);
            QVERIFY(vector["msgpack_len"_L1].toInt(int(bytes->size())) == bytes->size());
            return;
        }
        if (!hex.isEmpty()) {
            QCOMPARE(bytes->toHex(), hex.toHex());
            return;
        }
        QCOMPARE(bytes->size(), vector["msgpack_len"_L1].toInteger());
        QCOMPARE(QCryptographicHash::hash(*bytes, QCryptographicHash::Sha256).toHex(),
                 vector["msgpack_sha256"_L1].toString().toLatin1());
    }

    void readsWhatPythonWrites_data() { addVectors("serialize"_L1); }
    void readsWhatPythonWrites()
    {
        QFETCH(QJsonObject, vector);
        const auto hex = QByteArray::fromHex(vector["msgpack_hex"_L1].toString().toLatin1());
        if (hex.isEmpty())
            return; // too large to be written down; ours are the same, and are read above
        const auto read = readMsgpack(hex);
        QVERIFY2(read, qPrintable(read ? QString() : read.error().message));
        QVERIFY(isSameValue(*read, mapOf(messageOf(vector))));
    }

    void readsForeignBytesAsPythonDoes_data() { addVectors("deserialize"_L1); }
    void readsForeignBytesAsPythonDoes()
    {
        QFETCH(QJsonObject, vector);
        const auto read = readMsgpack(bodyOf(vector));
        const char *why = readingDifferences().value(vector["name"_L1].toString());
        if (vector.contains("error"_L1) || why) {
            QVERIFY2(!read, why);
            QCOMPARE(read.error().code, u"bad_body"_s);
            return;
        }
        QVERIFY2(read, qPrintable(read ? QString() : read.error().message));
        QVERIFY(isSameValue(*read, valueOf(vector["message"_L1])));
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *name, const QByteArray &body, const QString &words) {
            QTest::newRow(name) << body << words;
        };
        const auto hex = [](const char *digits) { return QByteArray::fromHex(digits); };
        row("nothing", {}, u"truncated"_s);
        row("cut off", hex("81a176"), u"truncated"_s);
        row("a byte too many", hex("81a1760100"), u"1 bytes behind"_s);
        row("two maps", hex("8080"), u"1 bytes behind"_s);
        row("text that is no UTF-8", hex("81a176a1ff"), u"text is no UTF-8"_s);
        row("text that ends in a character", hex("81a176a2d0bf").chopped(1), u"truncated"_s);
        row("text with half a character", hex("81a176a1d0"), u"text is no UTF-8"_s);
        row("text with a surrogate", hex("81a176a3eda080"), u"text is no UTF-8"_s);
        row("text with a slash in two bytes", hex("81a176a2c0af"), u"text is no UTF-8"_s);
        row("key that is no UTF-8", hex("81a1ff01"), u"key is no UTF-8"_s);
        row("bin key that is no UTF-8", hex("81c401ff01"), u"key is no UTF-8"_s);
        row("integer key", hex("810102"), u"an integer is used as a key"_s);
        row("negative key", hex("81ff02"), u"an integer is used as a key"_s);
        row("nil key", hex("81c001"), u"nil is used as a key"_s);
        row("boolean key", hex("81c301"), u"a boolean is used as a key"_s);
        row("float key", hex("81ca3fc0000001"), u"a float is used as a key"_s);
        row("list key", hex("819001"), u"a list is used as a key"_s);
        row("map key", hex("818001"), u"a map is used as a key"_s);
        row("integer key, deep", hex("81a17691810102"), u"an integer is used as a key"_s);
        row("ext", hex("81a176d40500"), u"ext"_s);
        row("ext key", hex("81d4050001"), u"ext"_s);
        row("reserved byte", hex("81a176c1"), u"no msgpack"_s);
        row("text", hex("a176"), u"no map"_s);
        row("nil", hex("c0"), u"no map"_s);
        row("list", hex("93010203"), u"no map"_s);
    }
    void saysWhatIsWrong()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, words);
        const auto read = readMsgpack(body);
        QVERIFY(!read);
        QVERIFY2(read.error().message.contains(words), qPrintable(read.error().message));
    }

    void aClaimedSizeIsNotBelieved_data()
    {
        QTest::addColumn<QByteArray>("body");
        for (const char *header : {"c6", "c9", "db", "dd", "df"})
            QTest::newRow(header) << QByteArray::fromHex("81a176") + QByteArray::fromHex(header)
                    + QByteArray::fromHex("ffffffff");
        QTest::newRow("nested") << QByteArray::fromHex("81a176")
                + QByteArray::fromHex("ddffffffff").repeated(500);
        QTest::newRow("the body") << QByteArray::fromHex("dfffffffff");
    }
    void aClaimedSizeIsNotBelieved()
    {
        QFETCH(QByteArray, body);
        for (const QByteArray &rest : {QByteArray(), QByteArray(1000, '\x01')})
            QVERIFY(!readMsgpack(body + rest));
    }

    void noPartOfABodyIsABody_data() { addVectors("serialize"_L1); }
    void noPartOfABodyIsABody()
    {
        QFETCH(QJsonObject, vector);
        const auto body = QByteArray::fromHex(vector["msgpack_hex"_L1].toString().toLatin1());
        for (qsizetype size = 0; size < body.size(); ++size)
            QVERIFY2(!readMsgpack(body.first(size)), qPrintable(QString::number(size)));
        QVERIFY(!readMsgpack(body + '\xc0'));
    }

    void theLimitsHoldBothWays()
    {
        const MsgpackLimits limits;
        QVERIFY(packed(nested(limits.depth)));
        QVERIFY(readMsgpack(nestedBytes(limits.depth)));
        QVERIFY(packed(nested(limits.depth + 1)).error().message.contains(u"deeper than 512"_s));
        QVERIFY(readMsgpack(nestedBytes(limits.depth + 1)).error().message.contains(u"512"_s));
        QVERIFY(!readMsgpack(QByteArray::fromHex("81a176") + QByteArray(1'000'000, '\x91')));

        const Pairs values{{u"v"_s, QVariantList(limits.values - 1, 1)}};
        QVERIFY(readMsgpack(*packed(values)));
        const Pairs more{{u"v"_s, QVariantList(limits.values, 1)}};
        QVERIFY(packed(more).error().message.contains(u"more than 250000 values"_s));
        const auto bytes = *packed(more, {.values = limits.values + 1});
        QVERIFY(readMsgpack(bytes).error().message.contains(u"more than 250000 values"_s));

        const Pairs event{{u"v"_s, QString(1024 * 1024, u'x')}};
        QVERIFY2(readMsgpack(*packed(event)), "events of 1 MiB pass");
        const Pairs longer{{u"v"_s, QString(limits.bytes, u'x')}};
        QVERIFY(packed(longer).error().message.contains(u"longer than 2097152 bytes"_s));
        QVERIFY(!readMsgpack(*packed(longer, {.bytes = 2 * limits.bytes})));
    }

    void writesNothingThatPythonRefuses_data()
    {
        QTest::addColumn<QVariant>("value");
        QTest::addColumn<QString>("words");
        QTest::newRow("object") << QVariant(QUuid()) << u"QUuid"_s;
        QTest::newRow("nesting_600") << nested(600).constFirst().second << u"deeper"_s;
        QTest::newRow("lone_surrogate") << QVariant(QString(QChar(0xd800))) << u"surrogate"_s;
        QTest::newRow("its key") << QVariant(QVariantMap{{QString(QChar(0xdc00)), 1}})
                                 << u"surrogate"_s;
    }
    void writesNothingThatPythonRefuses()
    {
        QFETCH(QVariant, value);
        QFETCH(QString, words);
        const auto bytes = packed({{u"v"_s, value}});
        QVERIFY(!bytes);
        QCOMPARE(bytes.error().code, u"not_serializable"_s);
        QVERIFY2(bytes.error().message.contains(words), qPrintable(bytes.error().message));
    }

    void everyKindOfNumberHasItsForm()
    {
        QCOMPARE(packed({{u"v"_s, short(-1)}})->toHex(), QByteArray("81a176ff"));
        QCOMPARE(packed({{u"v"_s, ushort(256)}})->toHex(), QByteArray("81a176cd0100"));
        QCOMPARE(packed({{u"v"_s, 1U}})->toHex(), QByteArray("81a17601"));
        QCOMPARE(packed({{u"v"_s, 1.5F}})->toHex(), QByteArray("81a176cb3ff8000000000000"));
        QCOMPARE(packed({{u"v"_s, QStringList{u"a"_s}}})->toHex(), QByteArray("81a17691a161"));
        QCOMPARE(packed({{u"v"_s, QVariant()}})->toHex(), QByteArray("81a176c0"));
        QCOMPARE(packed({{u"v"_s, QString()}})->toHex(), QByteArray("81a176a0"));
    }
};

PARLOUR_TEST(MsgpackTest)
#include "tst_msgpack.moc"
