// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/websocket/frame_parser.h"
#include "support/heap.h"
#include "support/runner.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace parlour::server;
using namespace Qt::StringLiterals;

namespace {

constexpr int fin = 0x80;

// A masked frame, as a client sends it. `lengthBytes`: 0 picks the shortest form.
QByteArray frame(int first, const QByteArray &payload, int lengthBytes = 0)
{
    const QByteArray mask = QByteArray::fromHex("37fa213d");
    const auto size = static_cast<quint64>(payload.size());
    if (lengthBytes == 0)
        lengthBytes = size <= 125 ? 1 : size <= 0xFFFF ? 2 : 8;
    QByteArray bytes(1, static_cast<char>(first));
    bytes += static_cast<char>(0x80
                               | (lengthBytes == 1       ? static_cast<int>(size)
                                      : lengthBytes == 2 ? 126
                                                         : 127));
    for (int i = lengthBytes - 1; lengthBytes > 1 && i >= 0; --i)
        bytes += static_cast<char>(size >> (8 * i) & 0xFF);
    bytes += mask;
    for (qsizetype i = 0; i < payload.size(); ++i)
        bytes += static_cast<char>(payload.at(i) ^ mask.at(i % 4));
    return bytes;
}

// What came out, in words: "text:Hi", "ping:x", "close:1000:bye", "failure:1002".
QString inWords(const FrameParser::Event &event)
{
    if (const auto *message = std::get_if<FrameParser::Message>(&event))
        return (message->binary ? u"binary:"_s : u"text:"_s) + QString::fromUtf8(message->payload);
    if (const auto *ping = std::get_if<FrameParser::Ping>(&event))
        return u"ping:"_s + QString::fromUtf8(ping->payload);
    if (const auto *pong = std::get_if<FrameParser::Pong>(&event))
        return u"pong:"_s + QString::fromUtf8(pong->payload);
    if (const auto *closing = std::get_if<FrameParser::Close>(&event))
        return u"close:%1:%2"_s.arg(closing->code).arg(closing->reason);
    return u"failure:%1"_s.arg(std::get<FrameParser::Failure>(event).code);
}

QStringList parse(FrameParser &parser, const QByteArray &bytes, qsizetype piece)
{
    QStringList events;
    for (qsizetype at = 0; at < bytes.size(); at += piece) {
        auto view = QByteArrayView(bytes).sliced(at, std::min(piece, bytes.size() - at));
        while (const auto event = parser.next(view))
            events += inWords(*event);
    }
    return events;
}

QStringList parse(const QByteArray &bytes, qsizetype piece, const FrameLimits &limits = {})
{
    FrameParser parser(limits);
    return parse(parser, bytes, piece);
}

QByteArray closePayload(int code, const QByteArray &reason = {})
{
    return QByteArray(1, static_cast<char>(code >> 8)) + static_cast<char>(code & 0xFF) + reason;
}

} // namespace

class FrameParserTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatIsRightAndRefusesTheRest_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QStringList>("events");

        const QByteArray bom = "\xEF\xBB\xBFhi";
        QTest::newRow("text") << frame(fin | 1, "Hi") << QStringList{u"text:Hi"_s};
        QTest::newRow("empty text") << frame(fin | 1, "") << QStringList{u"text:"_s};
        QTest::newRow("binary") << frame(fin | 2, "Hi") << QStringList{u"binary:Hi"_s};
        QTest::newRow("a byte order mark is kept")
            << frame(fin | 1, bom) << QStringList{u"text:"_s + QString::fromUtf8(bom)};
        QTest::newRow("125 bytes")
            << frame(fin | 1, QByteArray(125, 'x')) << QStringList{u"text:"_s + QString(125, u'x')};
        QTest::newRow("126 bytes")
            << frame(fin | 1, QByteArray(126, 'x')) << QStringList{u"text:"_s + QString(126, u'x')};
        QTest::newRow("65535 bytes") << frame(fin | 1, QByteArray(65535, 'x'))
                                     << QStringList{u"text:"_s + QString(65535, u'x')};
        QTest::newRow("65536 bytes, the limit") << frame(fin | 1, QByteArray(65536, 'x'))
                                                << QStringList{u"text:"_s + QString(65536, u'x')};
        QTest::newRow("one byte over the limit")
            << frame(fin | 1, QByteArray(65537, 'x')).first(14) << QStringList{u"failure:1009"_s};
        QTest::newRow("over the limit in fragments")
            << frame(1, QByteArray(40000, 'x')) + frame(fin | 0, QByteArray(25537, 'x'))
            << QStringList{u"failure:1009"_s};
        QTest::newRow("the highest length there is")
            << QByteArray::fromHex("82ff7fffffffffffffff00000000")
            << QStringList{u"failure:1009"_s};
        QTest::newRow("a length with its highest bit set")
            << QByteArray::fromHex("82ff800000000000000000000000")
            << QStringList{u"failure:1002"_s};
        QTest::newRow("fragments with a ping between them") << frame(1, "a") + frame(fin | 9, "p")
                + frame(0, "b") + frame(fin | 0, "c") << QStringList{u"ping:p"_s, u"text:abc"_s};
        QTest::newRow("a character split between fragments") << frame(1, "\xD0")
                + frame(fin | 0, "\x96") << QStringList{u"text:"_s + QString::fromUtf8("\xD0\x96")};
        QTest::newRow("pong") << frame(fin | 10, "x") << QStringList{u"pong:x"_s};
        QTest::newRow("ping of 125 bytes")
            << frame(fin | 9, QByteArray(125, 'x')) << QStringList{u"ping:"_s + QString(125, u'x')};
        QTest::newRow("ping of 126 bytes")
            << frame(fin | 9, QByteArray(126, 'x')) << QStringList{u"failure:1002"_s};
        QTest::newRow("fragmented ping") << frame(9, "x") << QStringList{u"failure:1002"_s};
        QTest::newRow("unmasked") << QByteArray::fromHex("810148")
                                  << QStringList{u"failure:1002"_s};
        QTest::newRow("first reserved bit")
            << frame(fin | 0x40 | 1, "x") << QStringList{u"failure:1002"_s};
        QTest::newRow("last reserved bit")
            << frame(fin | 0x10 | 1, "x") << QStringList{u"failure:1002"_s};
        for (const int opcode : {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
            QTest::addRow("reserved opcode %d", opcode)
                << frame(fin | opcode, "x") << QStringList{u"failure:1002"_s};
        QTest::newRow("continuation of nothing")
            << frame(fin | 0, "x") << QStringList{u"failure:1002"_s};
        QTest::newRow("a message inside a message")
            << frame(1, "x") + frame(fin | 1, "y") << QStringList{u"failure:1002"_s};
        QTest::newRow("125 written in two bytes")
            << frame(fin | 1, QByteArray(125, 'x'), 2) << QStringList{u"failure:1002"_s};
        QTest::newRow("65535 written in eight bytes")
            << frame(fin | 1, QByteArray(65535, 'x'), 8) << QStringList{u"failure:1002"_s};
        QTest::newRow("nothing after a failure")
            << frame(fin | 3, "x") + frame(fin | 1, "y") << QStringList{u"failure:1002"_s};
        QTest::newRow("nothing after a close")
            << frame(fin | 8, "") + frame(fin | 1, "y") << QStringList{u"close:1005:"_s};
    }

    void readsWhatIsRightAndRefusesTheRest()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QStringList, events);
        QCOMPARE(parse(bytes, bytes.size()), events);
        QCOMPARE(parse(bytes, 7), events);
        QCOMPARE(parse(bytes, 1), events);
    }

    void judgesTextAtTheFirstWrongByte_data()
    {
        QTest::addColumn<QByteArray>("hex");
        QTest::newRow("a lone continuation") << QByteArray("80");
        QTest::newRow("an overlong slash") << QByteArray("c0");
        QTest::newRow("an overlong slash in three") << QByteArray("e080");
        QTest::newRow("an overlong slash in four") << QByteArray("f080");
        QTest::newRow("a surrogate") << QByteArray("eda0");
        QTest::newRow("beyond U+10FFFF") << QByteArray("f490");
        QTest::newRow("a lead that does not exist") << QByteArray("f5");
        QTest::newRow("a character broken off") << QByteArray("d020");
    }

    // The frame says that 100 bytes come; the failure is told before they are there.
    void judgesTextAtTheFirstWrongByte()
    {
        QFETCH(QByteArray, hex);
        const QByteArray text = "eight ascii bytes, then " + QByteArray::fromHex(hex);
        const QByteArray bytes =
            frame(fin | 1, text.leftJustified(100, 'x')).first(6 + text.size());
        QCOMPARE(parse(bytes, bytes.size()), QStringList{u"failure:1007"_s});
        QCOMPARE(parse(bytes.chopped(1), bytes.size()), QStringList());
    }

    void refusesTextThatEndsInsideACharacter()
    {
        QCOMPARE(parse(frame(fin | 1, "\xD0"), 100), QStringList{u"failure:1007"_s});
        QCOMPARE(parse(frame(fin | 2, "\xD0"), 100).size(), 1); // binary may
        QVERIFY(!parse(frame(fin | 2, "\xD0"), 100).contains(u"failure:1007"_s));
    }

    void judgesCloseFrames_data()
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<QString>("event");
        QTest::newRow("no code") << QByteArray() << u"close:1005:"_s;
        QTest::newRow("half a code") << QByteArray("\x03") << u"failure:1002"_s;
        QTest::newRow("a reason") << closePayload(1000, "bye") << u"close:1000:bye"_s;
        QTest::newRow("a reason that is no UTF-8")
            << closePayload(1000, "\xC3\x28") << u"failure:1007"_s;
        QTest::newRow("a reason that breaks off")
            << closePayload(1000, "\xC3") << u"failure:1007"_s;
        for (const int code : {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013,
                               1014, 3000, 3999, 4000, 4999})
            QTest::addRow("%d may be sent", code) << closePayload(code) << u"close:%1:"_s.arg(code);
        for (const int code :
             {0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535})
            QTest::addRow("%d may not be sent", code) << closePayload(code) << u"failure:1002"_s;
    }

    void judgesCloseFrames()
    {
        QFETCH(QByteArray, payload);
        QFETCH(QString, event);
        QCOMPARE(parse(frame(fin | 8, payload), 100), QStringList{event});
    }

    void boundsTheFragmentsOfAMessage()
    {
        const FrameLimits limits{65536, 1001};
        QByteArray bytes = frame(1, "");
        for (int i = 0; i < 999; ++i)
            bytes += frame(0, "");
        QCOMPARE(parse(bytes + frame(fin | 0, "x"), 4096, limits), QStringList{u"text:x"_s});
        QCOMPARE(parse(bytes + frame(0, "") + frame(fin | 0, "x"), 4096, limits),
                 QStringList{u"failure:1008"_s});
    }

    void knowsWhetherAMessageHasBegun()
    {
        FrameParser parser;
        QVERIFY(!parser.isInside());
        (void)parse(parser, frame(1, "a").first(3), 100);
        QVERIFY(parser.isInside());
        (void)parse(parser, frame(1, "a").sliced(3), 100);
        QVERIFY(parser.isInside());
        (void)parse(parser, frame(fin | 0, "b"), 100);
        QVERIFY(!parser.isInside());
    }

    void takesOtherLimitsWhileItRuns()
    {
        FrameParser parser({.messageBytes = 4, .fragments = 10});
        QCOMPARE(parse(parser, frame(fin | 1, "1234"), 100), QStringList{u"text:1234"_s});
        parser.setLimits({.messageBytes = 3, .fragments = 10});
        QCOMPARE(parse(parser, frame(fin | 1, "1234"), 100), QStringList{u"failure:1009"_s});
    }

    // Frames sent to Daphne, byte for byte. Where it fails them we do, the same way or earlier.
    void readsTheFramesOfTheVectors()
    {
        QFile file(QStringLiteral(TEST_SOURCE_DIR "/vectors/http_ws_vectors.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QHash<QString, QStringList> expected{
            {u"f_empty_text"_s, {u"text:"_s}},
            {u"f_missing_key"_s, {u"text:{}"_s}},
            {u"f_binary"_s, {uR"(binary:{"message":"x"})"_s}},
            {u"f_unmasked"_s, {u"failure:1002"_s}},
            {u"f_ping"_s, {u"ping:abc"_s}},
            {u"f_ping_126"_s, {u"failure:1002"_s}},
            {u"f_bad_utf8"_s, {u"failure:1007"_s}},
            {u"f_rsv1"_s, {u"failure:1002"_s}},
            {u"f_opcode3"_s, {u"failure:1002"_s}},
            {u"f_fragmented"_s, {u"ping:p"_s, uR"(text:{"message":"frag"})"_s}},
            {u"f_cont_first"_s, {u"failure:1002"_s}},
            {u"f_close_1000_reason"_s,
             {u"close:1000:"_s + QString::fromUtf8("\xD0\xBF\xD0\xBE\xD0\xBA\xD0\xB0")}},
            {u"f_close_4001"_s, {u"close:4001:bye"_s}},
            {u"f_close_empty"_s, {u"close:1005:"_s}},
            {u"f_close_1005"_s, {u"failure:1002"_s}},
            {u"f_close_1byte"_s, {u"failure:1002"_s}},
            {u"f_close_999"_s, {u"failure:1002"_s}},
            {u"f_200k_message"_s, {u"failure:1009"_s}},
            {u"f_1MiB_plus_1"_s, {u"failure:1009"_s}},
        };
        int seen = 0;
        const QJsonArray cases =
            QJsonDocument::fromJson(file.readAll()).object().value(u"cases"_s).toArray();
        for (const auto &value : cases) {
            const QJsonObject one = value.toObject();
            QByteArray bytes;
            for (const auto &hex : one.value(u"frames_sent_hex"_s).toArray())
                bytes += QByteArray::fromHex(hex.toString().section(u"..."_s, 0, 0).toLatin1());
            if (bytes.isEmpty())
                continue;
            const QString name = one.value(u"name"_s).toString();
            QVERIFY2(expected.contains(name), qPrintable(name));
            QVERIFY2(parse(bytes, 3) == expected.value(name), qPrintable(name));
            ++seen;
        }
        QCOMPARE(seen, int(expected.size()));
    }

    void holdsNothingOfAMessageThatHasEnded()
    {
        const QByteArray bytes = frame(2, QByteArray(30000, 'x'))
            + frame(fin | 9, QByteArray(125, 'p')) + frame(fin | 0, QByteArray(30000, 'y'));
        FrameParser parser;
        const qint64 before = parlour::tests::heapInUse();
        QCOMPARE(parse(parser, bytes, 1000).size(), 2);
        QCOMPARE_LE(parlour::tests::heapInUse() - before, 8192);
    }
};

PARLOUR_TEST(FrameParserTest)

#include "tst_frame_parser.moc"
