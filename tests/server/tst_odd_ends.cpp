// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "server/exchanges.h"
#include "server/served.h"
#include "server/witness.h"
#include "support/runner.h"

#include <QTest>

using namespace parlour;
using namespace parlour::tests;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int Patience = 30000; // ms

enum class End { Reset, HalfClose, Silence };

/// How far a conversation has come.
struct Moment {
    const char *name;
    QByteArray sent;
    int begun = 0; ///< instances of the application that it has made
    const char *heard = ""; ///< what the client was told by then
    bool isOursToEnd = false; ///< the application's answer may take as long as it likes
    bool isUnread = false; ///< more was sent than is read by then, so its end is not seen either
};

QByteArray get(const QByteArray &path)
{
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
}

QList<Moment> moments()
{
    const QByteArray post = "POST /mirror HTTP/1.1\r\nHost: localhost\r\n";
    const QByteArray echo = handshake("/echo/");
    const QByteArray long16 = text(QByteArray(200, 'x'));
    return {
        {"before the first byte", {}},
        {"inside the request line", echo.first(10)},
        {"inside the head", echo.chopped(3)},
        {"inside the body", post + "Content-Length: 9\r\n\r\nabc", 1},
        {"inside a chunk", post + "Transfer-Encoding: chunked\r\n\r\n9\r\nabc", 1},
        {"between chunks", post + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", 1},
        {"before the answer", get("/waiting"), 1, "", true},
        {"inside the answer", get("/unfinished"), 1, "begun", true},
        {"inside the answer, asking again", get("/unfinished") + get("/"), 1, "begun", true, true},
        {"between requests", get("/"), 1, "hello"},
        {"inside a second head", get("/") + echo.first(10), 1, "hello"},
        {"after a refusal", "x\r\n\r\n", 0, " 400 "},
        {"handshake undecided", handshake("/silent/"), 1},
        {"handshake undecided, frames sent", handshake("/silent/") + text("early"), 1, "", false,
         true},
        {"handshake refused", handshake("/refuse/"), 1, " 403 "},
        {"open", echo, 1, " 101 "},
        {"open, in a group", handshake("/room/"), 1, " 101 "},
        {"behind an echo", echo + text("hello"), 1, "hello"},
        {"behind one byte of a frame", echo + text("hello").first(1), 1, " 101 "},
        {"inside the length of a frame", echo + long16.first(3), 1, " 101 "},
        {"inside the mask of a frame", echo + long16.first(6), 1, " 101 "},
        {"inside a frame", echo + long16.first(50), 1, " 101 "},
        {"inside a ping", echo + clientFrame(Ping, "ping").chopped(1), 1, " 101 "},
        {"inside a Close", echo + clientFrame(Close, closePayload(1000)).chopped(1), 1, " 101 "},
        {"inside a message", echo + clientFrame(Text, "a", false), 1, " 101 "},
        {"inside a character", echo + clientFrame(Text, "\xd0", false), 1, " 101 "},
        {"after a fault", echo + clientFrame(3, {}), 1, "\x88"},
        {"after our Close", handshake("/close/1000/"), 1, "last words"},
        {"after its Close", echo + clientFrame(Close, closePayload(4000, "bye")), 1, "\x88"},
        {"after its Close, speaking on",
         echo + clientFrame(Close, closePayload(4000)) + text("more"), 1, "\x88"},
    };
}

} // namespace

Q_DECLARE_METATYPE(End)

/// Clients that go without a word, wherever that is.
class OddEndsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void forgets_data();
    void forgets();
    void forgetsInsideTheHandshakeOfTls_data();
    void forgetsInsideTheHandshakeOfTls();
    void answersWhoHasEndedItsSide_data() { addStacks(); }
    void answersWhoHasEndedItsSide();
    void forgetsWhoLeavesAFloodUnread_data() { addStacks(); }
    void forgetsWhoLeavesAFloodUnread();
};

void OddEndsTest::forgets_data()
{
    QTest::addColumn<Stack>("stack");
    QTest::addColumn<End>("end");
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<int>("begun");
    QTest::addColumn<QByteArray>("heard");
    QTest::addColumn<bool>("timePasses");
    for (const auto &[name, stack] : stacks()) {
        for (const Moment &moment : moments()) {
            const auto row = [&, &over = name, &on = stack](const char *how, End end) {
                QTest::addRow("%s: %s %s", over.constData(), how, moment.name)
                    << on << end << moment.sent << moment.begun << QByteArray(moment.heard)
                    << (end == End::Silence || (end == End::HalfClose && moment.isUnread));
            };
            row("reset", End::Reset);
            // Of an answer that has begun nothing would tell that nobody reads it.
            if (!moment.isOursToEnd || (*moment.heard && !moment.isUnread))
                row("half-close", End::HalfClose);
            if (!moment.isOursToEnd)
                row("silence", End::Silence);
        }
    }
}

void OddEndsTest::forgets()
{
    QFETCH(const Stack, stack);
    QFETCH(const End, end);
    QFETCH(const QByteArray, sent);
    QFETCH(const int, begun);
    QFETCH(const QByteArray, heard);
    QFETCH(const bool, timePasses);
    QTest::failOnWarning(QRegularExpression(u"QIODevice"_s));
    Witness witness;
    Served served(optionsOf(stack), [&](const auto &app) { return witness.watch(app); });
    served.stopTime();
    RawClient client(served.port);
    QVERIFY(client.waitUntil([&] { return served.server.connections().size() == 1; }));
    client.send(sent);
    QVERIFY(client.waitUntil(
        [&] { return witness.begun() == begun && client.received().contains(heard); }));
    QVERIFY(served.isAlive());
    if (end == End::Reset)
        client.reset();
    else if (end == End::HalfClose)
        client.endWriting();
    int seconds = 0; // of the clock that is turned; no deadline is longer than minutes
    const auto isForgotten = [&] {
        if (timePasses && seconds < 600) {
            served.turn(10s);
            seconds += 10;
        }
        return served.server.connections().isEmpty();
    };
    QVERIFY(client.waitUntil(isForgotten));
    QCOMPARE(witness.living(), 0);
    QCOMPARE(witness.faults(), 0);
    QVERIFY(served.layer.groups().isEmpty());
    QVERIFY(served.isAlive());
}

void OddEndsTest::forgetsInsideTheHandshakeOfTls_data()
{
    QTest::addColumn<Stack>("stack");
    QTest::addColumn<End>("end");
    QTest::addColumn<QByteArray>("sent");
    const QByteArray record = QByteArrayLiteral("\x16\x03\x01\x01\x00\x01\x00\x00\xfc\x03\x03");
    for (const char *name : {"native over TLS", "qt over TLS"}) {
        const auto row = [&](const char *moment, const QByteArray &sent) {
            for (const auto &[how, end] : {std::pair{"reset", End::Reset},
                                           {"half-close", End::HalfClose},
                                           {"silence", End::Silence}})
                QTest::addRow("%s: %s %s", name, how, moment) << stacks().at(name) << end << sent;
        };
        row("before the first byte", {});
        row("behind one byte", record.first(1));
        row("inside the record's head", record.first(3));
        row("inside the client's hello", record);
        row("behind a broken hello", record + QByteArray(0x200, 'x'));
        row("inside a plain head", "GET / HT");
    }
}

void OddEndsTest::forgetsInsideTheHandshakeOfTls()
{
    QFETCH(const Stack, stack);
    QFETCH(const End, end);
    QFETCH(const QByteArray, sent);
    Witness witness;
    Served served(optionsOf(stack), [&](const auto &app) { return witness.watch(app); });
    served.stopTime();
    RawClient client(Port(served.port.number)); // speaks no TLS itself
    client.send(sent);
    QVERIFY(served.isAlive());
    if (end == End::Reset)
        client.reset();
    else if (end == End::HalfClose)
        client.endWriting();
    QVERIFY(client.waitUntil([&] {
        if (end == End::Silence)
            served.turn(10s);
        return served.server.connections().isEmpty();
    }));
    QCOMPARE(witness.living(), 0);
    QCOMPARE(witness.begun(), 1); // the stranger's alone
    QVERIFY(served.isAlive());
}

void OddEndsTest::answersWhoHasEndedItsSide()
{
    QFETCH(const Stack, stack);
    Served served(optionsOf(stack));
    RawClient client(served.port);
    client.send("POST /mirror HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc");
    client.endWriting();
    QCOMPARE(client.waitForAnswer().body, "abc");
    QTRY_VERIFY_WITH_TIMEOUT(served.server.connections().isEmpty(), Patience);
}

void OddEndsTest::forgetsWhoLeavesAFloodUnread()
{
    QFETCH(const Stack, stack);
    for (const End end : {End::Reset, End::HalfClose, End::Silence}) {
        Witness witness;
        Served served(optionsOf(stack), [&](const auto &app) { return witness.watch(app); });
        served.stopTime();
        RawClient client(served.port);
        QCOMPARE(client.open("/flood/").status, 101);
        client.readNoMoreThan(1000);
        client.send(text("go"));
        QTRY_VERIFY_WITH_TIMEOUT(!served.server.totals().dropped.isEmpty(), Patience);
        if (end == End::Reset)
            client.reset();
        else if (end == End::HalfClose)
            client.endWriting();
        QVERIFY(client.waitUntil([&] {
            served.turn(10s);
            return served.server.connections().isEmpty();
        }));
        QCOMPARE(witness.living(), 0);
        QCOMPARE(witness.faults(), 0);
        QVERIFY(served.isAlive());
    }
}

PARLOUR_TEST(OddEndsTest)
#include "tst_odd_ends.moc"
