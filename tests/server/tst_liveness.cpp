// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/liveness.h"
#include "server/known_failures.h"
#include "server/served.h"
#include "support/runner.h"

#include <QElapsedTimer>
#include <QTest>

using namespace parlour;
using namespace parlour::tests;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using server::Liveness;

namespace {

constexpr int Opening = 1;
constexpr int Closing = 8;
constexpr int Ping = 9;
constexpr int Pong = 10;

StackOptions pinging(const Stack &stack)
{
    StackOptions options = optionsOf(stack);
    options.pingInterval = 20s;
    options.pingTimeout = 10s;
    options.keepAliveTimeout = 24h;
    return options;
}

} // namespace

/// Clients that are silent, under a clock that is turned by hand.
class LivenessTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void judgesByTheOptions();
    void pingsASilentClientAndEndsADeadOne_data() { addStacks(); }
    void pingsASilentClientAndEndsADeadOne();
    void anyByteIsLife_data() { addStacks(); }
    void anyByteIsLife();
    void takingWhatHadToWaitIsLife_data() { addStacks(); }
    void takingWhatHadToWaitIsLife();
    void doesNotPingWhereThatIsOff_data() { addStacks(); }
    void doesNotPingWhereThatIsOff();
    void survivesAPauseInsideAMessage();
    void survivesAPauseOfSixSeconds_data();
    void survivesAPauseOfSixSeconds();
    void tellsTheApplicationThatAClientIsGone_data() { addStacks(); }
    void tellsTheApplicationThatAClientIsGone();
};

void LivenessTest::judgesByTheOptions()
{
    server::ServerOptions options;
    options.pingInterval = 20s;
    options.pingTimeout = 10s;
    const Liveness::Time start(1h);
    Liveness liveness;
    liveness.heard(start);
    QVERIFY(liveness.wait(start, options) == 20s);
    QVERIFY(liveness.judge(start + 19999ms, options) == Liveness::Verdict::Fine);
    QVERIFY(liveness.judge(start + 20s, options) == Liveness::Verdict::Ping);
    QVERIFY(liveness.wait(start + 20s, options) == 10s);
    QVERIFY(liveness.judge(start + 29999ms, options) == Liveness::Verdict::Fine);
    QVERIFY(liveness.judge(start + 30s, options) == Liveness::Verdict::Dead);
    liveness.heard(start + 30s);
    QVERIFY(liveness.judge(start + 30s, options) == Liveness::Verdict::Fine);
    options.pingTimeout = 0ms; // pings go on, nobody is given up
    QVERIFY(liveness.judge(start + 50s, options) == Liveness::Verdict::Ping);
    QVERIFY(liveness.judge(start + 70s, options) == Liveness::Verdict::Ping);
    options.pingInterval = 0ms;
    QVERIFY(!liveness.wait(start + 24h, options));
    QVERIFY(liveness.judge(start + 24h, options) == Liveness::Verdict::Fine);
}

void LivenessTest::pingsASilentClientAndEndsADeadOne()
{
    QFETCH(const Stack, stack);
    Served served(pinging(stack));
    served.stopTime();
    RawClient client(served.port);
    QCOMPARE(client.open("/echo/").status, 101);
    served.turn(19s);
    client.send(clientFrame(Opening, "a")); // nothing came before its echo: no ping yet
    QCOMPARE(client.waitForFrame().value_or(Frame{}).payload, "a");
    served.turn(20s);
    const auto ping = client.waitForFrame();
    QVERIFY(ping && ping->opcode == Ping);
    client.send(clientFrame(Pong, ping->payload));
    QTRY_VERIFY_WITH_TIMEOUT(served.server.connections().first().roundTripMs >= 0, 20000);
    served.turn(10s);
    QVERIFY(!client.hasEnded());
    served.turn(10s);
    QCOMPARE(client.waitForFrame().value_or(Frame{}).opcode, Ping);
    served.turn(10s);
    const auto end = client.waitForFrame();
    QVERIFY(end && end->opcode == Closing);
    QCOMPARE(end->closeCode(), 1011);
    QCOMPARE(end->closeReason(), "no answer to a ping");
    served.turn(5s); // that client never ends TCP
    QTRY_VERIFY_WITH_TIMEOUT(served.server.connections().isEmpty(), 20000);
    QVERIFY(served.isAlive());
}

void LivenessTest::anyByteIsLife()
{
    QFETCH(const Stack, stack);
    Served served(pinging(stack));
    served.stopTime();
    RawClient client(served.port);
    QCOMPARE(client.open("/echo/").status, 101);
    served.turn(20s);
    QCOMPARE(client.waitForFrame().value_or(Frame{}).opcode, Ping);
    client.send(clientFrame(Opening, "no pong")); // but life
    QCOMPARE(client.waitForFrame().value_or(Frame{}).payload, "no pong");
    served.turn(10s);
    client.send(clientFrame(Opening, "still here"));
    QCOMPARE(client.waitForFrame().value_or(Frame{}).payload, "still here");
}

// The ping stands behind megabytes: a slow reader cannot answer it in time.
void LivenessTest::takingWhatHadToWaitIsLife()
{
    QFETCH(const Stack, stack);
    StackOptions options = pinging(stack);
    options.maxUnreadOutput = qint64(FloodCount + 1) * FloodBytes;
    Served served(options);
    served.stopTime();
    RawClient client(served.port);
    QCOMPARE(client.open("/flood/").status, 101);
    const auto untaken = [&] { return served.server.connections().value(0).queuedBytes; };
    client.readNoMoreThan(1'000'000);
    client.send(clientFrame(Opening, "go"));
    QVERIFY(client.waitUntil([&] { return untaken() > 0; }));
    served.turn(20s); // pinged
    for (int i = 0; i < 3; ++i) {
        const qint64 before = untaken();
        QVERIFY(before > 0);
        QVERIFY(client.waitUntil([&] {
            client.take();
            return untaken() < before;
        }));
        served.turn(9s);
    }
    QCOMPARE(served.server.connections().size(), 1);
    QVERIFY(client.waitUntil([&] { // nothing is taken any more
        served.turn(10s);
        return served.server.connections().isEmpty();
    }));
}

void LivenessTest::doesNotPingWhereThatIsOff()
{
    QFETCH(const Stack, stack);
    StackOptions options = pinging(stack);
    options.pingInterval = 0ms;
    Served served(options);
    served.stopTime();
    RawClient client(served.port);
    QCOMPARE(client.open("/echo/").status, 101);
    served.turn(48h);
    client.send(clientFrame(Opening, "still here"));
    QCOMPARE(client.waitForFrame().value_or(Frame{}).payload, "still here");
}

void LivenessTest::survivesAPauseInsideAMessage()
{
    StackOptions options = pinging({});
    options.pauseTimeout = 30s;
    options.pingInterval = 0ms;
    Served served(options);
    served.stopTime();
    RawClient patient(served.port);
    RawClient tooPatient(served.port);
    const QByteArray rest = clientFrame(0, "and its end");
    for (RawClient *client : {&patient, &tooPatient}) {
        QCOMPARE(client->open("/echo/").status, 101);
        client->send(clientFrame(Opening, "read") + clientFrame(Opening, "half ", false)
                     + rest.first(1));
        QCOMPARE(client->waitForFrame().value_or(Frame{}).payload, "read");
    }
    served.turn(29s);
    patient.send(rest.sliced(1));
    QCOMPARE(patient.waitForFrame().value_or(Frame{}).payload, "half and its end");
    served.turn(1s);
    const auto end = tooPatient.waitForFrame();
    QVERIFY(end);
    QCOMPARE(end->closeCode(), 1008);
    QCOMPARE(end->closeReason(), "too long a pause inside a message");
    patient.send(clientFrame(Opening, "still here"));
    QCOMPARE(patient.waitForFrame().value_or(Frame{}).payload, "still here");
}

// In real time, since Qt's own limit knows no clock of ours; of all rows at once, to wait once.
void LivenessTest::survivesAPauseOfSixSeconds_data()
{
    struct Conversation {
        QByteArray name;
        std::unique_ptr<RawClient> client;
        QByteArray rest;
    };
    const QByteArray whole = clientFrame(Opening, "half and its end");
    const QByteArray half = clientFrame(Opening, "half ", false);
    std::vector<std::unique_ptr<Served>> servers;
    std::vector<Conversation> conversations;
    for (const auto &[name, stack] : stacks()) {
        servers.push_back(std::make_unique<Served>(optionsOf(stack)));
        for (const bool isInside : {true, false}) {
            auto client = std::make_unique<RawClient>(servers.back()->port);
            client->open("/echo/");
            client->send(isInside ? whole.first(5) : half);
            conversations.push_back({name + (isInside ? ": inside a frame" : ": between fragments"),
                                     std::move(client),
                                     isInside ? whole.sliced(5) : clientFrame(0, "and its end")});
        }
    }
    QElapsedTimer pause;
    pause.start();
    (void)QTest::qWaitFor([&] { return pause.hasExpired(6000); }, 20000);
    QTest::addColumn<QByteArray>("heard");
    for (const Conversation &conversation : conversations) {
        conversation.client->send(conversation.rest);
        const Frame frame = conversation.client->waitForFrame().value_or(Frame{});
        QTest::newRow(conversation.name.constData()) << frame.payload;
    }
}

void LivenessTest::survivesAPauseOfSixSeconds()
{
    QFETCH(const QByteArray, heard);
    if (const char *reason = knownFailure(QTest::currentDataTag()))
        QEXPECT_FAIL("", reason, Abort);
    QCOMPARE(heard, "half and its end");
}

void LivenessTest::tellsTheApplicationThatAClientIsGone()
{
    QFETCH(const Stack, stack);
    Served served(pinging(stack));
    served.stopTime();
    RawClient client(served.port);
    QCOMPARE(client.open("/room/").status, 101);
    QTRY_COMPARE_WITH_TIMEOUT(served.layer.groups().size(), 1, 20000);
    served.turn(20s);
    served.turn(10s);
    QTRY_COMPARE_WITH_TIMEOUT(served.layer.groups().size(), 0, 20000); // before TCP has ended
}

PARLOUR_TEST(LivenessTest)
#include "tst_liveness.moc"
