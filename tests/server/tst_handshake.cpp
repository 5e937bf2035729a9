// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/http/head_parser.h"
#include "net/http/scope_builder.h"
#include "net/http/websocket_handshake.h"
#include "support/runner.h"

#include <QTest>

using namespace parlour::server;
using namespace Qt::StringLiterals;

namespace {

const QByteArray Sound = "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                         "Sec-WebSocket-Version: 13\r\n";

RequestHead headOf(const QByteArray &lines, const QByteArray &requestLine = "GET /ws/ HTTP/1.1")
{
    HeadParser parser;
    const auto used = parser.feed(requestLine + "\r\nHost: localhost\r\n" + lines + "\r\n");
    return used && parser.isComplete() ? parser.takeHead() : RequestHead{};
}

QByteArray without(const QByteArray &name)
{
    QByteArray lines;
    for (const QByteArray &line : Sound.split('\n')) {
        if (!line.isEmpty() && !line.startsWith(name + ':'))
            lines += line + '\n';
    }
    return lines;
}

} // namespace

class HandshakeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesSoundHandshakes_data();
    void takesSoundHandshakes();
    void refusesOthers_data();
    void refusesOthers();
    void saysWhichVersionItSpeaks();
    void readsTheOffersInOrder();
    void answersWithTheKeyOfTheStandard();
    void acceptsOnlyWhatWasOffered();
    void refusesWithTheApplicationsAnswer();
    void decodesThePathOnce_data();
    void decodesThePathOnce();
    void fillsTheScope();
    void namesWithAnUnderscoreReachNoApplication();
};

void HandshakeTest::takesSoundHandshakes_data()
{
    QTest::addColumn<QByteArray>("lines");
    const auto row = [](const char *name, const QByteArray &lines) {
        QTest::newRow(name) << lines;
    };
    row("plain", Sound);
    row("other case", without("Upgrade") + "Upgrade: WEBSOCKET\r\n");
    row("list of tokens", without("Connection") + "Connection: keep-alive, UPGRADE\r\n");
    row("two Connection lines", "Connection: keep-alive\r\n" + Sound);
    row("several upgrades", without("Upgrade") + "Upgrade: h2c, websocket\r\n");
    row("extensions", Sound + "Sec-WebSocket-Extensions: permessage-deflate\r\n");
    row("length zero", Sound + "Content-Length: 0\r\n");
}

void HandshakeTest::takesSoundHandshakes()
{
    QFETCH(const QByteArray, lines);
    const RequestHead head = headOf(lines);
    QVERIFY(head.isUpgrade);
    QVERIFY(checkUpgrade(head));
}

void HandshakeTest::refusesOthers_data()
{
    QTest::addColumn<QByteArray>("requestLine");
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const QByteArray &lines, int status = 400,
                        const QByteArray &requestLine = "GET /ws/ HTTP/1.1") {
        QTest::newRow(name) << requestLine << lines << status;
    };
    row("POST", Sound, 405, "POST /ws/ HTTP/1.1");
    row("HEAD", Sound, 405, "HEAD /ws/ HTTP/1.1");
    row("HTTP/1.0", Sound, 400, "GET /ws/ HTTP/1.0");
    row("no Connection", without("Connection"));
    row("Connection of another word", without("Connection") + "Connection: upgraded\r\n");
    row("a body", Sound + "Content-Length: 5\r\n");
    row("a chunked body", Sound + "Transfer-Encoding: chunked\r\n");
    row("no version", without("Sec-WebSocket-Version"), 426);
    row("version 8", without("Sec-WebSocket-Version") + "Sec-WebSocket-Version: 8\r\n", 426);
    row("two versions", Sound + "Sec-WebSocket-Version: 13\r\n", 426);
    row("no key", without("Sec-WebSocket-Key"));
    row("two keys", Sound + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
    row("short key", without("Sec-WebSocket-Key") + "Sec-WebSocket-Key: abc\r\n");
    row("key no base64",
        without("Sec-WebSocket-Key") + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZ!==\r\n");
    row("key of 17 bytes",
        without("Sec-WebSocket-Key") + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZWE=\r\n");
    row("subprotocol no token", Sound + "Sec-WebSocket-Protocol: a b\r\n");
    row("subprotocol twice", Sound + "Sec-WebSocket-Protocol: a, a\r\n");
}

void HandshakeTest::refusesOthers()
{
    QFETCH(const QByteArray, lines);
    QFETCH(const QByteArray, requestLine);
    const RequestHead head = headOf(lines, requestLine);
    QVERIFY(head.isUpgrade);
    const auto upgrade = checkUpgrade(head);
    QVERIFY(!upgrade);
    QTEST(upgrade.error().status, "status");
    QVERIFY(!upgrade.error().message.isEmpty());
}

void HandshakeTest::saysWhichVersionItSpeaks()
{
    const auto upgrade = checkUpgrade(headOf(without("Sec-WebSocket-Version")));
    QVERIFY(!upgrade);
    QVERIFY(refusalAnswer(upgrade.error()).contains("\r\nsec-websocket-version: 13\r\n"));
}

void HandshakeTest::readsTheOffersInOrder()
{
    const auto upgrade = checkUpgrade(
        headOf(Sound + "Sec-WebSocket-Protocol: b,,a\r\nSec-WebSocket-Protocol: parlour.v1\r\n"));
    QVERIFY(upgrade);
    const QStringList offered{u"b"_s, u"a"_s, u"parlour.v1"_s};
    QCOMPARE(upgrade.value().subprotocols, offered);
}

void HandshakeTest::answersWithTheKeyOfTheStandard()
{
    const WebsocketUpgrade upgrade{"dGhlIHNhbXBsZSBub25jZQ==", {u"a"_s, u"b"_s}};
    const auto answer = acceptAnswer(upgrade, {u"b"_s, {{"x-a", "b"}, {"Upgrade", "tea"}}});
    QVERIFY(answer);
    QCOMPARE(answer.value(),
             "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\n"
             "sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
             "sec-websocket-protocol: b\r\nx-a: b\r\n\r\n");
}

void HandshakeTest::acceptsOnlyWhatWasOffered()
{
    const WebsocketUpgrade upgrade{"dGhlIHNhbXBsZSBub25jZQ==", {u"a"_s}};
    QCOMPARE(acceptAnswer(upgrade, {u"b"_s, {}}).error().code, u"bad_subprotocol"_s);
    QCOMPARE(acceptAnswer(upgrade, {{}, {{"x", "a\r\nb"}}}).error().code, u"bad_header"_s);
}

void HandshakeTest::refusesWithTheApplicationsAnswer()
{
    const QByteArray answer =
        refuseAnswer({429, "Slowly.", {{"retry-after", "5"}, {"x", "a\nb"}, {"connection", "x"}}});
    QVERIFY(answer.startsWith("HTTP/1.1 429 Too Many Requests\r\n"));
    QVERIFY(answer.endsWith("\r\nretry-after: 5\r\nconnection: close\r\n\r\nSlowly."));
    QVERIFY(refuseAnswer({403, {}, {}}).endsWith("\r\n\r\nForbidden\n"));
    const QByteArray page = refuseAnswer({403, " <p>\n\n", {{"Content-Type", "text/html"}}});
    QVERIFY(page.endsWith("\r\ncontent-length: 6\r\nContent-Type: text/html\r\n"
                          "connection: close\r\n\r\n <p>\n\n"));
    QVERIFY(!page.contains("text/plain"));
    const QByteArray unchanged = refuseAnswer({304, "x", {{"Date", "never"}}});
    QVERIFY(unchanged.endsWith("\r\nconnection: close\r\n\r\n"));
    QVERIFY(!unchanged.contains("content-") && !unchanged.contains("never"));
    QVERIFY(refuseAnswer({7, {}, {}}).startsWith("HTTP/1.1 403 Forbidden\r\n"));
}

void HandshakeTest::decodesThePathOnce_data()
{
    QTest::addColumn<QByteArray>("raw");
    QTest::addColumn<QString>("path"); // null: 404
    const auto row = [](const char *name, const QByteArray &raw, const QString &path = {}) {
        QTest::newRow(name) << raw << path;
    };
    row("plain", "/chat/lobby/", u"/chat/lobby/"_s);
    row("Cyrillic", "/chat/%D0%BF%d1%80/", u"/chat/пр/"_s);
    row("twice encoded", "/chat/%2520/", u"/chat/%20/"_s);
    row("encoded percent", "/chat/100%25/", u"/chat/100%/"_s);
    row("three dots", "/chat/.../", u"/chat/.../"_s);
    row("byte order mark", "/chat/%EF%BB%BFa/", QChar(0xfeff) + u"a/"_s);
    row("bad percent", "/chat/%zz/");
    row("short percent", "/chat/%4");
    row("bad UTF-8", "/chat/%ff/");
    row("UTF-8 that ends inside a character", "/chat%f2");
    row("overlong", "/chat/%c0%af/");
    row("surrogate", "/chat/%ed%a0%80/");
    row("encoded slash", "/chat/a%2Fb/");
    row("backslash", "/chat/a\\b/");
    row("encoded backslash", "/chat/%5c/");
    row("NUL", "/chat/%00/");
    row("line end", "/chat/%0d%0a/");
    row("empty segment", "/chat//a/");
    row("dot", "/chat/./a");
    row("dots at the end", "/chat/..");
    row("encoded dots", "/chat/%2e%2E/a");
    row("encoded dots and slash", "/chat/..%2fa");
}

void HandshakeTest::decodesThePathOnce()
{
    QFETCH(const QByteArray, raw);
    QFETCH(const QString, path);
    RequestHead head;
    head.rawPath = raw;
    const auto scope = httpScope(head, {});
    if (path.isNull()) {
        QVERIFY(!scope);
        QCOMPARE(scope.error().status, 404);
    } else {
        QVERIFY(scope);
        QVERIFY(scope.value().path.endsWith(path));
        QCOMPARE(scope.value().rawPath, raw);
    }
}

void HandshakeTest::fillsTheScope()
{
    const RequestHead head = headOf(Sound, "GET /ws/?a=%20 HTTP/1.1");
    const ConnectionEnds ends{{u"::1"_s, 5}, {u"::1"_s, 8765}, true, 7};
    const auto scope = websocketScope(head, {"key", {u"parlour.v1"_s}}, ends);
    QVERIFY(scope);
    QCOMPARE(scope.value().type, u"websocket"_s);
    QCOMPARE(scope.value().query, "a=%20");
    QCOMPARE(scope.value().header("host"), "localhost");
    QCOMPARE(scope.value().client.port, 5);
    QCOMPARE(scope.value().server.port, 8765);
    QCOMPARE(scope.value().connection, 7u);
    QVERIFY(scope.value().secure);
    QCOMPARE(scope.value().subprotocols, QStringList{u"parlour.v1"_s});
    const auto http = httpScope(headOf({}, "HEAD / HTTP/1.1"), ends);
    QVERIFY(http);
    QCOMPARE(http.value().type, u"http"_s);
    QCOMPARE(http.value().method, "HEAD");
}

// Daphne leaves them out, too: behind a proxy X_Forwarded_For would be taken for X-Forwarded-For.
void HandshakeTest::namesWithAnUnderscoreReachNoApplication()
{
    const QByteArray lines = "X_A: forged\r\nX-A: true\r\n_: x\r\n";
    const auto http = httpScope(headOf(lines, "GET / HTTP/1.1"), {});
    QVERIFY(http);
    const parlour::channels::Headers kept{{"host", "localhost"}, {"x-a", "true"}};
    QCOMPARE(http.value().headers, kept);
    const auto socket = websocketScope(headOf(Sound + lines, "GET /ws/ HTTP/1.1"), {"key", {}}, {});
    QVERIFY(socket);
    QCOMPARE(socket.value().header("x-a"), "true");
    QVERIFY(socket.value().header("x_a").isNull());
}

PARLOUR_TEST(HandshakeTest)
#include "tst_handshake.moc"
