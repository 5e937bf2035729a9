// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "server/exchanges.h"
#include "server/known_failures.h"
#include "server/served.h"
#include "support/runner.h"

#include <QTest>

using namespace parlour;
using namespace parlour::tests;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

struct Refused {
    const char *name;
    QByteArray sent;
    int status;
    const char *words;
};

StackOptions tightOptions(const Stack &stack)
{
    StackOptions options = optionsOf(stack);
    options.maxHeadBytes = 500;
    options.maxHeadLines = 8;
    options.maxBodyBytes = 5;
    options.maxMessageBytes = 5;
    options.maxFragments = 2;
    options.messageBurst = 3;
    options.messagesPerSecond = 0.001;
    options.connectTimeout = 50ms;
    return options;
}

QByteArray with(const QByteArray &lines, const QByteArray &start = "GET / HTTP/1.1")
{
    return start + "\r\nHost: a\r\n" + lines + "\r\n";
}

QByteArray posting(const QByteArray &lines, const QByteArray &body = {})
{
    return with(lines, "POST /mirror HTTP/1.1") + body;
}

QByteArray upgrade(const QByteArray &before, const QByteArray &after)
{
    return handshake("/echo/").replace(before, after);
}

QList<Refused> refusedHeads()
{
    return {
        {"a control character", with("X: \x01\r\n"), 400, "has a control character in its head"},
        {"a bare line feed", "GET / HTTP/1.1\nHost: a\n\n", 400, "end with CR LF"},
        {"empty lines", "\r\n\r\n", 400, "starts with empty lines"},
        {"an endless line", "GET /" + QByteArray(500, 'x'), 431, "head is too long"},
        {"many lines", with(QByteArray("X:\r\n").repeated(7)), 431, "too many header lines"},
        {"no request line", "hello\r\n", 400, "is a method, a target and a version"},
        {"no method", with({}, "G(T / HTTP/1.1"), 400, "method is no token"},
        {"a method that is not allowed", with({}, "TRACE / HTTP/1.1"), 405, "is not allowed here"},
        {"an unknown method", with({}, "BREW / HTTP/1.1"), 501, "is not known here"},
        {"no version", with({}, "GET / HTTP/x.1"), 400, "does not end with an HTTP version"},
        {"another version", with({}, "GET / HTTP/3.0"), 505, "speaks HTTP/1.1"},
        {"a bare character", with({}, "GET /\xd0 HTTP/1.1"), 400, "must be percent-encoded"},
        {"no path", with({}, "GET * HTTP/1.1"), 400, "does not start with one slash"},
        {"two dots", with({}, "GET /a/../b HTTP/1.1"), 404, "nothing at this address"},
        {"no Host", "GET / HTTP/1.1\r\n\r\n", 400, "exactly one Host header"},
        {"a Host that is none", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400, "is no host"},
        {"two hosts", with({}, "GET http://b/ HTTP/1.1"), 400, "name different hosts"},
        {"two origins", with("Origin: a\r\nOrigin: b\r\n"), 400, "at most one Origin"},
        {"no header", with("X : a\r\n"), 400, "is a name, a colon and a value"},
        {"an expectation", with("Expect: tea\r\n"), 417, "100-continue alone"},
    };
}

QList<Refused> refusedBodies()
{
    return {
        {"two lengths", posting("Content-Length: 1\r\nContent-Length: 1\r\n"), 400, "body twice"},
        {"no length", posting("Content-Length: x\r\n"), 400, "Content-Length is no number"},
        {"a large body", posting("Content-Length: 6\r\n"), 413, "body is too large"},
        {"a huge body", posting("Content-Length: 9999999999999999999\r\n"), 413, "is too large"},
        {"another coding", posting("Transfer-Encoding: gzip\r\n"), 501, "knows chunked alone"},
        {"a bad chunk", posting("Transfer-Encoding: chunked\r\n", "x\r\n"), 400, "a bad chunk"},
    };
}

QList<Refused> refusedUpgrades()
{
    const QByteArray silent = handshake("/silent/");
    return {
        {"POST", upgrade("GET", "POST"), 405, "is opened with GET"},
        {"HTTP/1.0", upgrade("HTTP/1.1", "HTTP/1.0"), 400, "needs HTTP/1.1"},
        {"no Upgrade", upgrade("Connection: Upgrade", "X: y"), 400, "does not say Upgrade"},
        {"a body", upgrade("\r\n\r\n", "\r\nContent-Length: 1\r\n\r\n"), 400, "has no body"},
        {"a version", upgrade("Version: 13", "Version: 8"), 426, "version 13 of the WebSocket"},
        {"no key", upgrade("dGhlIHNhbXBsZSBub25jZQ==", "x"), 400, "16 bytes in base64"},
        {"names", handshake("/echo/", "Sec-WebSocket-Protocol: a, a\r\n"), 400, "different names"},
        {"no answer of the application", silent, 503, "did not answer in time. Try again later"},
    };
}

struct Ended {
    const char *name;
    QByteArray sent;
    int code;
    const char *words;
};

QList<Ended> endedSockets()
{
    const QByteArray begun = clientFrame(Text, "a", false);
    const auto withByte = [](QByteArray frame, int at, char byte) {
        frame[at] = byte;
        return frame;
    };
    const QByteArray longForm = QByteArrayLiteral("\x81\xfe\0\x01\0\0\0\0a");
    return {
        {"reserved bit", withByte(text("a"), 0, '\xc1'), 1002, "a reserved bit is set"},
        {"opcode", clientFrame(3, {}), 1002, "the opcode is reserved"},
        {"unmasked",
         QByteArray("\x81\x01"
                    "a"),
         1002, "a client has to mask its frames"},
        {"part of a ping", clientFrame(Ping, {}, false), 1002, "control frame is fragmented"},
        {"long ping", clientFrame(Ping, QByteArray(126, 'x')), 1002, "longer than 125"},
        {"nothing begun", clientFrame(Continuation, {}), 1002, "nothing to continue"},
        {"two begun", begun + text("b"), 1002, "begins inside another one"},
        {"a long length", longForm, 1002, "not written in its shortest form"},
        {"half a code", clientFrame(Close, "x"), 1002, "the close code has one byte"},
        {"a code", clientFrame(Close, closePayload(1005)), 1002, "may not be sent"},
        {"no UTF-8", text("\xff"), 1007, "the text is not UTF-8"},
        {"half a character", text("\xd0"), 1007, "ends inside a character"},
        {"reason", clientFrame(Close, closePayload(1000, "\xff")), 1007, "reason is not UTF-8"},
        {"too big", text("123456"), 1009, "the message is too big"},
        {"too many fragments", begun + clientFrame(Continuation, {}, false).repeated(2), 1008,
         "too many fragments"},
        {"too many messages", text("a").repeated(4), 1008, "too many messages"},
    };
}

} // namespace

/// Each refusal says what was wrong.
class RefusalWordsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesWhatIsWrongWithARequest_data();
    void namesWhatIsWrongWithARequest();
    void namesWhatIsWrongWithAFrame_data();
    void namesWhatIsWrongWithAFrame();
    void namesTheLimitOfConnections_data() { addStacks(); }
    void namesTheLimitOfConnections();
    void namesTheCrowdOfSlowHeads_data() { addStacks(); }
    void namesTheCrowdOfSlowHeads();
    void boundsThoseWhoAreToldSo_data() { addStacks(); }
    void boundsThoseWhoAreToldSo();
    void saysThatItWasTooSlow_data() { addStacks(); }
    void saysThatItWasTooSlow();
    void boundsABodyThatTricklesIn_data();
    void boundsABodyThatTricklesIn();
    void saysThatItStops_data() { addStacks(); }
    void saysThatItStops();
};

void RefusalWordsTest::namesWhatIsWrongWithARequest_data()
{
    QTest::addColumn<Stack>("stack");
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("words");
    for (const auto &[over, stack] : stacks()) {
        for (const auto &table : {refusedHeads(), refusedBodies(), refusedUpgrades()}) {
            for (const Refused &row : table)
                QTest::addRow("%s: %s", over.constData(), row.name)
                    << stack << row.sent << row.status << QByteArray(row.words);
        }
    }
}

void RefusalWordsTest::namesWhatIsWrongWithARequest()
{
    QFETCH(const Stack, stack);
    QFETCH(const QByteArray, sent);
    QFETCH(const QByteArray, words);
    Served served(tightOptions(stack));
    RawClient client(served.port);
    client.send(sent);
    const auto answer = client.waitForAnswer();
    QTEST(answer.status, "status");
    QVERIFY2(answer.body.contains(words), answer.body.constData());
    QVERIFY(answer.head.contains("\r\ncontent-type: text/plain; charset=utf-8\r\n"));
    QVERIFY(client.waitForEnd());
}

void RefusalWordsTest::namesWhatIsWrongWithAFrame_data()
{
    QTest::addColumn<Stack>("stack");
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("words");
    for (const auto &[over, stack] : stacks()) {
        for (const Ended &row : endedSockets()) {
            QTest::addRow("%s: words for %s", over.constData(), row.name)
                << stack << row.sent << row.code << QByteArray(row.words);
        }
    }
}

void RefusalWordsTest::namesWhatIsWrongWithAFrame()
{
    QFETCH(const Stack, stack);
    QFETCH(const QByteArray, sent);
    QFETCH(const int, code);
    QFETCH(const QByteArray, words);
    Served served(tightOptions(stack));
    RawClient client(served.port);
    QCOMPARE(client.open("/echo/").status, 101);
    client.send(sent);
    client.send(text("end")); // is answered where what is wrong was taken
    auto frame = client.waitForFrame();
    while (frame && frame->opcode == Text && frame->payload != "end")
        frame = client.waitForFrame();
    if (const char *reason = knownFailure(QTest::currentDataTag()))
        QEXPECT_FAIL("", reason, Abort);
    QVERIFY2(frame && frame->closeCode() == code && frame->closeReason().contains(words),
             qPrintable(inWords(frame)));
}

void RefusalWordsTest::namesTheLimitOfConnections()
{
    QFETCH(const Stack, stack);
    StackOptions options = optionsOf(stack);
    options.maxConnections = 2;
    options.maxPerAddress = 1;
    Served served(options);
    const auto refusalFrom = [&](const QString &address) {
        RawClient client(served.port, QHostAddress(address));
        return client.waitForAnswer();
    };
    RawClient first(served.port);
    QCOMPARE(first.open("/echo/").status, 101);
    const auto again = refusalFrom(QStringLiteral("127.0.0.1"));
    QCOMPARE(again.status, 429);
    QCOMPARE(again.body, "There are too many connections from your address.\n");
    QVERIFY(again.head.contains("\r\nretry-after: 10\r\n"));
    RawClient second(served.port, QHostAddress(QStringLiteral("127.0.0.2")));
    QCOMPARE(second.open("/echo/").status, 101);
    const auto third = refusalFrom(QStringLiteral("127.0.0.3"));
    QCOMPARE(third.status, 503);
    QCOMPARE(third.body, "The host is full. Try again later.\n");
    QVERIFY(third.head.contains("\r\nretry-after: 10\r\n"));
}

void RefusalWordsTest::namesTheCrowdOfSlowHeads()
{
    QFETCH(const Stack, stack);
    StackOptions options = optionsOf(stack);
    options.maxUnfinishedHeadsPerAddress = 1;
    Served served(options);
    served.stopTime();
    RawClient oldest(served.port);
    oldest.send("GET / HT");
    QVERIFY(served.isAlive());
    served.turn(1s);
    RawClient next(served.port);
    next.send("GET / HTT");
    QVERIFY(served.isAlive());
    QVERIFY(!oldest.hasEnded());
    served.turn(1s);
    const auto answer = oldest.waitForAnswer();
    QCOMPARE(answer.status, 429);
    QCOMPARE(answer.body, "There are too many unfinished requests from your address.\n");
    QVERIFY(answer.head.contains("\r\nretry-after: 10\r\n"));
    QVERIFY(oldest.waitForEnd());
    QVERIFY(!oldest.wasReset());
    next.send("P/1.1\r\nHost: a\r\n\r\n");
    QCOMPARE(next.waitForAnswer().body, "hello");
}

void RefusalWordsTest::boundsThoseWhoAreToldSo()
{
    QFETCH(const Stack, stack);
    StackOptions options = optionsOf(stack);
    options.maxConnections = 1;
    options.maxTurnedAway = 0;
    Served served(options);
    RawClient first(served.port);
    QCOMPARE(first.open("/echo/").status, 101);
    RawClient second(served.port);
    QVERIFY(second.waitForEnd());
    QCOMPARE(second.received(), "");
    first.send(text("still served"));
    QCOMPARE(first.waitForFrame().value_or(Frame{}).payload, "still served");
}

void RefusalWordsTest::saysThatItWasTooSlow()
{
    QFETCH(const Stack, stack);
    Served served(optionsOf(stack));
    served.stopTime();
    RawClient head(served.port);
    RawClient body(served.port);
    head.send("GET / HT");
    body.send(posting("Content-Length: 3\r\n", "a"));
    QTRY_VERIFY_WITH_TIMEOUT(served.server.connections().value(1).path == u"/mirror"_s, 30000);
    const auto patience = [&] {
        served.turn(10s);
        return head.hasEnded() && body.hasEnded();
    };
    QVERIFY(head.waitUntil(patience));
    for (RawClient *slow : {&head, &body}) {
        const auto answer = slow->waitForAnswer();
        QCOMPARE(answer.status, 408);
        QCOMPARE(answer.body, "The request took too long.\n");
    }
}

void RefusalWordsTest::boundsABodyThatTricklesIn_data()
{
    QTest::addColumn<Stack>("stack");
    QTest::addColumn<std::chrono::milliseconds>("timeout");
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<QByteArray>("piece");
    for (const auto &[name, stack] : stacks()) {
        QTest::addRow("%s: of a known length", name.constData())
            << stack << 40000ms << QByteArray("Content-Length: 100\r\n") << QByteArray("x");
        QTest::addRow("%s: in chunks", name.constData())
            << stack << 40000ms << QByteArray("Transfer-Encoding: chunked\r\n")
            << QByteArray("1\r\nx\r\n");
        QTest::addRow("%s: as shipped", name.constData())
            << stack << StackOptions{}.bodyTimeout << QByteArray("Content-Length: 100\r\n")
            << QByteArray("x");
    }
}

// Each piece comes long before the pause would be too long.
void RefusalWordsTest::boundsABodyThatTricklesIn()
{
    QFETCH(const Stack, stack);
    QFETCH(const std::chrono::milliseconds, timeout);
    QFETCH(const QByteArray, lines);
    QFETCH(const QByteArray, piece);
    StackOptions options = optionsOf(stack);
    options.bodyTimeout = timeout;
    Served served(options);
    served.stopTime();
    RawClient client(served.port);
    client.send(posting(lines, piece));
    QVERIFY(served.isAlive());
    for (auto left = timeout; left > 0ms; left -= 10s) {
        QVERIFY(!client.hasEnded());
        QCOMPARE(client.received(), "");
        client.send(piece);
        QVERIFY(served.isAlive());
        served.turn(std::min<std::chrono::milliseconds>(10s, left));
    }
    const auto answer = client.waitForAnswer();
    QCOMPARE(answer.status, 408);
    QCOMPARE(answer.body, "The request took too long.\n");
    QVERIFY(client.waitForEnd());
}

void RefusalWordsTest::saysThatItStops()
{
    QFETCH(const Stack, stack);
    Served served(optionsOf(stack));
    RawClient asking(served.port);
    asking.send("GET / HT");
    RawClient waiting(served.port);
    waiting.send(handshake("/silent/"));
    QTRY_COMPARE_WITH_TIMEOUT(served.server.connections().value(1).path, u"/silent/"_s, 30000);
    served.server.stop(1001, QStringLiteral("The host stopped."));
    const auto asked = asking.waitForAnswer();
    QCOMPARE(asked.status, 503);
    QCOMPARE(asked.body, "The host is stopping.\n");
    const auto waited = waiting.waitForAnswer();
    QCOMPARE(waited.status, 503);
    QCOMPARE(waited.body, "The host stopped.\n");
}

PARLOUR_TEST(RefusalWordsTest)
#include "tst_refusal_words.moc"
