// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "server/served.h"
#include "support/raw_client.h"
#include "support/runner.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

using namespace parlour::server;
using namespace parlour::tests;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QByteArray sayHello = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

/// For the transport of the global row.
StackOptions anyOptions()
{
    QFETCH_GLOBAL(Transport, transport);
    StackOptions options;
    options.transport = transport;
    return options;
}

using Clients = std::vector<std::unique_ptr<RawClient>>;

RawClient &add(Clients &clients, const Port &port)
{
    clients.push_back(std::make_unique<RawClient>(port));
    return *clients.back();
}

} // namespace

/// What only the native engine promises; the contract of both is tst_socket_contract.cpp.
class NativeEngineTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data()
    {
        QTest::addColumn<Transport>("transport");
        QTest::newRow("plain") << Transport::Plain;
        QTest::newRow("TLS") << Transport::Tls;
    }

    // ---- HTTP ----
    void answersPipelinedRequestsInOrder()
    {
        Served served(anyOptions());
        RawClient client(served.port);
        client.send(sayHello + "POST /mirror HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
                    + "GET /parts HTTP/1.1\r\nHost: a\r\n\r\n" + sayHello);
        QCOMPARE(client.waitForAnswer().body, "hello");
        QCOMPARE(client.waitForAnswer().body, "abc");
        QVERIFY(client.waitUntil([&] { return client.received().endsWith("hello"); }));
        QVERIFY(client.received().contains("4\r\none \r\n4\r\ntwo \r\n5\r\nthree\r\n0\r\n\r\n"));
        QVERIFY(!client.hasEnded());
    }

    void whatIsSentInATurnAsksForNoOther()
    {
        Served served(anyOptions());
        RawClient client(served.port);
        QCOMPARE(client.open("/room/").status, 101);
        client.send(clientFrame(1, "first"));
        QCOMPARE(client.waitForFrame().value_or(Frame{}).payload, "first");
        QCoreApplication::sendPostedEvents();
        QSignalSpy turns(&served.server, &Server::turnEnding);
        served.server.turn([&] {
            served.layer.sendAtOnce([&] {
                const parlour::channels::Message said(u"room.said"_s,
                                                      {{u"text"_s, QByteArray("now")}});
                (void)served.layer.groupSend(u"room"_s, said);
            });
        });
        QCOMPARE(turns.count(), 1);
        QCoreApplication::sendPostedEvents();
        QCOMPARE(turns.count(), 1);
        QCOMPARE(client.waitForFrame().value_or(Frame{}).payload, "now");
    }

    void waitsWithFurtherAnswersUntilTheClientReads()
    {
        StackOptions options = anyOptions();
        options.maxUnreadOutput = 200000; // four answers
        Served served(options);
        RawClient client(served.port);
        client.readNoMoreThan(1000);
        const QByteArray body(60000, 'b');
        const QByteArray request =
            "POST /mirror HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n" + body;
        for (int i = 0; i < 200; ++i)
            client.send(request);
        QTRY_VERIFY_WITH_TIMEOUT(served.server.connections().value(0).queuedBytes > 0, 15000);
        QVERIFY(served.server.connections().value(0).queuedBytes < 200000);
        client.readNoMoreThan(0);
        for (int i = 0; i < 200; ++i)
            QCOMPARE(client.waitForAnswer().body.size(), body.size());
        QVERIFY(!client.hasEnded());
    }

    void answersAClientThatEndedItsSide()
    {
        Served served(anyOptions());
        RawClient client(served.port);
        client.send(sayHello + sayHello);
        client.endWriting();
        QCOMPARE(client.waitForAnswer().body, "hello");
        QCOMPARE(client.waitForAnswer().body, "hello");
        QVERIFY(client.waitForEnd());
        QVERIFY(!client.wasReset());
    }

    void asksForABodyOnlyWhereItIsWanted()
    {
        Served served(anyOptions());
        RawClient client(served.port);
        client.send("POST /mirror HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
                    "Content-Length: 3\r\n\r\n");
        QVERIFY(
            client.waitUntil([&] { return client.received() == "HTTP/1.1 100 Continue\r\n\r\n"; }));
        client.send("abc");
        QVERIFY(client.waitUntil([&] { return client.received().endsWith("abc"); }));

        RawClient tooBig(served.port);
        tooBig.send("POST /mirror HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
                    "Content-Length: 65537\r\n\r\n");
        QCOMPARE(tooBig.waitForAnswer().status, 413);
        QVERIFY(tooBig.waitForEnd());
    }

    void endsIdleConnectionsAndSlowHeads()
    {
        StackOptions options = anyOptions();
        options.keepAliveTimeout = 50ms;
        options.headTimeout = 300ms;
        options.pauseTimeout = 300ms;
        Served served(options);
        RawClient idle(served.port);
        idle.send(sayHello);
        QCOMPARE(idle.waitForAnswer().status, 200);
        QVERIFY(idle.waitForEnd());

        RawClient silent(served.port);
        RawClient half(served.port);
        half.send("GET / HTTP/1.1\r\nHos");
        RawClient noBody(served.port);
        noBody.send("POST /mirror HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\na");
        QCOMPARE(half.waitForAnswer().status, 408);
        QCOMPARE(noBody.waitForAnswer().status, 408);
        QVERIFY(silent.waitForEnd());
        QVERIFY(served.isAlive());
    }

    void cutsTheOldestOfTooManySlowHeads()
    {
        StackOptions options = anyOptions();
        options.maxUnfinishedHeadsPerAddress = 2;
        Served served(options);
        Clients slow;
        for (int i = 0; i < 3; ++i) {
            add(slow, served.port).send("GET /");
            QVERIFY(slow.back()->waitUntil(
                [&] { return served.server.connections().size() == i + 1; }));
        }
        QVERIFY(slow[0]->waitForEnd());
        QVERIFY(!slow[1]->hasEnded());
        slow[1]->send(" HTTP/1.1\r\nHost: a\r\n\r\n");
        QCOMPARE(slow[1]->waitForAnswer().status, 200);
        QVERIFY(served.isAlive());
    }

    void refusesWhoComesOverTheLimits_data()
    {
        QTest::addColumn<int>("inAll");
        QTest::addColumn<int>("perAddress");
        QTest::addColumn<int>("status");
        QTest::newRow("too many in all") << 2 << 10 << 503;
        QTest::newRow("too many from one address") << 10 << 2 << 429;
    }

    void refusesWhoComesOverTheLimits()
    {
        QFETCH(int, inAll);
        QFETCH(int, perAddress);
        QFETCH(int, status);
        StackOptions options = anyOptions();
        options.maxConnections = inAll;
        options.maxPerAddress = perAddress;
        Served served(options);
        Clients inside;
        for (int i = 0; i < 2; ++i)
            QCOMPARE(add(inside, served.port).open("/echo/").status, 101);
        RawClient third(served.port);
        QCOMPARE(third.open("/echo/").status, status);
        QVERIFY(third.waitForEnd());
        QVERIFY(!third.wasReset());
        inside[0]->reset();
        QTRY_COMPARE_WITH_TIMEOUT(served.server.connections().size(), 1, 15000);
        QVERIFY(served.isAlive());
    }

    // ---- WebSocket ----
    void keepsMessagesForASlowReaderAndCountsThem()
    {
        Served served(anyOptions());
        RawClient slow(served.port);
        QCOMPARE(slow.open("/echo/").status, 101);
        slow.readNoMoreThan(1000);
        const QByteArray message(60000, 'x');
        const auto queued = [&] { return served.server.connections().value(0).queuedMessages; };
        int sent = 0;
        for (; sent < 200 && queued() < 3; ++sent) {
            slow.send(clientFrame(1, message));
            QTRY_COMPARE_WITH_TIMEOUT(served.server.totals().messagesIn, sent + 1, 15000);
        }
        QVERIFY(queued() >= 3);
        slow.readNoMoreThan(0);
        for (int i = 0; i < sent; ++i) {
            const auto frame = slow.waitForFrame();
            QVERIFY(frame);
            QCOMPARE(frame->payload.size(), message.size());
        }
        QTRY_COMPARE_WITH_TIMEOUT(queued(), 0, 15000);
    }

    void cutsAReaderWhoLeavesTooMuch()
    {
        StackOptions options = anyOptions();
        options.maxUnreadOutput = 200000;
        options.messagesPerSecond = 0;
        Served served(options);
        RawClient deaf(served.port);
        QCOMPARE(deaf.open("/echo/").status, 101);
        deaf.readNoMoreThan(1000);
        const QByteArray message = clientFrame(1, QByteArray(60000, 'x'));
        for (int i = 0; i < 300 && served.server.totals().dropped.isEmpty(); ++i) {
            deaf.send(message);
            QTest::qWait(1);
        }
        QTRY_COMPARE_WITH_TIMEOUT(served.server.totals().dropped.value(u"unread_output"_s), 1,
                                  15000);
        QTRY_VERIFY_WITH_TIMEOUT(served.server.connections().isEmpty(), 15000);
        QVERIFY(served.isAlive());
    }

    void answersPings()
    {
        Served served(anyOptions());
        RawClient client(served.port);
        client.open("/echo/");
        QByteArray pings;
        for (int i = 0; i < 500; ++i)
            pings += clientFrame(9, QByteArray::number(i));
        client.send(pings);
        for (int i = 0; i < 500; ++i) {
            const auto pong = client.waitForFrame();
            QVERIFY(pong && pong->opcode == 10);
            QCOMPARE(pong->payload, QByteArray::number(i));
        }
    }

    void allowsPausesAndEndsThemInTime()
    {
        StackOptions options = anyOptions();
        options.pauseTimeout = 200ms;
        Served served(options);
        RawClient between(served.port);
        between.open("/echo/");
        RawClient inside(served.port);
        inside.open("/echo/");
        inside.send(clientFrame(1, "half a mess", false));
        const auto end = inside.waitForFrame();
        QVERIFY(end);
        QCOMPARE(end->closeCode(), 1008);
        QCOMPARE(end->closeReason(), "too long a pause inside a message");
        between.send(clientFrame(1, "still here"));
        QCOMPARE(between.waitForFrame()->payload, "still here");
    }

    void endsTcpThoughTheClientDoesNot()
    {
        StackOptions options = anyOptions();
        options.closeTimeout = 100ms;
        Served served(options);
        RawClient client(served.port);
        client.open("/close/4000/");
        QCOMPARE(client.waitForFrame()->payload, "last words");
        QCOMPARE(client.waitForFrame()->closeCode(), 4000);
        QTRY_VERIFY_WITH_TIMEOUT(served.server.connections().isEmpty(), 15000);
    }

    // ---- sockets ----
    void waitsWhereTheProcessHasNoDescriptorsLeft()
    {
        Served served(StackOptions{}); // a handshake would wait for the descriptor too
        RawClient before(served.port);
        QCOMPARE(before.open("/echo/").status, 101);
        rlimit saved{};
        QCOMPARE(::getrlimit(RLIMIT_NOFILE, &saved), 0);
        const int next = ::dup(0);
        ::close(next);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"no new connections on.*"_s));

        // The client needs the last descriptor; none is left for the server's end.
        const rlimit tight{static_cast<rlim_t>(next) + 1, saved.rlim_max};
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &tight), 0);
        RawClient waiting(served.port);
        before.send(clientFrame(1, "still served"));
        const auto echo = before.waitForFrame();
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &saved), 0);
        QVERIFY(echo);
        QCOMPARE(echo->payload, "still served");
        QCOMPARE(waiting.open("/echo/").status, 101); // once there are descriptors again
    }

    void survivesEveryKindOfDeparture()
    {
        Served served(anyOptions());
        Clients clients;
        for (int i = 0; i < 50; ++i)
            add(clients, served.port);
        for (int i = 0; i < 10; ++i)
            add(clients, served.port).send("GET / HT");
        for (int i = 0; i < 10; ++i)
            add(clients, served.port).send(handshake("/silent/"));
        QVERIFY(clients[0]->waitUntil([&] { return served.server.connections().size() == 70; }));
        for (const auto &client : clients)
            client->reset();
        QTRY_VERIFY_WITH_TIMEOUT(served.server.connections().isEmpty(), 15000);
        QVERIFY(served.isAlive());
    }

    void isDestroyedWithClientsInside()
    {
        auto served = std::make_unique<Served>(anyOptions());
        RawClient inRoom(served->port);
        inRoom.open("/room/");
        RawClient halfHead(served->port);
        halfHead.send("GET");
        inRoom.send(clientFrame(1, "on the way"));
        served.reset();
        QVERIFY(inRoom.waitForEnd());
    }
};

PARLOUR_TEST(NativeEngineTest)

#include "tst_native_engine.moc"
