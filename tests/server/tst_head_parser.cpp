// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/http/head_parser.h"
#include "support/runner.h"

#include <QTest>

using namespace parlour::server;

namespace {

// A head of this request line and these header lines, with a Host and its end.
QByteArray headOf(const QByteArray &requestLine, const QByteArray &lines = {})
{
    return requestLine + "\r\nHost: localhost\r\n" + lines + "\r\n";
}

struct Reading {
    int status = 0; // 0: the head is sound
    bool complete = false;
    qsizetype used = 0;
    RequestHead head;
};

Reading read(const QByteArray &bytes, qsizetype piece, const HeadLimits &limits = {})
{
    HeadParser parser(limits);
    Reading reading;
    for (qsizetype at = 0; at < bytes.size() && !reading.complete; at += piece) {
        const auto used =
            parser.feed(QByteArrayView(bytes).sliced(at).first(std::min(piece, bytes.size() - at)));
        if (!used) {
            reading.status = used.error().status;
            return reading;
        }
        reading.used += *used;
        reading.complete = parser.isComplete();
    }
    if (reading.complete)
        reading.head = parser.takeHead();
    return reading;
}

} // namespace

class HeadParserTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesWhatIsMalformed_data();
    void refusesWhatIsMalformed();
    void takesWhatIsSound_data();
    void takesWhatIsSound();
    void readsTargetAndHeaders();
    void readsTheFraming();
    void knowsWhetherTheConnectionStays_data();
    void knowsWhetherTheConnectionStays();
    void leavesWhatFollowsTheHead();
    void readsOneHeadAfterTheOther();
    void takesExactlySoManyBytesAndLines();
};

void HeadParserTest::refusesWhatIsMalformed_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const QByteArray &bytes, int status = 400) {
        QTest::newRow(name) << bytes << status;
    };
    const auto withLines = [](const QByteArray &lines) { return headOf("GET / HTTP/1.1", lines); };

    row("a TLS greeting", QByteArray("\x16\x03\x01\x02\x00", 5));
    row("no version", "GET /\r\n\r\n");
    row("a word for a version", headOf("GET / HTTP"));
    row("version nan", headOf("GET / HTTP/nan"));
    row("another protocol", headOf("GET / HTTQ/1.1"));
    row("lower-case protocol", headOf("GET / http/1.1"));
    row("version 2.0", headOf("GET / HTTP/2.0"), 505);
    row("version 1.2", headOf("GET / HTTP/1.2"), 505);
    row("version 99.9", headOf("GET / HTTP/99.9"));
    row("HTTP/2's preface", "PRI * HTTP/2.0\r\n\r\n", 505);
    row("unknown method", headOf("BREW / HTTP/1.1"), 501);
    row("lower-case method", headOf("get / HTTP/1.1"), 501);
    row("CONNECT", headOf("CONNECT localhost:1 HTTP/1.1"), 405);
    row("TRACE", headOf("TRACE / HTTP/1.1"), 405);
    row("method no token", headOf("G(T / HTTP/1.1"));
    row("two spaces", headOf("GET  / HTTP/1.1"));
    row("space inside the target", headOf("GET /a b HTTP/1.1"));
    row("tab for a space", headOf("GET\t/\tHTTP/1.1"));
    row("space before the line", " " + headOf("GET / HTTP/1.1"));
    row("space after the line", headOf("GET / HTTP/1.1 "));
    row("fragment in the target", headOf("GET /#top HTTP/1.1"));
    row("raw byte above 7E in the target", headOf("GET /chat/\xc3\xa9/ HTTP/1.1"));
    row("two slashes", headOf("GET //evil/ HTTP/1.1"));
    row("relative target", headOf("GET chat/ HTTP/1.1"));
    row("asterisk", headOf("OPTIONS * HTTP/1.1"));
    row("absolute target of another host", headOf("GET http://evil/ HTTP/1.1"));
    row("absolute target with user name", headOf("GET http://me@localhost/ HTTP/1.1"));
    row("absolute target with two slashes", headOf("GET http://localhost//a HTTP/1.1"));
    row("another scheme", headOf("GET ftp://localhost/ HTTP/1.1"));
    row("no Host", "GET / HTTP/1.1\r\n\r\n");
    row("empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n");
    row("two Hosts", withLines("Host: localhost\r\n"));
    row("two Hosts in HTTP/1.0", headOf("GET / HTTP/1.0", "Host: other\r\n"));
    row("list of Hosts", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n");
    row("Host with a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n");
    row("Host with user name", "GET / HTTP/1.1\r\nHost: me@a\r\n\r\n");
    row("two Origins", withLines("Origin: http://a\r\nOrigin: http://b\r\n"));
    row("header without colon", withLines("Nonsense\r\n"));
    row("header without name", withLines(": value\r\n"));
    row("space in a name", withLines("X A: b\r\n"));
    row("space before the colon", withLines("X-A : b\r\n"));
    row("folded line", withLines("X-A: b\r\n c\r\n"));
    row("folded first line", "GET / HTTP/1.1\r\n Host: localhost\r\n\r\n");
    row("bare line feed", "GET / HTTP/1.1\nHost: localhost\n\n");
    row("bare carriage return", withLines("X-A: b\rc\r\n"));
    row("two carriage returns", withLines("X-A: b\r\r\n"));
    row("NUL in a value", withLines(QByteArray("X-A: a\0b\r\n", 10)));
    row("vertical tab in a value",
        withLines("X-A: a\x0b"
                  "b\r\n"));
    row("DEL in a value", withLines("X-A: a\x7f\r\n"));
    row("length and chunked", withLines("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n"));
    row("chunked and length", withLines("Transfer-Encoding: chunked\r\nContent-Length: 1\r\n"));
    row("differing lengths", withLines("Content-Length: 1\r\nContent-Length: 2\r\n"));
    row("repeated length", withLines("Content-Length: 1\r\nContent-Length: 1\r\n"));
    row("list of lengths", withLines("Content-Length: 1, 1\r\n"));
    row("length with a sign", withLines("Content-Length: +1\r\n"));
    row("negative length", withLines("Content-Length: -1\r\n"));
    row("hexadecimal length", withLines("Content-Length: 0x10\r\n"));
    row("empty length", withLines("Content-Length:\r\n"));
    row("length of 2^64", withLines("Content-Length: 18446744073709551617\r\n"), 413);
    row("gzip", withLines("Transfer-Encoding: gzip\r\n"), 501);
    row("gzip, chunked", withLines("Transfer-Encoding: gzip, chunked\r\n"), 501);
    row("chunked twice", withLines("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"),
        501);
    row("chunked, identity", withLines("Transfer-Encoding: chunked, identity\r\n"), 501);
    row("chunked in quotes", withLines("Transfer-Encoding: \"chunked\"\r\n"), 501);
    row("chunked in HTTP/1.0", headOf("POST / HTTP/1.0", "Transfer-Encoding: chunked\r\n"));
    row("unknown expectation", withLines("Expect: tea\r\n"), 417);
    row("three empty lines", "\r\n\r\n\r\n");
    row("endless line", "GET /" + QByteArray(40000, 'a'), 431);
    row("endless value", "GET / HTTP/1.1\r\nX: " + QByteArray(40000, 'a'), 431);
    row("too many lines", withLines(QByteArray("X: y\r\n").repeated(99)), 431);
}

void HeadParserTest::refusesWhatIsMalformed()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const int, status);
    QCOMPARE(read(bytes, bytes.size()).status, status);
    QCOMPARE(read(bytes, 1).status, status);
}

void HeadParserTest::takesWhatIsSound_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto row = [](const char *name, const QByteArray &bytes) {
        QTest::newRow(name) << bytes;
    };
    row("plain", headOf("GET / HTTP/1.1"));
    row("one empty line before", "\r\n" + headOf("GET / HTTP/1.1"));
    row("HTTP/1.0 without Host", "GET / HTTP/1.0\r\n\r\n");
    row("every method", headOf("PATCH / HTTP/1.1"));
    row("empty value", headOf("GET / HTTP/1.1", "X-A:\r\n"));
    row("tabs around a value", headOf("GET / HTTP/1.1", "X-A:\tb\t\r\n"));
    row("underscore in a name", headOf("GET / HTTP/1.1", "X_A: b\r\n"));
    row("raw text in a value", headOf("GET / HTTP/1.1", "X-A: \xd0\xb9\r\n"));
    row("IPv6 Host", "GET / HTTP/1.1\r\nHost: [::1]:8765\r\n\r\n");
    row("absolute target", headOf("GET http://LOCALHOST/chat/ HTTP/1.1"));
    row("absolute target without path", headOf("GET http://localhost HTTP/1.1"));
    row("as many lines as allowed", headOf("GET / HTTP/1.1", QByteArray("X: y\r\n").repeated(98)));
    row("CHUNKED", headOf("POST / HTTP/1.1", "Transfer-Encoding: CHUNKED\r\n"));
}

void HeadParserTest::takesWhatIsSound()
{
    QFETCH(const QByteArray, bytes);
    for (const qsizetype piece : {bytes.size(), qsizetype(1), qsizetype(7)}) {
        const Reading reading = read(bytes, piece);
        QCOMPARE(reading.status, 0);
        QVERIFY(reading.complete);
        QCOMPARE(reading.used, bytes.size());
    }
}

void HeadParserTest::readsTargetAndHeaders()
{
    const RequestHead head =
        read("GET /chat/%D0%B9/?q=a?b HTTP/1.1\r\nHost: a:1\r\nX-Two:  1 \r\nx-two: 2\r\n\r\n", 5)
            .head;
    QCOMPARE(head.method, "GET");
    QCOMPARE(head.target, "/chat/%D0%B9/?q=a?b");
    QCOMPARE(head.rawPath, "/chat/%D0%B9/");
    QCOMPARE(head.query, "q=a?b");
    QCOMPARE(head.httpVersion, "1.1");
    const parlour::channels::Headers headers{{"host", "a:1"}, {"x-two", "1"}, {"x-two", "2"}};
    QCOMPARE(head.headers, headers);
    QCOMPARE(read(headOf("GET http://localhost?q HTTP/1.1"), 5).status, 400);
    QCOMPARE(read(headOf("GET http://localhost/a?b HTTP/1.1"), 5).head.rawPath, "/a");
}

void HeadParserTest::readsTheFraming()
{
    const auto withLines = [](const QByteArray &lines) {
        return read(headOf("POST / HTTP/1.1", lines), 100).head;
    };
    QVERIFY(!withLines("").hasBody());
    QVERIFY(!withLines("Content-Length: 0\r\n").hasBody());
    QCOMPARE(withLines("Content-Length: 0012\r\n").contentLength, 12);
    QVERIFY(withLines("Transfer-Encoding: chunked\r\n").chunked);
    QVERIFY(withLines("Content-Length: 1\r\nExpect: 100-Continue\r\n").expectsContinue);
    QVERIFY(!withLines("Expect: 100-continue\r\n").expectsContinue);
    QVERIFY(withLines("Upgrade: h2c, WebSocket\r\n").isUpgrade);
    QVERIFY(!withLines("Upgrade: h2c\r\n").isUpgrade);
}

void HeadParserTest::knowsWhetherTheConnectionStays_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("stays");
    QTest::newRow("1.1") << headOf("GET / HTTP/1.1") << true;
    QTest::newRow("1.1 close") << headOf("GET / HTTP/1.1", "Connection: a, CLOSE\r\n") << false;
    QTest::newRow("1.0") << headOf("GET / HTTP/1.0") << false;
    QTest::newRow("1.0 keep-alive")
        << headOf("GET / HTTP/1.0", "Connection: keep-alive\r\n") << true;
}

void HeadParserTest::knowsWhetherTheConnectionStays()
{
    QFETCH(const QByteArray, bytes);
    QTEST(read(bytes, 100).head.keepAlive, "stays");
}

void HeadParserTest::leavesWhatFollowsTheHead()
{
    const QByteArray bytes = headOf("GET / HTTP/1.1");
    QCOMPARE(read(bytes + QByteArray("\x81\x80\0\0\0\0", 6), 1000).used, bytes.size());
}

void HeadParserTest::readsOneHeadAfterTheOther()
{
    HeadParser parser;
    QVERIFY(!parser.isStarted());
    QVERIFY(parser.feed(headOf("GET /first HTTP/1.1")));
    QVERIFY(parser.isStarted());
    QCOMPARE(parser.takeHead().target, "/first");
    QVERIFY(!parser.isStarted());
    QVERIFY(parser.feed(headOf("GET /second HTTP/1.1")));
    const RequestHead second = parser.takeHead();
    QCOMPARE(second.target, "/second");
    QCOMPARE(second.headers.size(), 1);
}

void HeadParserTest::takesExactlySoManyBytesAndLines()
{
    const QByteArray bytes = headOf("GET / HTTP/1.1", "X-A: b\r\n");
    const int size = int(bytes.size());
    QVERIFY(read(bytes, 1, {size, 3}).complete);
    QCOMPARE(read(bytes, 1, {size - 1, 3}).status, 431);
    QCOMPARE(read(bytes, 1, {size, 2}).status, 431);
}

PARLOUR_TEST(HeadParserTest)
#include "tst_head_parser.moc"
