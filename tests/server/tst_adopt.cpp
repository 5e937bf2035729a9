// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/in_memory_channel_layer.h"
#include "channels/testing/fake_clock.h"
#include "net/adopt.h"
#include "server/exchanges.h"
#include "server/served.h"
#include "server/tiny_application.h"
#include "support/runner.h"

#include <QRegularExpression>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QTest>
#include <QWebSocketCorsAuthenticator>
#include <QWebSocketServer>

using namespace parlour;
using namespace parlour::channels;
using namespace parlour::tests;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// A program's own server, given to an application.
struct Adopted {
    explicit Adopted(const server::ServerOptions &options = {})
        : Adopted(tinyApplication(layer), options)
    {
    }
    Adopted(Application application, const server::ServerOptions &options)
    {
        own->setSupportedSubprotocols({u"parlour.v1"_s});
        own->listen(QHostAddress::LocalHost);
        adopted = server::adopt(*own, std::move(application), options);
        QObject::connect(adopted, &server::AdoptedServer::turnEnding, &layer,
                         &ChannelLayer::deliverPending);
    }
    quint16 port() const { return own->serverPort(); }

    InMemoryChannelLayer layer;
    std::unique_ptr<QWebSocketServer> own =
        std::make_unique<QWebSocketServer>(u"own"_s, QWebSocketServer::NonSecureMode);
    server::AdoptedServer *adopted = nullptr;
};

/// Answers when the test does.
struct Hesitant final : Instance {
    explicit Hesitant(QStringList &words)
        : heard(words)
    {
    }
    void receive(const ClientEvent &event) override
    {
        if (const auto *message = std::get_if<WebsocketReceive>(&event))
            heard.append(QString::fromUtf8(message->payload));
        else if (const auto *end = std::get_if<WebsocketDisconnect>(&event))
            heard.append(QString::number(end->code));
    }
    QStringList &heard;
};

} // namespace

class AdoptTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void servesTheApplication();
    void takesWhoWaitsAlready();
    void sendsToAGroup();
    void refusesWithAClose_data();
    void refusesWithAClose();
    void choosesASubprotocol();
    void keepsWhatIsSaidBeforeTheAnswer();
    void tellsTheApplicationHowItEnded();
    void leavesOriginsToTheProgram();
    void believesNoClientAboutItself();
    void knowsThatItsServerSpeaksTls();
    void keepsToItsLimits_data();
    void keepsToItsLimits();
    void pingsASilentClientAndEndsADeadOne();
    void countsTheConnectionsOfAnAddress();
    void closesAllAndForgetsThem();
    void goesWithItsServer();
};

void AdoptTest::servesTheApplication()
{
    const Adopted program;
    RawClient client(program.port());
    QCOMPARE(client.open("/echo/?q=1").status, 101);
    client.send(clientFrame(Text, "Привет") + clientFrame(Binary, "\x01\x02"));
    QCOMPARE(client.waitForFrame()->payload, "Привет");
    const auto binary = client.waitForFrame();
    QCOMPARE(binary->opcode, int(Binary));
    QCOMPARE(binary->payload, "\x01\x02");
    const auto info = program.adopted->connections().first();
    QCOMPARE(info.path, u"/echo/"_s);
    QVERIFY(info.client.startsWith(u"127.0.0.1:"_s));
    QCOMPARE(info.messagesIn, 2);
    QCOMPARE(program.adopted->totals().messagesOut, 2);
}

void AdoptTest::takesWhoWaitsAlready()
{
    QWebSocketServer own(u"own"_s, QWebSocketServer::NonSecureMode);
    QVERIFY(own.listen(QHostAddress::LocalHost));
    RawClient client(own.serverPort());
    QCOMPARE(client.open("/echo/").status, 101);
    InMemoryChannelLayer layer;
    server::adopt(own, tinyApplication(layer));
    client.send(text("late"));
    QCOMPARE(client.waitForFrame()->payload, "late");
}

void AdoptTest::sendsToAGroup()
{
    const Adopted program;
    RawClient one(program.port());
    RawClient other(program.port());
    QCOMPARE(one.open("/room/").status, 101);
    QCOMPARE(other.open("/room/").status, 101);
    QVERIFY(one.waitUntil([&] { return program.adopted->connections().size() == 2; }));
    one.send(text("to all"));
    QCOMPARE(other.waitForFrame()->payload, "to all");
}

void AdoptTest::refusesWithAClose_data()
{
    QTest::addColumn<QByteArray>("reason");
    QTest::newRow("/refuse/") << QByteArray("Not you");
    QTest::newRow("/a/%2e%2e/") << QByteArray("There is nothing at this address.");
    QTest::newRow("/silent/") << QByteArray("The host did not answer in time. Try again later.");
}

void AdoptTest::refusesWithAClose()
{
    server::ServerOptions options;
    options.connectTimeout = std::chrono::milliseconds(50);
    const Adopted program(options);
    RawClient client(program.port());
    QCOMPARE(client.open(QTest::currentDataTag()).status, 101);
    const auto frame = client.waitForFrame();
    QVERIFY(frame);
    QCOMPARE(frame->closeCode(), 1008);
    QTEST(frame->closeReason(), "reason");
    QVERIFY(client.waitForEnd());
    QCOMPARE(program.adopted->totals().handshakesRefused, 1);
}

void AdoptTest::choosesASubprotocol()
{
    const Adopted program;
    RawClient offering(program.port());
    const auto answer = offering.open("/echo/", "Sec-WebSocket-Protocol: parlour.v1\r\n");
    QVERIFY(answer.head.toLower().contains("sec-websocket-protocol: parlour.v1\r\n"));
    offering.send(text("x"));
    QCOMPARE(offering.waitForFrame()->payload, "x");
    QCOMPARE(program.adopted->connections().first().subprotocol, u"parlour.v1"_s);
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(u"could not be answered: .*\"other\"; name what.*"_s));
    RawClient unknown(program.port());
    QCOMPARE(unknown.open("/echo/", "Sec-WebSocket-Protocol: other\r\n").status, 101);
    QCOMPARE(unknown.waitForFrame()->closeCode(), 1008);
}

void AdoptTest::keepsWhatIsSaidBeforeTheAnswer()
{
    Send answer;
    QStringList heard;
    const Adopted program(
        [&](const Scope &, const Send &send) {
            answer = send;
            return std::make_unique<Hesitant>(heard);
        },
        {});
    RawClient client(program.port());
    QCOMPARE(client.open("/").status, 101);
    QVERIFY(client.waitUntil([&] { return program.adopted->connections().size() == 1; }));
    client.send(text("first") + text("second") + clientFrame(Ping, "p"));
    QCOMPARE(client.waitForFrame()->opcode, int(Pong)); // so that both are there
    QVERIFY(heard.isEmpty());
    answer(WebsocketAccept{});
    client.send(text("third"));
    QVERIFY(client.waitUntil([&] { return heard.size() == 3; }));
    QCOMPARE(heard, (QStringList{u"first"_s, u"second"_s, u"third"_s}));
}

void AdoptTest::tellsTheApplicationHowItEnded()
{
    QStringList heard;
    const Adopted program(
        [&](const Scope &, const Send &send) {
            send(WebsocketAccept{});
            return std::make_unique<Hesitant>(heard);
        },
        {});
    RawClient polite(program.port());
    QCOMPARE(polite.open("/").status, 101);
    polite.send(clientFrame(Close, closePayload(4001)));
    QVERIFY(polite.waitForEnd());
    QVERIFY(polite.waitUntil([&] { return heard == QStringList{u"4001"_s}; }));
    RawClient rude(program.port());
    QCOMPARE(rude.open("/").status, 101);
    QVERIFY(polite.waitUntil([&] { return program.adopted->connections().size() == 1; }));
    rude.reset();
    QVERIFY(polite.waitUntil([&] { return heard == QStringList({u"4001"_s, u"1006"_s}); }));
}

void AdoptTest::leavesOriginsToTheProgram()
{
    const Adopted program;
    connect(program.own.get(), &QWebSocketServer::originAuthenticationRequired, this,
            [](QWebSocketCorsAuthenticator *authenticator) {
                authenticator->setAllowed(authenticator->origin() == "http://good.example"_L1);
            });
    RawClient evil(program.port());
    QCOMPARE(evil.open("/echo/", "Origin: http://evil.example\r\n").status, 403);
    QCOMPARE(program.adopted->totals().connectionsAccepted, 0);
    RawClient good(program.port());
    QCOMPARE(good.open("/echo/", "Origin: http://good.example\r\n").status, 101);
    good.send(text("x"));
    QCOMPARE(good.waitForFrame()->payload, "x");
}

// Of a header that comes twice Qt shows one, so that not even a proxy's can be trusted.
void AdoptTest::believesNoClientAboutItself()
{
    server::ServerOptions options;
    options.trustedProxies = {*server::AddressRange::parse(u"127.0.0.1"_s)};
    const Adopted program(options);
    RawClient client(program.port());
    QCOMPARE(client.open("/scope/", "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https\r\n")
                 .status,
             101);
    const QByteArray scope = client.waitForFrame().value_or(Frame{}).payload;
    QVERIFY2(scope.startsWith("127.0.0.1:") && scope.contains(" plain direct "), scope.constData());
}

void AdoptTest::knowsThatItsServerSpeaksTls()
{
    QSslConfiguration tls;
    tls.setLocalCertificate(QSslCertificate(testIdentity().certificate));
    tls.setPrivateKey(QSslKey(testIdentity().key, QSsl::Ec));
    QWebSocketServer own(u"own"_s, QWebSocketServer::SecureMode);
    own.setSslConfiguration(tls);
    QVERIFY(own.listen(QHostAddress::LocalHost));
    InMemoryChannelLayer layer;
    server::adopt(own, tinyApplication(layer));
    RawClient client(Port(own.serverPort(), true));
    QCOMPARE(client.open("/scope/").status, 101);
    const QByteArray scope = client.waitForFrame().value_or(Frame{}).payload;
    QVERIFY2(scope.contains(" secure direct "), scope.constData());
}

void AdoptTest::keepsToItsLimits_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<int>("code");
    QTest::newRow("a big message") << text(QByteArray(1001, 'x')) << 1009;
    QTest::newRow("characters of many bytes in fragments")
        << clientFrame(Text, QByteArray("€").repeated(200), false)
            + clientFrame(Continuation, QByteArray("€").repeated(200))
        << 1009;
    QTest::newRow("many fragments") << clientFrame(Text, "a", false)
            + clientFrame(Continuation, "b", false) + clientFrame(Continuation, "c", false)
                                    << 1008;
}

void AdoptTest::keepsToItsLimits()
{
    QFETCH(const QByteArray, sent);
    server::ServerOptions options;
    options.maxMessageBytes = 1000;
    options.maxFragments = 3;
    const Adopted program(options);
    RawClient client(program.port());
    QCOMPARE(client.open("/echo/").status, 101);
    QVERIFY(client.waitUntil([&] { return program.adopted->connections().size() == 1; }));
    client.send(sent);
    const auto frame = client.waitForFrame();
    QVERIFY(frame);
    QTEST(frame->closeCode(), "code");
}

void AdoptTest::pingsASilentClientAndEndsADeadOne()
{
    server::ServerOptions options;
    options.pingInterval = 20s;
    options.pingTimeout = 10s;
    QStringList heard;
    FakeClock clock;
    const Adopted program(
        [&](const Scope &, const Send &send) {
            send(WebsocketAccept{});
            return std::make_unique<Hesitant>(heard);
        },
        options);
    program.adopted->useClock(clock);
    const auto turn = [&](std::chrono::seconds by) {
        clock.advance(by);
        program.adopted->checkDeadlines();
    };
    RawClient client(program.port());
    QCOMPARE(client.open("/").status, 101);
    QVERIFY(client.waitUntil([&] { return program.adopted->connections().size() == 1; }));
    turn(19s);
    client.send(text("a"));
    QVERIFY(client.waitUntil([&] { return heard == QStringList{u"a"_s}; }));
    turn(19s);
    QCOMPARE(client.received(), "");
    turn(1s);
    const auto ping = client.waitForFrame();
    QVERIFY(ping && ping->opcode == Ping);
    client.send(clientFrame(Pong, ping->payload));
    QVERIFY(
        client.waitUntil([&] { return program.adopted->connections().value(0).roundTripMs >= 0; }));
    turn(19s);
    turn(1s);
    QCOMPARE(client.waitForFrame().value_or(Frame{}).opcode, int(Ping));
    turn(10s);
    const auto end = client.waitForFrame();
    QVERIFY(end);
    QCOMPARE(end->closeCode(), 1011);
    QCOMPARE(end->closeReason(), "no answer to a ping");
    QVERIFY(client.waitUntil([&] { return heard.value(1) == "1006"_L1; }));
}

void AdoptTest::countsTheConnectionsOfAnAddress()
{
    server::ServerOptions options;
    options.maxPerAddress = 1;
    const Adopted program(options);
    RawClient first(program.port());
    QCOMPARE(first.open("/echo/").status, 101);
    RawClient second(program.port());
    QCOMPARE(second.open("/echo/").status, 101);
    const auto frame = second.waitForFrame();
    QCOMPARE(frame->closeCode(), 1008);
    QCOMPARE(frame->closeReason(), "There are too many connections from your address.");
    first.send(text("x"));
    QCOMPARE(first.waitForFrame()->payload, "x");
}

void AdoptTest::closesAllAndForgetsThem()
{
    const Adopted program;
    RawClient client(program.port());
    QCOMPARE(client.open("/echo/").status, 101);
    client.send(text("x"));
    QCOMPARE(client.waitForFrame()->payload, "x");
    program.adopted->closeAll(1001, u"the program ends"_s);
    const auto frame = client.waitForFrame();
    QCOMPARE(frame->closeCode(), 1001);
    QCOMPARE(frame->closeReason(), "the program ends");
    QVERIFY(client.waitUntil([&] { return program.adopted->connections().isEmpty(); }));
}

void AdoptTest::goesWithItsServer()
{
    Adopted program;
    RawClient client(program.port());
    QCOMPARE(client.open("/room/").status, 101);
    client.send(text("x"));
    QCOMPARE(client.waitForFrame()->payload, "x");
    program.own.reset();
    QVERIFY(client.waitForEnd());
}

PARLOUR_TEST(AdoptTest)
#include "tst_adopt.moc"
