// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/http/forwarded.h"
#include "net/http/head_parser.h"
#include "support/runner.h"

#include <QTest>

using namespace parlour::server;
using namespace Qt::StringLiterals;

namespace {

/// What our proxies at 10.x.x.x make of a request with these lines, which came from `peer`.
struct Told {
    explicit Told(const QByteArray &lines, const QString &peer = u"10.0.0.1"_s)
    {
        HeadParser parser;
        (void)parser.feed("GET / HTTP/1.1\r\nHost: inside:8765\r\n" + lines + "\r\n");
        head = parser.takeHead();
        const ConnectionEnds ends{{peer, 4711}, {u"10.0.0.9"_s, 8765}, false, 1};
        const auto told =
            throughProxies(head, ends, {AddressRange::parse(u"10.0.0.0/8"_s).value()});
        status = told ? 0 : told.error().status;
        seen = told.valueOr({});
    }

    RequestHead head;
    ConnectionEnds seen;
    int status = 0;
};

} // namespace

class ForwardedTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheClient_data();
    void findsTheClient();
    void refusesWhatAProxyGarbled_data();
    void refusesWhatAProxyGarbled();
    void believesNobodyElse();
    void readsTheScheme_data();
    void readsTheScheme();
    void readsHostAndPort_data();
    void readsHostAndPort();
};

void ForwardedTest::findsTheClient_data()
{
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<QString>("address");
    QTest::addColumn<int>("port");
    const auto row = [](const char *name, const QByteArray &value, const QString &address,
                        int port = 0) {
        QTest::newRow(name) << "X-Forwarded-For: " + value + "\r\n" << address << port;
    };
    row("one", "203.0.113.9", u"203.0.113.9"_s);
    row("what the client wrote is left of it", "1.1.1.1, 203.0.113.9", u"203.0.113.9"_s);
    row("behind two proxies", "1.1.1.1, 203.0.113.9, 10.0.0.2", u"203.0.113.9"_s);
    row("in several lines", "203.0.113.9\r\nX-Forwarded-For: 10.0.0.2", u"203.0.113.9"_s);
    row("from inside alone", "10.3.0.1, 10.0.0.2", u"10.3.0.1"_s);
    row("with its port", "203.0.113.9:5432", u"203.0.113.9"_s, 5432);
    row("IPv6", "2001:db8::1", u"2001:db8::1"_s);
    row("IPv6 with its port", "[2001:db8::1]:5432", u"2001:db8::1"_s, 5432);
    row("IPv4 over IPv6", "::ffff:203.0.113.9", u"203.0.113.9"_s);
    row("left of the client anything may stand", "unknown, 203.0.113.9", u"203.0.113.9"_s);
    row("empty", "", u"10.0.0.1"_s, 4711);
    QTest::newRow("not said") << QByteArray() << u"10.0.0.1"_s << 4711;
}

void ForwardedTest::findsTheClient()
{
    QFETCH(const QByteArray, lines);
    const Told told(lines);
    QTEST(told.seen.client.address, "address");
    QTEST(int(told.seen.client.port), "port");
    QVERIFY(told.seen.proxied);
}

void ForwardedTest::refusesWhatAProxyGarbled_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("a chain that breaks off")
        << QByteArray("X-Forwarded-For: 203.0.113.9, unknown, 10.0.0.2\r\n");
    QTest::newRow("no address") << QByteArray("X-Forwarded-For: unknown\r\n");
    QTest::newRow("no port") << QByteArray("X-Forwarded-For: 203.0.113.9:http\r\n");
    QTest::newRow("no bracket") << QByteArray("X-Forwarded-For: [2001:db8::1\r\n");
    QTest::newRow("no scheme") << QByteArray("X-Forwarded-Proto: gopher\r\n");
}

void ForwardedTest::refusesWhatAProxyGarbled()
{
    QFETCH(const QByteArray, line);
    QCOMPARE(Told(line).status, 400);
}

void ForwardedTest::believesNobodyElse()
{
    const Told told("X-Forwarded-For: 1.1.1.1\r\nX-Forwarded-Proto: https\r\n"
                    "X-Forwarded-Host: evil\r\nX-Forwarded-Port: 0\r\n",
                    u"203.0.113.9"_s);
    QCOMPARE(told.status, 0);
    QCOMPARE(told.seen.client.address, u"203.0.113.9"_s);
    QVERIFY(!told.seen.secure);
    QVERIFY(!told.seen.proxied);
    QCOMPARE(told.head.header("host"), "inside:8765");
}

void ForwardedTest::readsTheScheme_data()
{
    QTest::addColumn<QByteArray>("scheme");
    QTest::addColumn<bool>("isSecure");
    for (const auto *scheme : {"https", "wss", "HTTPS", "http, https"})
        QTest::newRow(scheme) << QByteArray(scheme) << true;
    for (const auto *scheme : {"http", "ws", "https, http", ""})
        QTest::newRow(scheme) << QByteArray(scheme) << false;
}

void ForwardedTest::readsTheScheme()
{
    QFETCH(const QByteArray, scheme);
    QTEST(Told("X-Forwarded-Proto: " + scheme + "\r\n").seen.secure, "isSecure");
}

void ForwardedTest::readsHostAndPort_data()
{
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<int>("port");
    const auto row = [](const char *name, const QByteArray &lines, const QByteArray &host,
                        int port) { QTest::newRow(name) << lines << 0 << host << port; };
    row("neither", {}, "inside:8765", 8765);
    row("host", "X-Forwarded-Host: chat.example\r\n", "chat.example", 8765);
    row("the proxy's own word is the last", "X-Forwarded-Host: evil, chat.example\r\n",
        "chat.example", 8765);
    row("host and usual port",
        "X-Forwarded-Host: chat.example\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Port: 443\r\n",
        "chat.example", 443);
    row("host and other port", "X-Forwarded-Host: chat.example\r\nX-Forwarded-Port: 8080\r\n",
        "chat.example:8080", 8080);
    row("IPv6 and other port", "X-Forwarded-Host: [::1]\r\nX-Forwarded-Port: 8080\r\n",
        "[::1]:8080", 8080);
    row("the host's own port stays", "X-Forwarded-Host: a:1\r\nX-Forwarded-Port: 8080\r\n", "a:1",
        8080);
    QTest::newRow("no host") << QByteArray("X-Forwarded-Host: a/b\r\n") << 400 << QByteArray() << 0;
    QTest::newRow("no port") << QByteArray("X-Forwarded-Port: http\r\n") << 400 << QByteArray()
                             << 0;
    QTest::newRow("port 65536") << QByteArray("X-Forwarded-Port: 65536\r\n") << 400 << QByteArray()
                                << 0;
}

void ForwardedTest::readsHostAndPort()
{
    QFETCH(const QByteArray, lines);
    QFETCH(const int, status);
    const Told told(lines);
    QCOMPARE(told.status, status);
    if (status != 0)
        return;
    QTEST(told.head.header("host"), "host");
    QCOMPARE(parlour::channels::headerValues(told.head.headers, "host").size(), 1);
    QTEST(int(told.seen.server.port), "port");
}

PARLOUR_TEST(ForwardedTest)
#include "tst_forwarded.moc"
