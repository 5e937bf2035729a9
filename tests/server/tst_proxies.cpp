// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "server/served.h"
#include "support/runner.h"

#include <QTest>

using namespace parlour;
using namespace parlour::tests;
using namespace Qt::StringLiterals;

namespace {

StackOptions behindProxy(const Stack &stack)
{
    StackOptions options = optionsOf(stack);
    options.trustedProxies = {server::AddressRange::parse(u"127.0.0.1"_s).value()};
    return options;
}

QByteArray forwarded(const QByteArray &address)
{
    return "X-Forwarded-For: " + address
        + "\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: chat.example\r\n"
          "X-Forwarded-Port: 443\r\n";
}

QByteArray get(const QByteArray &lines)
{
    return "GET /scope HTTP/1.1\r\nHost: inside\r\n" + lines + "\r\n";
}

const QByteArray throughIt = "203.0.113.9:0 secure proxied chat.example 443";

} // namespace

/// Clients that come through 127.0.0.1, and others.
class ProxiesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void seesTheClientBehindATrustedProxy_data() { addStacks(); }
    void seesTheClientBehindATrustedProxy();
    void believesNobodyElse_data() { addStacks(); }
    void believesNobodyElse();
    void limitsTheClientsNotTheProxy_data() { addStacks(); }
    void limitsTheClientsNotTheProxy();
    void refusesWhatTheProxyMayNotSay_data() { addStacks(); }
    void refusesWhatTheProxyMayNotSay();
    void servesBelowItsRootPath_data() { addStacks(); }
    void servesBelowItsRootPath();
};

void ProxiesTest::seesTheClientBehindATrustedProxy()
{
    QFETCH(const Stack, stack);
    Served served(behindProxy(stack));
    RawClient pages(served.port);
    for (int i = 0; i < 2; ++i) { // one after the other over one connection
        pages.send(get(forwarded("203.0.113.9")));
        QCOMPARE(pages.waitForAnswer().body, throughIt);
        QCOMPARE(served.server.connections().first().client, u"203.0.113.9:0"_s);
    }
    RawClient socket(served.port);
    QCOMPARE(socket.open("/scope/", forwarded("203.0.113.9")).status, 101);
    const auto frame = socket.waitForFrame();
    QVERIFY(frame);
    QCOMPARE(frame->payload, throughIt);
    QVERIFY(served.server.connections().last().secure);
}

void ProxiesTest::believesNobodyElse()
{
    QFETCH(const Stack, stack);
    Served served(behindProxy(stack));
    RawClient stranger(served.port, QHostAddress(u"127.0.0.2"_s));
    stranger.send(get(forwarded("203.0.113.9")));
    const QByteArray seen = stranger.waitForAnswer().body;
    QVERIFY(seen.startsWith("127.0.0.2:"));
    QVERIFY(seen.contains(" direct inside "));
    QCOMPARE(seen.contains(" secure "), stack.transport == server::Transport::Tls);
}

void ProxiesTest::limitsTheClientsNotTheProxy()
{
    QFETCH(const Stack, stack);
    StackOptions options = behindProxy(stack);
    options.maxPerAddress = 2;
    Served served(options);
    std::vector<std::unique_ptr<RawClient>> clients;
    const auto open = [&](const QByteArray &address) {
        clients.push_back(std::make_unique<RawClient>(served.port));
        return clients.back()->open("/echo/", forwarded(address)).status;
    };
    for (const char *address : {"203.0.113.1", "203.0.113.2", "203.0.113.3"}) {
        QCOMPARE(open(address), 101);
        QCOMPARE(open(address), 101);
        QCOMPARE(open(address), 429);
        QVERIFY(clients.back()->waitForEnd());
    }
    clients.front()->reset();
    QTRY_COMPARE_WITH_TIMEOUT(served.server.connections().size(), 5, 20000);
    QCOMPARE(open("203.0.113.1"), 101);
}

void ProxiesTest::refusesWhatTheProxyMayNotSay()
{
    QFETCH(const Stack, stack);
    Served served(behindProxy(stack));
    RawClient client(served.port);
    client.send(get("X-Forwarded-Host: a/b\r\n"));
    QCOMPARE(client.waitForAnswer().status, 400);
    QVERIFY(client.waitForEnd());
}

// A proxy may pass on one part of a site alone, without changing the paths.
void ProxiesTest::servesBelowItsRootPath()
{
    QFETCH(const Stack, stack);
    StackOptions options = optionsOf(stack);
    options.rootPath = u"/talk"_s;
    Served served(options);
    RawClient pages(served.port);
    pages.send("GET /talk/ HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QCOMPARE(pages.waitForAnswer().body, "hello");
    pages.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QCOMPARE(pages.waitForAnswer().status, 404);
    RawClient socket(served.port);
    QCOMPARE(socket.open("/talk/echo/").status, 101);
    RawClient lost(served.port);
    QCOMPARE(lost.open("/echo/").status, 404);
}

PARLOUR_TEST(ProxiesTest)
#include "tst_proxies.moc"
