// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "server/served.h"
#include "support/runner.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTest>
#include <QWebSocket>

using namespace parlour;
using namespace parlour::tests;
using namespace Qt::StringLiterals;
using server::LiveServer;

namespace {
constexpr int patience = 30000;
}

class LiveServerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void servesPages_data() { addStacks(); }
    void servesPages()
    {
        QFETCH(const Stack, stack);
        channels::InMemoryChannelLayer layer;
        const LiveServer live(tinyApplication(layer), liveOptions(optionsOf(stack)));
        QVERIFY2(live.error().isEmpty(), qPrintable(live.error()));
        QNetworkAccessManager browser;
        QObject::connect(&browser, &QNetworkAccessManager::sslErrors, &browser,
                         [](QNetworkReply *reply) { reply->ignoreSslErrors(); });
        const std::unique_ptr<QNetworkReply> reply(browser.get(QNetworkRequest(live.url())));
        QTRY_VERIFY_WITH_TIMEOUT(reply->isFinished(), patience);
        QCOMPARE(reply->readAll(), "hello");
    }

    void servesWebSocketsToTheEnd_data() { addStacks(); }
    void servesWebSocketsToTheEnd()
    {
        QFETCH(const Stack, stack);
        channels::InMemoryChannelLayer layer;
        LiveServer live(tinyApplication(layer), liveOptions(optionsOf(stack)));
        QWebSocket socket;
        QObject::connect(&socket, &QWebSocket::sslErrors, &socket,
                         qOverload<>(&QWebSocket::ignoreSslErrors));
        QStringList received;
        QObject::connect(&socket, &QWebSocket::textMessageReceived, &socket,
                         [&](const QString &text) { received.append(text); });
        socket.open(live.webSocketUrl(u"/echo/"_s));
        QTRY_COMPARE_WITH_TIMEOUT(socket.state(), QAbstractSocket::ConnectedState, patience);
        socket.sendTextMessage(u"привет"_s);
        QTRY_COMPARE_WITH_TIMEOUT(received, QStringList{u"привет"_s}, patience);
        QVERIFY(live.stop(channels::close_code::GoingAway, std::chrono::seconds(30)));
        QTRY_COMPARE_WITH_TIMEOUT(socket.state(), QAbstractSocket::UnconnectedState, patience);
        QCOMPARE(int(socket.closeCode()), channels::close_code::GoingAway);
    }

    void servesClientsOverIPv6_data() { addStacks(); }
    void servesClientsOverIPv6()
    {
        QFETCH(const Stack, stack);
        channels::InMemoryChannelLayer layer;
        auto options = liveOptions(optionsOf(stack));
        options.address = u"::1"_s;
        LiveServer live(tinyApplication(layer), options);
        if (!live.error().isEmpty())
            QSKIP("this machine has no IPv6");
        Port port = portOf(live);
        port.address = QHostAddress::LocalHostIPv6;
        RawClient client(port);
        QCOMPARE(client.open("/echo/").status, 101);
        client.send(clientFrame(1, "six"));
        QCOMPARE(client.waitForFrame().value_or(Frame{}).payload, "six");
        const QString shown = live.server().connections().first().client;
        QVERIFY2(shown.startsWith(u"[::1]:"_s), qPrintable(shown));
    }

    void writesItsAddressesAsUrls()
    {
        channels::InMemoryChannelLayer layer;
        const LiveServer live(tinyApplication(layer));
        const QString authority = u"127.0.0.1:%1"_s.arg(live.port());
        QCOMPARE(live.url().toEncoded(), u"http://%1/"_s.arg(authority).toLatin1());
        QCOMPARE(live.webSocketUrl(u"/ws/комната/?a=1"_s).toEncoded(),
                 u"ws://%1/ws/%D0%BA%D0%BE%D0%BC%D0%BD%D0%B0%D1%82%D0%B0/?a=1"_s.arg(authority)
                     .toLatin1());
    }

    void makesItselfAnIdentityForTls()
    {
        channels::InMemoryChannelLayer layer;
        const LiveServer live(tinyApplication(layer), {.transport = server::Transport::Tls});
        QVERIFY2(live.error().isEmpty(), qPrintable(live.error()));
        QVERIFY(!live.options().identity.isEmpty());
        QCOMPARE(live.url().scheme(), u"https"_s);
        QCOMPARE(live.webSocketUrl().scheme(), u"wss"_s);
    }

    void twoOfThemDoNotMeet()
    {
        channels::InMemoryChannelLayer layer;
        const LiveServer one(tinyApplication(layer));
        const LiveServer other(tinyApplication(layer));
        QVERIFY(one.port() != other.port());
    }

    void saysWhyItDoesNotListen()
    {
        channels::InMemoryChannelLayer layer;
        const LiveServer live(tinyApplication(layer), {.address = u"192.0.2.1"_s});
        QVERIFY2(live.error().contains(u"192.0.2.1"_s), qPrintable(live.error()));
        QVERIFY(!live.url().isValid());
        QVERIFY(!live.webSocketUrl().isValid());
    }
};

PARLOUR_TEST(LiveServerTest)
#include "tst_live_server.moc"
