// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "server/exchanges.h"
#include "server/served.h"
#include "support/runner.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include <unistd.h>

using namespace parlour;
using namespace parlour::tests;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int Crowd = 200;
constexpr int Patience = 60000; // ms

using Clients = std::vector<std::unique_ptr<RawClient>>;

Clients crowd(const Port &port, int size = Crowd)
{
    Clients clients;
    for (int i = 0; i < size; ++i)
        clients.push_back(std::make_unique<RawClient>(port));
    return clients;
}

/// The engines differ in what many clients cost, TLS does not.
void addPlainStacks()
{
    QTest::addColumn<Stack>("stack");
    for (const char *name : {"native", "qt"})
        QTest::newRow(name) << stacks().at(name);
}

/// What this process holds in memory, its clients' buffers too. None under AddressSanitizer, which
/// keeps what was freed.
qint64 residentBytes()
{
#if defined(__SANITIZE_ADDRESS__)
    return 0;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
    return 0;
#endif
#endif
    QFile file(u"/proc/self/statm"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toLongLong() * ::sysconf(_SC_PAGESIZE);
}

QByteArray numbered(int i)
{
    return "message " + QByteArray::number(i);
}

} // namespace

/// Many clients, and clients that say much.
class LoadTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsEverybodyAllBeforeItStops_data() { addPlainStacks(); }
    void sendsEverybodyAllBeforeItStops();
    void sendsWhatWasPostedRightBeforeItStops_data() { addStacks(); }
    void sendsWhatWasPostedRightBeforeItStops();
    void stopsWhileSomeDoNotListen_data() { addPlainStacks(); }
    void stopsWhileSomeDoNotListen();
    void boundsAFloodAndServesTheOthers_data() { addStacks(); }
    void boundsAFloodAndServesTheOthers();
    void cutsACrowdOfSlowHeads_data() { addPlainStacks(); }
    void cutsACrowdOfSlowHeads();
    void servesInAFullCrowdOfSlowHeads_data() { addPlainStacks(); }
    void servesInAFullCrowdOfSlowHeads();
    void endlessBytesCostNoMemory_data();
    void endlessBytesCostNoMemory();
    void answersManyRequestsAtOnce_data() { addStacks(); }
    void answersManyRequestsAtOnce();
    void forgetsThoseWhoNeverSpoke_data() { addStacks(); }
    void forgetsThoseWhoNeverSpoke();
};

void LoadTest::sendsEverybodyAllBeforeItStops()
{
    QFETCH(const Stack, stack);
    constexpr int Messages = 50;
    Served served(optionsOf(stack));
    const Clients clients = crowd(served.port);
    for (const auto &client : clients)
        QCOMPARE(client->open("/room/").status, 101);
    QSignalSpy stopped(&served.server, &server::Server::stopped);
    // In the very moment in which the last one was accepted: what it causes is still on its way.
    QObject::connect(&served.server, &server::Server::turnEnding, &served.layer, [&] {
        if (served.server.totals().messagesIn == Messages && stopped.isEmpty())
            served.server.stop(1001, u"the host restarts"_s);
    });
    for (int i = 0; i < Messages; ++i)
        clients[size_t(i)]->send(text(numbered(i)));
    for (const auto &client : clients) {
        QSet<QByteArray> heard;
        auto frame = client->waitForFrame();
        for (; frame && frame->opcode == Text; frame = client->waitForFrame())
            heard.insert(frame->payload);
        QCOMPARE(heard.size(), Messages);
        QVERIFY(frame && frame->opcode == Close);
        QCOMPARE(frame->closeCode(), 1001);
        QCOMPARE(frame->closeReason(), "the host restarts");
        client->send(clientFrame(Close, frame->payload));
    }
    QTRY_COMPARE_WITH_TIMEOUT(stopped.count(), 1, Patience);
    QVERIFY(served.server.connections().isEmpty());
    for (const auto &client : clients) {
        QVERIFY(client->waitForEnd());
        QVERIFY(!client->wasReset());
    }
    QVERIFY(served.layer.dropped().isEmpty());
    QVERIFY(served.layer.groups().isEmpty());
}

// No turn comes between the two, as where the signal to stop is read together with a message.
void LoadTest::sendsWhatWasPostedRightBeforeItStops()
{
    QFETCH(const Stack, stack);
    Served served(optionsOf(stack));
    RawClient client(served.port);
    QCOMPARE(client.open("/room/").status, 101);
    QTRY_COMPARE_WITH_TIMEOUT(served.layer.groups().size(), 1, Patience);
    QVERIFY(served.layer.groupSend(
        u"room"_s, channels::Message(u"room.said"_s, {{u"text"_s, QByteArray("last words")}})));
    served.server.stop(1001, {});
    QCOMPARE(client.waitForFrame().value_or(Frame{}).payload, "last words");
    QCOMPARE(client.waitForFrame().value_or(Frame{}).closeCode(), 1001);
}

void LoadTest::stopsWhileSomeDoNotListen()
{
    QFETCH(const Stack, stack);
    StackOptions options = optionsOf(stack);
    options.closeTimeout = 300ms;
    Served served(options);
    const Clients clients = crowd(served.port);
    for (size_t i = 0; i < clients.size(); ++i) { // some open, some asking, some silent
        if (i % 4 == 1)
            clients[i]->send(handshake("/silent/"));
        else if (i % 4 == 2)
            clients[i]->send("GET / HT");
        else if (i % 4 == 3)
            QCOMPARE(clients[i]->open("/echo/").status, 101);
    }
    QTRY_COMPARE_WITH_TIMEOUT(served.server.connections().size(), Crowd, Patience);
    QSignalSpy stopped(&served.server, &server::Server::stopped);
    served.server.stop(1001, u"going"_s);
    QTRY_COMPARE_WITH_TIMEOUT(stopped.count(), 1, Patience);
    QVERIFY(served.server.connections().isEmpty());
    for (const auto &client : clients)
        QVERIFY(client->waitForEnd());
}

// The limit holds for the client, and what it has sent beyond is not executed.
void LoadTest::boundsAFloodAndServesTheOthers()
{
    QFETCH(const Stack, stack);
    StackOptions options = optionsOf(stack);
    options.messageBurst = 1000;
    Served served(options);
    served.stopTime(); // no new message becomes due
    RawClient flooding(served.port);
    RawClient listening(served.port);
    RawClient other(served.port);
    QCOMPARE(flooding.open("/room/").status, 101);
    QCOMPARE(listening.open("/room/").status, 101);
    QCOMPARE(other.open("/echo/").status, 101);
    QByteArray flood;
    for (int i = 0; i < 3000; ++i)
        flood += text(numbered(i));
    flooding.send(flood);
    other.send(text("in another room"));
    QCOMPARE(other.waitForFrame().value_or(Frame{}).payload, "in another room");
    auto frame = flooding.waitForFrame();
    while (frame && frame->opcode == Text)
        frame = flooding.waitForFrame();
    QVERIFY(frame);
    QCOMPARE(frame->closeCode(), 1008);
    QVERIFY(flooding.waitForEnd());
    for (int i = 0; i < options.messageBurst; ++i)
        QCOMPARE(listening.waitForFrame().value_or(Frame{}).payload, numbered(i));
    listening.send(text("no more"));
    QCOMPARE(listening.waitForFrame().value_or(Frame{}).payload, "no more");
    other.send(text("still here"));
    QCOMPARE(other.waitForFrame().value_or(Frame{}).payload, "still here");
}

// As the options are shipped: the address has 64 of them, the others go after a second.
void LoadTest::cutsACrowdOfSlowHeads()
{
    QFETCH(const Stack, stack);
    const StackOptions options = optionsOf(stack);
    Served served(options);
    served.stopTime();
    const Clients clients = crowd(served.port);
    for (const auto &client : clients)
        client->send("G");
    QVERIFY(served.isAlive());
    QTRY_COMPARE_WITH_TIMEOUT(served.server.connections().size(), Crowd, Patience);
    served.turn(1s);
    QTRY_COMPARE_WITH_TIMEOUT(served.server.connections().size(),
                              options.maxUnfinishedHeadsPerAddress, Patience);
    QVERIFY(served.isAlive());
    served.turn(options.headTimeout);
    for (const auto &client : clients)
        QVERIFY(client->waitForEnd());
    QTRY_VERIFY_WITH_TIMEOUT(served.server.connections().isEmpty(), Patience);
    QVERIFY(served.isAlive());
}

// Bytes that come one by one do not prolong a head.
void LoadTest::servesInAFullCrowdOfSlowHeads()
{
    QFETCH(const Stack, stack);
    StackOptions options = optionsOf(stack);
    options.maxUnfinishedHeadsPerAddress = Crowd;
    Served served(options);
    served.stopTime();
    const Clients clients = crowd(served.port);
    for (const char byte : QByteArray("GET / HTT")) {
        for (const auto &client : clients)
            client->send(QByteArray(1, byte));
        QVERIFY(served.isAlive());
        served.turn(1s);
    }
    QTRY_COMPARE_WITH_TIMEOUT(served.server.connections().size(), Crowd, Patience);
    for (const auto &client : clients)
        QVERIFY(!client->hasEnded());
    served.turn(options.headTimeout - 9s);
    for (const auto &client : clients)
        QVERIFY(client->waitForEnd());
    QTRY_VERIFY_WITH_TIMEOUT(served.server.connections().isEmpty(), Patience);
    QVERIFY(served.isAlive());
}

void LoadTest::endlessBytesCostNoMemory_data()
{
    QTest::addColumn<Stack>("stack");
    QTest::addColumn<QByteArray>("start");
    QTest::addColumn<QByteArray>("piece"); // comes again and again
    const QByteArray post = "POST /mirror HTTP/1.1\r\nHost: a\r\n";
    const QByteArray chunks = post + "Transfer-Encoding: chunked\r\n\r\n";
    const QByteArray echo = handshake("/echo/");
    const auto row = [](const char *name, const QByteArray &start, const QByteArray &piece) {
        for (const auto &[over, stack] : stacks())
            QTest::addRow("%s: %s", over.constData(), name) << stack << start << piece;
    };
    row("a request line", "GET /", "x");
    row("header lines", "GET / HTTP/1.1\r\n", "X: y\r\n");
    row("a body", post + "Content-Length: 999999999\r\n\r\n", "x");
    row("chunks", chunks, "3\r\nabc\r\n");
    row("a chunk's extension", chunks + "3;", "x");
    row("trailers", chunks + "0\r\n", "X: y\r\n");
    row("requests", {}, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    row("bytes behind a refusal", "x\r\n\r\n", "x");
    row("fragments", echo + clientFrame(Text, {}, false), clientFrame(Continuation, "a", false));
    row("empty fragments", echo + clientFrame(Text, {}, false),
        clientFrame(Continuation, {}, false));
    row("pings", echo, clientFrame(Ping, QByteArray(125, 'x')));
    row("pongs", echo, clientFrame(Pong, QByteArray(125, 'x')));
    row("messages", echo, text("a"));
    row("messages before the handshake is answered", handshake("/silent/"), text("a"));
    row("bytes behind a Close", echo + clientFrame(Close, closePayload(1000)), "x");
}

void LoadTest::endlessBytesCostNoMemory()
{
    QFETCH(const Stack, stack);
    QFETCH(const QByteArray, start);
    QFETCH(const QByteArray, piece);
    constexpr qint64 Endless = qint64(8) * 1024 * 1024;
    constexpr qint64 Bound = qint64(100) * 1024 * 1024;
    StackOptions options = optionsOf(stack);
    options.connectTimeout = 300ms; // Qt sees no RST behind a full buffer; then this ends it
    Served served(options);
    RawClient client(served.port);
    client.send(start);
    const QByteArray pieces = piece.repeated(65536 / piece.size());
    const qint64 before = residentBytes();
    qint64 most = before;
    for (qint64 sent = 0; sent < Endless && !client.hasEnded(); sent += pieces.size()) {
        client.send(pieces);
        QCoreApplication::processEvents();
        most = std::max(most, residentBytes());
    }
    QVERIFY(served.isAlive());
    QVERIFY2(most - before < Bound, QByteArray::number(most - before).constData());
    client.reset();
    QTRY_VERIFY_WITH_TIMEOUT(served.server.connections().isEmpty(), Patience);
}

// More than any buffer on the way holds.
void LoadTest::answersManyRequestsAtOnce()
{
    QFETCH(const Stack, stack);
    constexpr int Count = 8000;
    Served served(optionsOf(stack));
    RawClient client(served.port);
    const QByteArray request = "GET / HTTP/1.1\r\nHost: localhost\r\n";
    client.send((request + "\r\n").repeated(Count) + request + "Connection: close\r\n\r\n");
    QVERIFY(client.waitForEnd());
    QCOMPARE(client.received().count("HTTP/1.1 200 "), Count + 1);
    QVERIFY(served.isAlive());
}

void LoadTest::forgetsThoseWhoNeverSpoke()
{
    QFETCH(const Stack, stack);
    Served served(optionsOf(stack));
    served.stopTime();
    const Clients clients = crowd(served.port, 50);
    QTRY_COMPARE_WITH_TIMEOUT(served.server.connections().size(), 50, Patience);
    QVERIFY(served.isAlive());
    served.turn(1s);
    served.turn(served.live.options().server.headTimeout);
    for (const auto &client : clients)
        QVERIFY(client->waitForEnd());
    QTRY_VERIFY_WITH_TIMEOUT(served.server.connections().isEmpty(), Patience);
    QVERIFY(served.isAlive());
}

PARLOUR_TEST(LoadTest)
#include "tst_load.moc"
