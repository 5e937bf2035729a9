// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/qt/bridge_socket.h"
#include "server/exchanges.h"
#include "server/known_failures.h"
#include "server/served.h"
#include "support/runner.h"

#include <QSignalSpy>
#include <QTest>

using namespace parlour;
using namespace parlour::tests;
using namespace Qt::StringLiterals;

class SocketContractTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void echoesAndEnds_data();
    void echoesAndEnds();
    void hearsTheSameInSingleBytes_data() { echoesAndEnds_data(); }
    void hearsTheSameInSingleBytes();
    void closesAsTheApplicationSays_data();
    void closesAsTheApplicationSays();
    void choosesASubprotocol_data() { addStacks(); }
    void choosesASubprotocol();
    void refusesBeforeTheHandshake_data() { addStacks(); }
    void refusesBeforeTheHandshake();
    void givesUpASilentApplication_data() { addStacks(); }
    void givesUpASilentApplication();
    void losesNothingBehindTheHandshake_data() { addStacks(); }
    void losesNothingBehindTheHandshake();
    void bringsAThousandMessagesToFourListeners_data() { addStacks(); }
    void bringsAThousandMessagesToFourListeners();
    void measuresRoundTrips_data() { addStacks(); }
    void measuresRoundTrips();
    void closesFromOutside_data() { addStacks(); }
    void closesFromOutside();
    void stopsInGoodOrder_data() { addStacks(); }
    void stopsInGoodOrder();
    void cutsWithinATurnWhoHasTooMuchUnread_data() { addStacks(); }
    void cutsWithinATurnWhoHasTooMuchUnread();
    void forgetsWhoIsGone_data() { addStacks(); }
    void forgetsWhoIsGone();
    void isQuietAboutASocketThatIsGone();
    void countsWhatPasses_data() { addStacks(); }
    void countsWhatPasses();

private:
    void converse(bool inSingleBytes);
};

void SocketContractTest::echoesAndEnds_data()
{
    QTest::addColumn<Stack>("stack");
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QList<Frame>>("heard");
    for (const auto &exchanges : {soundExchanges(), unsoundExchanges()}) {
        for (const Exchange &exchange : exchanges) {
            for (const auto &[name, stack] : stacks())
                QTest::addRow("%s: %s", name.constData(), exchange.name)
                    << stack << exchange.sent << exchange.heard;
        }
    }
}

void SocketContractTest::converse(bool inSingleBytes)
{
    QFETCH(const Stack, stack);
    QFETCH(const QByteArray, sent);
    QFETCH(const QList<Frame>, heard);
    StackOptions options = optionsOf(stack);
    options.maxMessageBytes = exchangeLimit;
    Served served(options);
    RawClient client(served.port);
    QCOMPARE(client.open("/echo/").status, 101);
    if (inSingleBytes && sent.size() < 100) {
        for (const char byte : sent) {
            client.send(QByteArray(1, byte));
            QTest::qWait(0);
        }
    } else {
        client.send(sent);
    }
    QStringList expected;
    QStringList got;
    for (const Frame &frame : heard) {
        expected.append(inWords(frame));
        got.append(inWords(client.waitForFrame()));
        if (got.last() == "the end"_L1)
            break;
    }
    if (const char *reason = knownFailure(QTest::currentDataTag()))
        QEXPECT_FAIL("", reason, Abort);
    QCOMPARE(got, expected);
    if (heard.last().opcode == Close) {
        QVERIFY(client.waitForEnd());
        QVERIFY(!client.wasReset());
        QCOMPARE(client.received(), "");
    } else {
        QVERIFY(!client.hasEnded());
    }
    QVERIFY(served.isAlive());
}

void SocketContractTest::echoesAndEnds()
{
    converse(false);
}

void SocketContractTest::hearsTheSameInSingleBytes()
{
    converse(true);
}

void SocketContractTest::closesAsTheApplicationSays_data()
{
    QTest::addColumn<Stack>("stack");
    QTest::addColumn<int>("asked");
    QTest::addColumn<int>("heard");
    for (const auto &[name, stack] : stacks()) {
        for (const auto &[asked, heard] : {std::pair{1000, 1000},
                                           {1001, 1001},
                                           {1008, 1008},
                                           {1011, 1011},
                                           {4012, 4012},
                                           {1005, 1011}})
            QTest::addRow("%s: %d", name.constData(), asked) << stack << asked << heard;
    }
}

void SocketContractTest::closesAsTheApplicationSays()
{
    QFETCH(const Stack, stack);
    QFETCH(const int, asked);
    Served served(optionsOf(stack));
    RawClient client(served.port);
    QCOMPARE(client.open("/close/" + QByteArray::number(asked) + '/').status, 101);
    QCOMPARE(inWords(client.waitForFrame()), inWords(Frame{Text, "last words"}));
    const auto frame = client.waitForFrame();
    QVERIFY(frame);
    QTEST(frame->closeCode(), "heard");
    // 100 times two bytes do not fit: cut at a character's border.
    QCOMPARE(frame->closeReason(), QString(u"ж"_s.repeated(61)).toUtf8());
    client.send(clientFrame(Close, frame->payload));
    QVERIFY(client.waitForEnd());
    QVERIFY(!client.wasReset());
}

void SocketContractTest::choosesASubprotocol()
{
    QFETCH(const Stack, stack);
    Served served(optionsOf(stack));
    RawClient offering(served.port);
    const auto chosen = offering.open("/echo/", "Sec-WebSocket-Protocol: parlour.v1, other\r\n");
    QCOMPARE(chosen.status, 101);
    QVERIFY(chosen.head.contains("\r\nsec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"));
    QVERIFY(chosen.head.contains("\r\nsec-websocket-protocol: parlour.v1\r\n"));
    RawClient plain(served.port);
    const auto none = plain.open("/echo/", "Sec-WebSocket-Extensions: permessage-deflate\r\n");
    QCOMPARE(none.status, 101);
    QVERIFY(!none.head.contains("sec-websocket-protocol"));
    QVERIFY(!none.head.contains("sec-websocket-extensions"));
}

void SocketContractTest::refusesBeforeTheHandshake()
{
    QFETCH(const Stack, stack);
    Served served(optionsOf(stack));
    for (const auto &[path, status] :
         {std::pair<QByteArray, int>{"/refuse/", 403}, {"/nowhere/", 404}}) {
        RawClient client(served.port);
        const auto answer = client.open(path, {}, text("early"));
        QCOMPARE(answer.status, status);
        QVERIFY(!answer.body.isEmpty());
        QVERIFY(client.waitForEnd());
        QVERIFY(!client.wasReset());
    }
    QCOMPARE(served.server.totals().handshakesRefused, 2);
}

void SocketContractTest::givesUpASilentApplication()
{
    QFETCH(const Stack, stack);
    StackOptions options = optionsOf(stack);
    options.connectTimeout = std::chrono::milliseconds(50);
    Served served(options);
    RawClient client(served.port);
    QCOMPARE(client.open("/silent/").status, 503);
    QVERIFY(client.waitForEnd());
}

void SocketContractTest::losesNothingBehindTheHandshake()
{
    QFETCH(const Stack, stack);
    Served served(optionsOf(stack));
    RawClient client(served.port);
    const QByteArray early = text("first") + clientFrame(Ping, "p") + text("second").first(5);
    QCOMPARE(client.open("/echo/", {}, early).status, 101);
    QCOMPARE(inWords(client.waitForFrame()), inWords(Frame{Text, "first"}));
    QCOMPARE(inWords(client.waitForFrame()), inWords(Frame{Pong, "p"}));
    client.send(text("second").sliced(5));
    QCOMPARE(inWords(client.waitForFrame()), inWords(Frame{Text, "second"}));
}

void SocketContractTest::bringsAThousandMessagesToFourListeners()
{
    QFETCH(const Stack, stack);
    constexpr int count = 1000;
    Served served(optionsOf(stack));
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 5; ++i) {
        clients.push_back(std::make_unique<RawClient>(served.port));
        QCOMPARE(clients.back()->open("/room/").status, 101);
    }
    QByteArray all;
    for (int i = 0; i < count; ++i)
        all += text(QByteArray::number(i));
    clients.front()->send(all);
    for (const auto &client : clients) {
        for (int i = 0; i < count; ++i) {
            const auto frame = client->waitForFrame();
            QVERIFY(frame);
            QCOMPARE(frame->payload, QByteArray::number(i));
        }
    }
    QVERIFY(served.layer.dropped().isEmpty());
}

void SocketContractTest::measuresRoundTrips()
{
    QFETCH(const Stack, stack);
    Served served(optionsOf(stack));
    RawClient client(served.port);
    QCOMPARE(client.open("/echo/").status, 101);
    const quint64 number = served.server.connections().first().id;
    QCOMPARE(served.server.connections().first().roundTripMs, -1);
    QVERIFY(served.server.ping(number));
    const auto ping = client.waitForFrame();
    QVERIFY(ping && ping->opcode == Ping);
    client.send(clientFrame(Pong, ping->payload));
    QTRY_VERIFY_WITH_TIMEOUT(served.server.connections().first().roundTripMs >= 0, 20000);
    QVERIFY(!served.server.ping(number + 1));
}

void SocketContractTest::closesFromOutside()
{
    QFETCH(const Stack, stack);
    Served served(optionsOf(stack));
    RawClient client(served.port);
    QCOMPARE(client.open("/echo/").status, 101);
    QVERIFY(served.server.close(served.server.connections().first().id, 1008, u"be kind"_s));
    const auto frame = client.waitForFrame();
    QVERIFY(frame);
    QCOMPARE(frame->closeCode(), 1008);
    QCOMPARE(frame->closeReason(), "be kind");
    QVERIFY(!served.server.close(4711, 1008, {}));
}

void SocketContractTest::stopsInGoodOrder()
{
    QFETCH(const Stack, stack);
    Served served(optionsOf(stack));
    RawClient polite(served.port);
    RawClient deaf(served.port);
    RawClient waiting(served.port);
    RawClient idle(served.port);
    QCOMPARE(polite.open("/echo/").status, 101);
    QCOMPARE(deaf.open("/echo/").status, 101);
    waiting.send(handshake("/silent/"));
    QTRY_COMPARE_WITH_TIMEOUT(served.server.connections().size(), 4, 20000);
    QTRY_COMPARE_WITH_TIMEOUT(served.server.connections().at(2).path, u"/silent/"_s, 20000);
    QSignalSpy stopped(&served.server, &server::Server::stopped);
    served.server.stop(1001, u"going"_s);
    served.server.stop(1001, u"going"_s);
    const auto frame = polite.waitForFrame();
    QVERIFY(frame);
    QCOMPARE(frame->closeCode(), 1001);
    QCOMPARE(frame->closeReason(), "going");
    QCOMPARE(waiting.waitForAnswer().status, 503);
    QVERIFY(idle.waitForEnd());
    QTRY_COMPARE_WITH_TIMEOUT(stopped.count(), 1, 20000);
    QCOMPARE(served.server.connections().size(), 0);
    QTcpSocket late;
    late.connectToHost(QHostAddress::LocalHost, served.port);
    QVERIFY(!late.waitForConnected());
}

void SocketContractTest::cutsWithinATurnWhoHasTooMuchUnread()
{
    QFETCH(const Stack, stack);
    StackOptions options = optionsOf(stack);
    options.maxUnreadOutput = 1'000'000;
    Served served(options);
    RawClient client(served.port); // reads in this thread: not before the turn has ended
    QCOMPARE(client.open("/flood/").status, 101);
    client.send(text("go"));
    int messages = 0;
    auto frame = client.waitForFrame();
    QVERIFY(frame);
    QCOMPARE(served.server.totals().dropped.value(u"unread_output"_s), 1);
    for (; frame && frame->opcode == Binary; frame = client.waitForFrame())
        ++messages;
    QVERIFY(messages < FloodCount);
    QVERIFY(frame);
    QCOMPARE(frame->closeCode(), 1008);
}

void SocketContractTest::forgetsWhoIsGone()
{
    QFETCH(const Stack, stack);
    QTest::failOnWarning(QRegularExpression(u"QIODevice"_s));
    Served served(optionsOf(stack));
    const QByteArray request = handshake("/echo/");
    const QList<QByteArray> states{
        {},
        request.first(10),
        request,
        request + text("hello").first(4),
        handshake("/silent/"),
        handshake("/room/"),
        "POST /mirror HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc"};
    for (const QByteArray &state : states) {
        for (const bool hard : {true, false}) {
            RawClient client(served.port);
            client.send(state);
            QTRY_COMPARE_WITH_TIMEOUT(served.server.connections().size(), 1, 20000);
            if (hard)
                client.reset();
            else
                client.endWriting();
            QTRY_COMPARE_WITH_TIMEOUT(served.server.connections().size(), 0, 20000);
        }
    }
    QCOMPARE(served.layer.groups().size(), 0);
    QVERIFY(served.isAlive());
}

void SocketContractTest::isQuietAboutASocketThatIsGone()
{
    QTest::failOnWarning(QRegularExpression(u"QIODevice"_s));
    server::BridgeSocket socket;
    socket.send("an answer");
    socket.close();
    socket.vanish();
    socket.send("another");
}

void SocketContractTest::countsWhatPasses()
{
    QFETCH(const Stack, stack);
    Served served(optionsOf(stack));
    RawClient client(served.port);
    QCOMPARE(client.open("/echo/", "User-Agent: raw\r\n").status, 101);
    client.send(text("hello"));
    QVERIFY(client.waitForFrame());
    const auto info = served.server.connections().first();
    QCOMPARE(info.transport, u"websocket"_s);
    QCOMPARE(info.path, u"/echo/"_s);
    QCOMPARE(info.userAgent, u"raw"_s);
    QVERIFY(info.client.startsWith("127.0.0.1:"_L1));
    QCOMPARE(info.messagesIn, 1);
    QCOMPARE(info.messagesOut, 1);
    QCOMPARE(info.bytesIn, 5);
    QCOMPARE(info.bytesOut, 5);
    QCOMPARE(served.server.totals().messagesIn, 1);
    QCOMPARE(served.server.totals().connectionsAccepted, 1);
}

PARLOUR_TEST(SocketContractTest)
#include "tst_socket_contract.moc"
