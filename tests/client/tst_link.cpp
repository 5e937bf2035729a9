// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/fake_host.h"
#include "support/runner.h"

#include <QObject>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using parlour::chat::Link;
using parlour::chat::LinkState;
using parlour::client::HostAddress;
using parlour::client::HostClient;
using parlour::tests::FakeHost;
using parlour::tests::quickOptions;

namespace {

constexpr int Patience = 20000;

/// Something on a port that is no WebSocket: it answers every request with the same bytes.
class Stranger : public QTcpServer
{
public:
    explicit Stranger(const QByteArray &answer)
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this, answer] {
            QTcpSocket *socket = nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [socket, answer] {
                socket->readAll();
                socket->write(answer);
            });
        });
    }

    HostAddress address() const { return {u"127.0.0.1"_s, serverPort(), false, {}}; }
};

} // namespace

class LinkTest : public QObject
{
    Q_OBJECT

    static bool reaches(const HostClient &client, LinkState state)
    {
        return QTest::qWaitFor([&] { return client.link().state == state; }, Patience);
    }

    static QList<LinkState> states(const QSignalSpy &spy)
    {
        QList<LinkState> list;
        for (const auto &call : spy)
            list.append(call.first().value<Link>().state);
        return list;
    }

private Q_SLOTS:
    void goesFromConnectingToOnlineToOffline()
    {
        FakeHost host;
        HostClient client(host.address(), quickOptions());
        const QSignalSpy links(&client, &HostClient::linkChanged);
        QCOMPARE(client.link().state, LinkState::Offline);
        client.open();
        client.open();
        QVERIFY(reaches(client, LinkState::Online));
        client.close();
        QCOMPARE(states(links),
                 (QList{LinkState::Connecting, LinkState::Online, LinkState::Offline}));
        QCOMPARE(host.connections(), 1);
        QTRY_VERIFY_WITH_TIMEOUT(!host.socket(), Patience);
        QCOMPARE(client.link(), Link{});
    }

    void whatIsNoParlourIsRefusedInWords_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("says");
        QTest::newRow("web page") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
                                  << u"no Parlour host"_s;
        QTest::newRow("not found")
            << QByteArray("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
            << u"no Parlour host"_s;
        QTest::newRow("wrong key")
            << QByteArray("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                          "Connection: Upgrade\r\nSec-WebSocket-Accept: nonsense\r\n\r\n")
            << u"no Parlour host"_s;
        QTest::newRow("another protocol")
            << QByteArray("SSH-2.0-OpenSSH_9.2\r\n\r\n") << u"no Parlour host"_s;
        QTest::newRow("bad request")
            << QByteArray("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
            << u"address in numbers"_s;
    }

    void whatIsNoParlourIsRefusedInWords()
    {
        QFETCH(QByteArray, answer);
        QFETCH(QString, says);
        const Stranger stranger(answer);
        HostClient client(stranger.address(), quickOptions());
        client.open();
        QVERIFY(reaches(client, LinkState::Refused));
        QVERIFY2(client.link().problem.contains(says), qPrintable(client.link().problem));
    }

    void anOverloadedHostIsTriedAgain()
    {
        const Stranger stranger("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
        HostClient client(stranger.address(), quickOptions());
        client.open();
        QVERIFY(reaches(client, LinkState::Waiting));
        QVERIFY(client.link().retryIn >= 30s);
    }

    void aWebSocketWithoutOurSubprotocolIsRefused()
    {
        const FakeHost host{QStringList()};
        HostClient client(host.address(), quickOptions());
        client.open();
        QVERIFY(reaches(client, LinkState::Refused));
        QVERIFY(client.link().problem.contains(u"no Parlour host"_s));
    }

    void aHostThatNeverWelcomesIsRefused()
    {
        FakeHost host;
        host.setAnswer([](FakeHost &, const QJsonObject &) {});
        auto options = quickOptions();
        options.socket.confirmTimeout = 50ms;
        HostClient client(host.address(), options);
        client.open();
        QVERIFY(reaches(client, LinkState::Refused));
        QVERIFY(client.link().problem.contains(u"no Parlour host"_s));
    }

    void aHostThatSpeaksOtherwiseIsRefused()
    {
        FakeHost host;
        host.setAnswer([](FakeHost &self, const QJsonObject &) { self.sendRaw(u"hi there"_s); });
        HostClient client(host.address(), quickOptions());
        client.open();
        QVERIFY(reaches(client, LinkState::Refused));
    }

    void aTcpPortThatSaysNothingIsNoAnswer()
    {
        QTcpServer mute;
        QVERIFY(mute.listen(QHostAddress::LocalHost));
        auto options = quickOptions();
        options.socket.connectTimeout = 50ms;
        HostClient client({u"127.0.0.1"_s, mute.serverPort(), false, {}}, options);
        client.open();
        QVERIFY(reaches(client, LinkState::Waiting));
        QVERIFY(client.link().problem.contains(u"does not answer"_s));
    }

    void comesByItselfWhenTheHostStarts()
    {
        FakeHost host;
        host.vanish();
        HostClient client(host.address(), quickOptions());
        const QSignalSpy links(&client, &HostClient::linkChanged);
        client.open();
        QVERIFY(reaches(client, LinkState::Waiting));
        QVERIFY(client.link().problem.contains(u"Nobody is hosting"_s));
        QCOMPARE(client.link().lostAt, 0);
        QTRY_VERIFY_WITH_TIMEOUT(links.size() >= 6, Patience);
        QVERIFY2(!client.link().problem.isEmpty(), "the problem stays while it is tried again");
        host.start();
        QVERIFY(reaches(client, LinkState::Online));
        QCOMPARE(client.link().problem, QString());
    }

    void aLossIsToldWithItsTime()
    {
        FakeHost host;
        auto options = quickOptions();
        options.socket.backoff = {60s, 60s, 1};
        HostClient client(host.address(), options);
        client.open();
        QVERIFY(reaches(client, LinkState::Online));
        host.vanish();
        QVERIFY(reaches(client, LinkState::Waiting));
        QVERIFY(client.link().lostAt > 0);
        QVERIFY(client.link().problem.contains(u"was lost"_s));
        QVERIFY(client.link().retryIn >= 30s);
        QTRY_VERIFY_WITH_TIMEOUT(client.retryIn() < client.link().retryIn, Patience);
        QVERIFY(client.retryIn() > 0s);

        host.start();
        client.retryNow();
        QVERIFY(reaches(client, LinkState::Online));
        QCOMPARE(client.link().lostAt, 0);
        QCOMPARE(client.retryIn(), 0s);
    }

    void aStoppedHostIsWaitedFor()
    {
        FakeHost host;
        HostClient client(host.address(), quickOptions());
        client.open();
        QVERIFY(reaches(client, LinkState::Online));
        const QSignalSpy links(&client, &HostClient::linkChanged);
        host.close(1001, u"bye"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!links.isEmpty(), Patience);
        const auto link = links.first().first().value<Link>();
        QCOMPARE(link.state, LinkState::Waiting);
        QVERIFY2(link.problem.startsWith(u"The host stopped"_s), qPrintable(link.problem));
        QVERIFY(reaches(client, LinkState::Online));
    }

    void aTooSlowClientComesBackAtOnceButNotForEver()
    {
        FakeHost host;
        auto options = quickOptions();
        options.socket.backoff = {60s, 60s, 1};
        HostClient client(host.address(), options);
        client.open();
        QVERIFY(reaches(client, LinkState::Online));
        host.close(4008);
        QTRY_COMPARE_WITH_TIMEOUT(host.connections(), 2, Patience);
        QVERIFY(reaches(client, LinkState::Online));
        host.close(4008);
        QVERIFY(reaches(client, LinkState::Waiting));
        QVERIFY(client.link().retryIn >= 30s);
    }

    void aSilentHostIsADeadLink()
    {
        FakeHost host;
        auto options = quickOptions();
        options.socket.pingInterval = 20ms;
        options.socket.pongTimeout = 3s;
        options.socket.backoff = {60s, 60s, 1};
        HostClient client(host.address(), options);
        client.open();
        QVERIFY(reaches(client, LinkState::Online));
        const bool lost =
            QTest::qWaitFor([&] { return client.link().state != LinkState::Online; }, 4000);
        QVERIFY2(!lost, "a host that answers pings is alive");
        host.freeze();
        QVERIFY(reaches(client, LinkState::Waiting));
        QVERIFY(client.link().problem.contains(u"stopped answering"_s));
        QVERIFY(client.link().lostAt > 0);
    }

    void aRefusedNameWaitsForAPerson()
    {
        FakeHost host;
        host.setAnswer([](FakeHost &self, const QJsonObject &frame) {
            if (frame["name"_L1].toString() == "Ann"_L1)
                return FakeHost::answerAsHost(self, frame);
            self.send({{u"type"_s, u"error"_s},
                       {u"code"_s, u"bad_name"_s},
                       {u"message"_s, u"A name has 1 to 40 characters."_s}});
            self.close(4002);
        });
        HostClient client(host.address(), quickOptions(QString()));
        client.open();
        QVERIFY(reaches(client, LinkState::Refused));
        QVERIFY2(client.link().problem.contains(u"A name has 1 to 40 characters."_s),
                 qPrintable(client.link().problem));
        client.setName(u"Ann"_s);
        client.open();
        QVERIFY(reaches(client, LinkState::Online));
    }

    void aMessageBeyondTheBoundEndsTheConnection()
    {
        FakeHost host;
        auto options = quickOptions();
        options.socket.maxMessageBytes = 10000;
        options.socket.backoff = {60s, 60s, 1};
        HostClient client(host.address(), options);
        client.open();
        QVERIFY(reaches(client, LinkState::Online));
        host.sendRaw(QString(20000, u'x'));
        QVERIFY(reaches(client, LinkState::Waiting));
        QVERIFY2(client.link().problem.contains(u"too big"_s), qPrintable(client.link().problem));
    }

    void closingWhileItWaitsOrConnectsIsQuiet()
    {
        FakeHost host;
        HostClient client(host.address(), quickOptions());
        client.open();
        client.close();
        QCOMPARE(client.link(), Link{});
        host.vanish();
        client.open();
        QVERIFY(reaches(client, LinkState::Waiting));
        client.close();
        client.retryNow();
        QCOMPARE(client.link(), Link{});
    }

    void aClientMayBeDeletedInEveryState()
    {
        FakeHost host;
        for (const auto state : {LinkState::Offline, LinkState::Connecting, LinkState::Online}) {
            auto client = std::make_unique<HostClient>(host.address(), quickOptions());
            if (state != LinkState::Offline)
                client->open();
            QVERIFY(reaches(*client, state));
            client.reset();
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        }
    }
};

PARLOUR_TEST(LinkTest)
#include "tst_link.moc"
