// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "server/conformance.h"
#include "server/known_failures.h"
#include "server/served.h"
#include "support/runner.h"

#include <QTest>

#include <limits>

using namespace parlour;
using namespace parlour::tests;

namespace {

const Frame NotText{Close, closePayload(1007), true};

QList<Exchange> textCases()
{
    QList<Exchange> cases;
    for (const TextCase &valid : validTexts())
        cases.append({valid.name, text(valid.bytes), {{Text, valid.bytes}}});
    for (const TextCase &invalid : invalidTexts())
        cases.append({invalid.name, text(invalid.bytes), {NotText}});
    return cases;
}

/// Each byte of a text is a frame of its own.
QByteArray inSingleFragments(const QByteArray &bytes)
{
    QByteArray frames = clientFrame(Text, {}, false);
    for (const char byte : bytes)
        frames += clientFrame(Continuation, QByteArray(1, byte), false);
    return frames + clientFrame(Continuation, {});
}

void addColumns()
{
    QTest::addColumn<Stack>("stack");
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QList<Frame>>("heard");
}

} // namespace

/// The cases of Autobahn's test suite over raw sockets, on both engines.
class ConformanceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hears_data();
    void hears() { converse(0); }
    void hearsTheSameInPieces_data() { hears_data(); }
    void hearsTheSameInPieces();
    void judgesTextOverFragments_data();
    void judgesTextOverFragments() { converse(0); }
    void takesNoMoreThanAMebibyte_data() { addStacks(); }
    void takesNoMoreThanAMebibyte();
    void failsFast_data();
    void failsFast();

private:
    void converse(qsizetype piece);
};

void ConformanceTest::hears_data()
{
    addColumns();
    for (const auto &cases : {framingCases(), controlCases(), reservedCases(), fragmentCases(),
                              textCases(), closeCases()}) {
        for (const Exchange &exchange : cases) {
            for (const auto &[name, stack] : stacks())
                QTest::addRow("%s: %s", name.constData(), exchange.name)
                    << stack << exchange.sent << exchange.heard;
        }
    }
}

/// `piece` bytes are sent at once; 0: all.
void ConformanceTest::converse(qsizetype piece)
{
    QFETCH(const Stack, stack);
    QFETCH(const QByteArray, sent);
    QFETCH(const QList<Frame>, heard);
    Served served(optionsOf(stack));
    RawClient client(served.port);
    QCOMPARE(client.open("/echo/").status, 101);
    for (qsizetype at = 0; at<sent.size(); at += piece> 0 ? piece : sent.size()) {
        client.send(piece > 0 ? sent.mid(at, piece) : sent);
        QCoreApplication::processEvents();
    }
    QStringList expected;
    QStringList got;
    for (const Frame &frame : heard) {
        expected.append(inWords(frame));
        got.append(inWords(client.waitForFrame()));
    }
    if (const char *reason = knownFailure(QTest::currentDataTag()))
        QEXPECT_FAIL("", reason, Abort);
    QCOMPARE(got, expected);
    if (heard.last().opcode == Close) {
        QVERIFY(client.waitForEnd());
        QVERIFY(!client.wasReset());
        QCOMPARE(client.received(), "");
    } else {
        client.send(text("and on"));
        QCOMPARE(client.waitForFrame().value_or(Frame{}).payload, "and on");
    }
    QVERIFY(served.isAlive());
}

// Single bytes where that is soon done; else the 997 bytes of Autobahn's chops.
void ConformanceTest::hearsTheSameInPieces()
{
    QFETCH(const QByteArray, sent);
    converse(sent.size() < 300 ? 1 : 997);
}

void ConformanceTest::judgesTextOverFragments_data()
{
    addColumns();
    for (const auto &[name, stack] : stacks()) {
        for (const TextCase &valid : validTexts()) {
            const bool isAscii = QString::fromUtf8(valid.bytes).size() == valid.bytes.size();
            const char *what = isAscii ? "fragments of" : "characters over fragments in";
            QTest::addRow("%s: %s %s", name.constData(), what, valid.name)
                << stack << inSingleFragments(valid.bytes) << QList<Frame>{{Text, valid.bytes}};
        }
        for (const TextCase &invalid : invalidTexts())
            QTest::addRow("%s: fragments of %s", name.constData(), invalid.name)
                << stack << inSingleFragments(invalid.bytes) << QList<Frame>{NotText};
    }
}

// Whatever the options say.
void ConformanceTest::takesNoMoreThanAMebibyte()
{
    QFETCH(const Stack, stack);
    StackOptions options = optionsOf(stack);
    options.maxMessageBytes = std::numeric_limits<qint64>::max();
    Served served(options);
    RawClient client(served.port);
    QCOMPARE(client.open("/echo/").status, 101);
    const QByteArray mebibyte(qsizetype(1024) * 1024, 'x');
    client.send(text(mebibyte));
    QByteArray heard;
    auto frame = client.waitForFrame();
    for (; frame && !frame->isLast; frame = client.waitForFrame())
        heard += frame->payload; // Qt makes fragments of 512 KiB
    QVERIFY(frame);
    QVERIFY(heard + frame->payload == mebibyte);
    client.send(text(mebibyte + 'x'));
    QCOMPARE(client.waitForFrame().value_or(Frame{}).closeCode(), 1009);
    QVERIFY(client.waitForEnd());
    QVERIFY(!client.wasReset());
}

void ConformanceTest::failsFast_data()
{
    QTest::addColumn<Stack>("stack");
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QByteArray>("heldBack");
    const QByteArray sound = "\xce\xba\xe1\xbd\xb9";
    const QByteArray whole = text(sound
                                  + "\xf4\x90\x80\x80"
                                    "edited");
    const auto row = [](const char *name, const QByteArray &sent, const QByteArray &heldBack) {
        for (const auto &[over, stack] : stacks())
            QTest::addRow("%s: %s", over.constData(), name) << stack << sent << heldBack;
    };
    row("6.4.1 in a fragment that is not the last",
        clientFrame(Text, sound, false) + clientFrame(Continuation, "\xf4\x90\x80\x80", false), {});
    row("6.4.2 at the byte that no sound one follows",
        clientFrame(Text, sound + "\xf4", false) + clientFrame(Continuation, "\x90", false), {});
    row("6.4.3 inside a frame", whole.chopped(6), whole.last(6));
    row("6.4.4 inside a frame, at the very byte", whole.chopped(8), whole.last(8));
}

void ConformanceTest::failsFast()
{
    QFETCH(const Stack, stack);
    QFETCH(const QByteArray, sent);
    QFETCH(const QByteArray, heldBack);
    Served served(optionsOf(stack));
    RawClient client(served.port);
    QCOMPARE(client.open("/echo/").status, 101);
    client.send(sent);
    QVERIFY(served.isAlive());
    if (const char *reason = knownFailure(QTest::currentDataTag())) {
        QEXPECT_FAIL("", reason, Continue);
        QVERIFY(!client.received().isEmpty());
        client.send(heldBack); // sooner or later
    }
    QCOMPARE(inWords(client.waitForFrame()), inWords(NotText));
    QVERIFY(client.waitForEnd());
    QVERIFY(served.isAlive());
}

PARLOUR_TEST(ConformanceTest)
#include "tst_conformance.moc"
