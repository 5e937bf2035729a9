// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/websocket/frame_writer.h"
#include "net/websocket_session.h"
#include "support/runner.h"

#include <QTest>

using namespace parlour::server;
using namespace Qt::StringLiterals;

class FrameWriterTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesTheShortestHead_data()
    {
        QTest::addColumn<qint64>("bytes");
        QTest::addColumn<QByteArray>("hex");
        QTest::newRow("nothing") << qint64(0) << QByteArray("8100");
        QTest::newRow("125 bytes") << qint64(125) << QByteArray("817d");
        QTest::newRow("126 bytes") << qint64(126) << QByteArray("817e007e");
        QTest::newRow("65535 bytes") << qint64(65535) << QByteArray("817effff");
        QTest::newRow("65536 bytes") << qint64(65536) << QByteArray("817f0000000000010000");
    }

    void writesTheShortestHead()
    {
        QFETCH(qint64, bytes);
        QFETCH(QByteArray, hex);
        QCOMPARE(FrameHead(Opcode::Text, bytes).bytes().toByteArray().toHex(), hex);
    }

    void writesControlFrames()
    {
        QCOMPARE(controlFrame(Opcode::Pong, "abc").toHex(), QByteArray("8a03616263"));
        QCOMPARE(closeFrame(1000, "").toHex(), QByteArray("880203e8"));
        QCOMPARE(closeFrame(4008, "slow").toHex(), QByteArray("88060fa8736c6f77"));
        QCOMPARE(closeFrame(1005, "").toHex(), QByteArray("8800"));
    }

    void cutsReasonsAtACharactersBorder_data()
    {
        QTest::addColumn<QString>("reason");
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("short") << u"bye"_s << QByteArray("bye");
        QTest::newRow("123 letters") << QString(123, u'x') << QByteArray(123, 'x');
        QTest::newRow("124 letters") << QString(124, u'x') << QByteArray(123, 'x');
        QTest::newRow("two bytes each")
            << QString(100, QChar(0x416)) << QString(61, QChar(0x416)).toUtf8();
        QTest::newRow("four bytes each") << QString::fromUtf8("\xF0\x9F\x98\x80").repeated(40)
                                         << QByteArray("\xF0\x9F\x98\x80").repeated(30);
    }

    void cutsReasonsAtACharactersBorder()
    {
        QFETCH(QString, reason);
        QFETCH(QByteArray, bytes);
        QCOMPARE(closeReason(reason), bytes);
    }

    void sendsOnlyCodesThatMayBeSent()
    {
        for (const int code : {1000, 1001, 1003, 1008, 1011, 3000, 4008, 4999})
            QCOMPARE(sendableCloseCode(code), code);
        for (const int code : {0, 999, 1004, 1005, 1006, 1015, 2000, 5000, -1})
            QCOMPARE(sendableCloseCode(code), 1011);
    }
};

PARLOUR_TEST(FrameWriterTest)

#include "tst_frame_writer.moc"
