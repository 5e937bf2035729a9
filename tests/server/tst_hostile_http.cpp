// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "server/served.h"
#include "support/runner.h"

#include <QTest>

using namespace parlour;
using namespace parlour::tests;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20000; // ms

QByteArray request(const QByteArray &requestLine, const QByteArray &lines = {})
{
    return requestLine + "\r\nHost: localhost\r\n" + lines + "\r\n";
}

const QByteArray EndlessHead = "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ";

} // namespace

class HostileHttpTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersEachRequest_data();
    void answersEachRequest();
    void servesPages_data() { addStacks(); }
    void servesPages();
    void answersOneAfterTheOther_data() { addStacks(); }
    void answersOneAfterTheOther();
    void asksForABodyOnlyWhereItIsWanted_data() { addStacks(); }
    void asksForABodyOnlyWhereItIsWanted();
    void endsSlowHeads_data() { addStacks(); }
    void endsSlowHeads();
    void endsIdleConnections_data() { addStacks(); }
    void endsIdleConnections();
    void cutsTheOldestOfTooManySlowHeads_data() { addStacks(); }
    void cutsTheOldestOfTooManySlowHeads();
    void boundsHeads_data() { addStacks(); }
    void boundsHeads();
    void boundsBodies_data() { addStacks(); }
    void boundsBodies();
    void boundsConnections_data() { addStacks(); }
    void boundsConnections();
    void boundsConnectionsOfOneAddress_data() { addStacks(); }
    void boundsConnectionsOfOneAddress();
    void tellsTheApplicationOfAFlood_data() { addStacks(); }
    void tellsTheApplicationOfAFlood();
    void boundsWhatAClientLeavesUnread_data() { addStacks(); }
    void boundsWhatAClientLeavesUnread();
    void boundsPongs_data() { addStacks(); }
    void boundsPongs();
    void boundsFragments_data() { addStacks(); }
    void boundsFragments();
};

void HostileHttpTest::answersEachRequest_data()
{
    QTest::addColumn<Stack>("stack");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const QByteArray &bytes, int status) {
        for (const auto &[over, stack] : stacks())
            QTest::addRow("%s: %s", over.constData(), name) << stack << bytes << status;
    };
    const auto get = [](const QByteArray &target) {
        return request("GET " + target + " HTTP/1.1");
    };
    const auto post = [](const QByteArray &lines, const QByteArray &body) {
        return request("POST /mirror HTTP/1.1", lines) + body;
    };
    row("TLS to a plain port", QByteArray("\x16\x03\x01\x02\x00\x01", 6), 400);
    row("line feeds alone", "GET / HTTP/1.1\nHost: a\n\n", 400);
    row("no Host", "GET / HTTP/1.1\r\n\r\n", 400);
    row("two Hosts", request("GET / HTTP/1.1", "Host: localhost\r\n"), 400);
    row("folded line", request("GET / HTTP/1.1", "X: a\r\n b\r\n"), 400);
    row("length and chunks", post("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", "abc"),
        400);
    row("two lengths", post("Content-Length: 3\r\nContent-Length: 3\r\n", "abc"), 400);
    row("gzip", post("Transfer-Encoding: gzip\r\n", "abc"), 501);
    row("bad chunk", post("Transfer-Encoding: chunked\r\n", "zz\r\nabc\r\n"), 400);
    row("length of 2^64", post("Content-Length: 18446744073709551617\r\n", ""), 413);
    row("endless head", EndlessHead + QByteArray(40000, 'x'), 431);
    row("HTTP/2", request("GET / HTTP/2.0"), 505);
    row("CONNECT", request("CONNECT a:1 HTTP/1.1"), 405);
    row("unknown method", request("BREW / HTTP/1.1"), 501);
    row("unknown page", get("/nope"), 404);
    row("unknown page, its body not sent",
        request("POST /nope HTTP/1.1", "Expect: 100-continue\r\nContent-Length: 5\r\n"), 404);
    row("two slashes", get("//evil/"), 400);
    row("dots", get("/../etc/passwd"), 404);
    row("dots in the middle", get("/a/../b"), 404);
    row("encoded dots", get("/%2e%2e/etc/passwd"), 404);
    row("half-encoded dots", get("/.%2E/etc/passwd"), 404);
    row("encoded slash", get("/..%2fetc/passwd"), 404);
    row("backslashes", get("/..\\..\\etc"), 404);
    row("encoded backslash", get("/..%5cetc"), 404);
    row("overlong dot", get("/%c0%ae%c0%ae/etc"), 404);
    row("encoded NUL", get("/%00"), 404);
    row("encoded line end", get("/%0d%0aX:%20y"), 404);
    row("bad percent", get("/%zz"), 404);
    row("another host in the target", get("http://evil/"), 400);
    row("WebSocket with POST", handshake("/echo/").replace("GET", "POST"), 405);
    row("WebSocket with a body", handshake("/echo/", "Content-Length: 3\r\n") + "abc", 400);
    row("WebSocket without key", handshake("/echo/").replace("Sec-WebSocket-Key", "X-Key"), 400);
    row("WebSocket of version 8", handshake("/echo/").replace("Version: 13", "Version: 8"), 426);
    row("WebSocket over HTTP/1.0", handshake("/echo/").replace("HTTP/1.1", "HTTP/1.0"), 400);
    row("WebSocket at a bad path", handshake("/echo/../echo/"), 404);
}

void HostileHttpTest::answersEachRequest()
{
    QFETCH(const Stack, stack);
    QFETCH(const QByteArray, bytes);
    Served served(optionsOf(stack));
    RawClient client(served.port);
    client.send(bytes);
    const auto answer = client.waitForAnswer();
    QTEST(answer.status, "status");
    QVERIFY(answer.body.endsWith('\n'));
    QVERIFY(client.waitForEnd());
    QVERIFY(!client.wasReset());
    QVERIFY(served.isAlive());
}

void HostileHttpTest::servesPages()
{
    QFETCH(const Stack, stack);
    Served served(optionsOf(stack));
    RawClient client(served.port);
    client.send(request("GET / HTTP/1.1"));
    QCOMPARE(client.waitForAnswer().body, "hello");
    client.send(request("HEAD / HTTP/1.1", "Connection: close\r\n"));
    const auto head = client.waitForAnswer();
    QVERIFY(head.head.contains("\r\ncontent-length: 5\r\n"));
    QCOMPARE(head.body, "");
    QVERIFY(client.waitForEnd());
    RawClient chunked(served.port);
    chunked.send(request("POST /mirror HTTP/1.1", "Transfer-Encoding: chunked\r\n")
                 + "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nX: y\r\n\r\n");
    QCOMPARE(chunked.waitForAnswer().body, "abcde");
    RawClient streamed(served.port);
    streamed.send(request("GET /parts HTTP/1.1", "Connection: close\r\n"));
    const auto parts = streamed.waitForAnswer();
    QVERIFY(parts.head.contains("\r\ntransfer-encoding: chunked\r\n"));
    QCOMPARE(parts.body, "4\r\none \r\n4\r\ntwo \r\n5\r\nthree\r\n0\r\n\r\n");
    RawClient old(served.port);
    old.send("GET /parts HTTP/1.0\r\n\r\n");
    QCOMPARE(old.waitForAnswer().body, "one two three");
}

void HostileHttpTest::answersOneAfterTheOther()
{
    QFETCH(const Stack, stack);
    Served served(optionsOf(stack));
    RawClient client(served.port);
    const QByteArray posted = request("POST /mirror HTTP/1.1", "Content-Length: 3\r\n") + "abc";
    client.send(posted + request("GET / HTTP/1.1") + posted + handshake("/echo/"));
    QCOMPARE(client.waitForAnswer().body, "abc");
    QCOMPARE(client.waitForAnswer().body, "hello");
    QCOMPARE(client.waitForAnswer().body, "abc");
    QCOMPARE(client.waitForAnswer().status, 101);
    client.send(clientFrame(1, "hi"));
    const auto frame = client.waitForFrame();
    QVERIFY(frame);
    QCOMPARE(frame->payload, "hi");
}

void HostileHttpTest::asksForABodyOnlyWhereItIsWanted()
{
    QFETCH(const Stack, stack);
    Served served(optionsOf(stack));
    RawClient wanted(served.port);
    const QByteArray waiting = "Expect: 100-continue\r\nContent-Length: 3\r\n";
    wanted.send(request("POST /mirror HTTP/1.1", waiting));
    QCOMPARE(wanted.waitForAnswer().status, 100);
    wanted.send("abc");
    QCOMPARE(wanted.waitForAnswer().body, "abc");
    RawClient tooLarge(served.port);
    tooLarge.send(
        request("POST /mirror HTTP/1.1", "Expect: 100-continue\r\nContent-Length: 999999999\r\n"));
    QCOMPARE(tooLarge.waitForAnswer().status, 413);
    QVERIFY(tooLarge.waitForEnd());
}

void HostileHttpTest::endsSlowHeads()
{
    QFETCH(const Stack, stack);
    StackOptions options = optionsOf(stack);
    options.headTimeout = 1200ms;
    Served served(options);
    RawClient slow(served.port);
    RawClient silent(served.port);
    slow.send(EndlessHead);
    QVERIFY(served.isAlive());
    QCOMPARE(slow.waitForAnswer().status, 408);
    QVERIFY(slow.waitForEnd());
    QVERIFY(silent.waitForEnd());
    QTRY_COMPARE_WITH_TIMEOUT(served.server.connections().size(), 0, patience);
}

void HostileHttpTest::endsIdleConnections()
{
    QFETCH(const Stack, stack);
    StackOptions options = optionsOf(stack);
    options.keepAliveTimeout = 50ms;
    Served served(options);
    RawClient client(served.port);
    client.send(request("GET / HTTP/1.1"));
    QCOMPARE(client.waitForAnswer().body, "hello");
    QVERIFY(client.waitForEnd());
}

void HostileHttpTest::cutsTheOldestOfTooManySlowHeads()
{
    QFETCH(const Stack, stack);
    StackOptions options = optionsOf(stack);
    options.maxUnfinishedHeadsPerAddress = 2;
    options.headTimeout = 1h;
    Served served(options);
    RawClient first(served.port);
    RawClient second(served.port);
    RawClient third(served.port);
    for (RawClient *client : {&first, &second, &third})
        client->send(EndlessHead);
    QVERIFY(first.waitForEnd());
    QVERIFY(!second.hasEnded());
    QVERIFY(!third.hasEnded());
    QVERIFY(served.isAlive());
}

void HostileHttpTest::boundsHeads()
{
    QFETCH(const Stack, stack);
    StackOptions options = optionsOf(stack);
    options.maxHeadBytes = int(request("GET / HTTP/1.1", "X: 12345\r\n").size());
    options.maxHeadLines = 3;
    Served served(options);
    const auto statusOf = [&](const QByteArray &lines) {
        RawClient client(served.port);
        client.send(request("GET / HTTP/1.1", lines));
        return client.waitForAnswer().status;
    };
    QCOMPARE(statusOf("X: 12345\r\n"), 200);
    QCOMPARE(statusOf("X: 123456\r\n"), 431);
    QCOMPARE(statusOf("X:\r\nY:\r\n"), 431);
}

void HostileHttpTest::boundsBodies()
{
    QFETCH(const Stack, stack);
    StackOptions options = optionsOf(stack);
    options.maxBodyBytes = 5;
    Served served(options);
    const auto statusOf = [&](const QByteArray &lines, const QByteArray &body) {
        RawClient client(served.port);
        client.send(request("POST /mirror HTTP/1.1", lines) + body);
        return client.waitForAnswer().status;
    };
    QCOMPARE(statusOf("Content-Length: 5\r\n", "12345"), 200);
    QCOMPARE(statusOf("Content-Length: 6\r\n", ""), 413);
    QCOMPARE(statusOf("Transfer-Encoding: chunked\r\n", "5\r\n12345\r\n0\r\n\r\n"), 200);
    QCOMPARE(statusOf("Transfer-Encoding: chunked\r\n", "5\r\n12345\r\n1\r\n6\r\n"), 413);
}

void HostileHttpTest::boundsConnections()
{
    QFETCH(const Stack, stack);
    StackOptions options = optionsOf(stack);
    options.maxConnections = 1;
    Served served(options);
    {
        RawClient first(served.port);
        QCOMPARE(first.open("/echo/").status, 101);
        RawClient second(served.port);
        QCOMPARE(second.waitForAnswer().status, 503);
        QVERIFY(second.waitForEnd());
    }
    QTRY_COMPARE_WITH_TIMEOUT(served.server.connections().size(), 0, patience);
    RawClient third(served.port);
    QCOMPARE(third.open("/echo/").status, 101);
}

void HostileHttpTest::boundsConnectionsOfOneAddress()
{
    QFETCH(const Stack, stack);
    StackOptions options = optionsOf(stack);
    options.maxPerAddress = 1;
    Served served(options);
    RawClient first(served.port);
    QCOMPARE(first.open("/echo/").status, 101);
    RawClient second(served.port);
    QCOMPARE(second.waitForAnswer().status, 429);
    QVERIFY(second.waitForEnd());
    RawClient neighbour(served.port, QHostAddress(u"127.0.0.2"_s));
    QCOMPARE(neighbour.open("/echo/").status, 101);
}

void HostileHttpTest::tellsTheApplicationOfAFlood()
{
    QFETCH(const Stack, stack);
    StackOptions options = optionsOf(stack);
    options.messageBurst = 3;
    options.messagesPerSecond = 0.001;
    Served served(options);
    RawClient client(served.port);
    QCOMPARE(client.open("/echo/").status, 101);
    client.send(clientFrame(9, {}) + clientFrame(1, "a").repeated(4));
    QCOMPARE(client.waitForFrame().value_or(Frame{}).opcode, 10); // a ping is no message
    for (int i = 0; i < 3; ++i)
        QCOMPARE(client.waitForFrame().value_or(Frame{}).payload, "a");
    QCOMPARE(client.waitForFrame().value_or(Frame{}).closeCode(), 1008);
}

void HostileHttpTest::boundsWhatAClientLeavesUnread()
{
    QFETCH(const Stack, stack);
    StackOptions options = optionsOf(stack);
    options.maxUnreadOutput = 200000;
    options.messagesPerSecond = 0;
    Served served(options);
    RawClient client(served.port);
    QCOMPARE(client.open("/echo/").status, 101);
    client.readNoMoreThan(1000);
    const QByteArray message = clientFrame(2, QByteArray(60000, 'x'));
    // Until the system's own buffers are full, and then some.
    const auto dropped = [&] { return served.server.totals().dropped.value(u"unread_output"_s); };
    const bool isBounded = client.waitUntil([&] {
        if (!client.hasEnded() && dropped() == 0)
            client.send(message);
        for (const auto &info : served.server.connections())
            Q_ASSERT(info.queuedBytes < 400000);
        return dropped() > 0;
    });
    QVERIFY(isBounded);
    QTRY_COMPARE_WITH_TIMEOUT(served.server.connections().size(), 0, patience);
    QVERIFY(served.isAlive());
}

void HostileHttpTest::boundsPongs()
{
    QFETCH(const Stack, stack);
    StackOptions options = optionsOf(stack);
    options.maxUnreadOutput = 100000;
    Served served(options);
    RawClient client(served.port);
    QCOMPARE(client.open("/echo/").status, 101);
    client.readNoMoreThan(1000);
    const QByteArray pings = clientFrame(9, QByteArray(125, 'x')).repeated(2000);
    for (int i = 0; i < 60 && !client.hasEnded(); ++i) {
        client.send(pings);
        QTest::qWait(0);
        for (const auto &info : served.server.connections())
            QVERIFY(info.queuedBytes < 600000);
    }
    QVERIFY(served.isAlive());
}

void HostileHttpTest::boundsFragments()
{
    QFETCH(const Stack, stack);
    StackOptions options = optionsOf(stack);
    options.maxFragments = 5;
    Served served(options);
    RawClient client(served.port);
    QCOMPARE(client.open("/echo/").status, 101);
    const QByteArray three = clientFrame(0, {}, false).repeated(3);
    client.send(clientFrame(1, "a", false) + three + clientFrame(0, "b"));
    QCOMPARE(client.waitForFrame().value_or(Frame{}).payload, "ab");
    client.send(clientFrame(1, "a", false) + three + three);
    QCOMPARE(client.waitForFrame().value_or(Frame{}).opcode, 8);
    QVERIFY(client.waitForEnd());
}

PARLOUR_TEST(HostileHttpTest)
#include "tst_hostile_http.moc"
