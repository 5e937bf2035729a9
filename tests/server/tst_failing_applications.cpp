// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "server/exchanges.h"
#include "server/served.h"
#include "server/witness.h"
#include "support/runner.h"

#include <QRegularExpression>
#include <QTest>

using namespace parlour;
using namespace parlour::tests;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QByteArray asking(const QByteArray &path)
{
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
}

} // namespace

/// Applications that fail, say nothing or refuse, as a client sees them.
class FailingApplicationsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aBrokenAnswerCannotBeTakenForAWholeOne_data() { addStacks(); }
    void aBrokenAnswerCannotBeTakenForAWholeOne();
    void aHandlerThatThrowsClosesItsConnectionAlone_data();
    void aHandlerThatThrowsClosesItsConnectionAlone();
    void aHandlerThatThrowsBeforeTheAnswerIs500_data() { addStacks(); }
    void aHandlerThatThrowsBeforeTheAnswerIs500();
    void aSocketIsAcceptedWithHeaders_data() { addStacks(); }
    void aSocketIsAcceptedWithHeaders();
    void aRefusalIsSentAsItIs_data();
    void aRefusalIsSentAsItIs();
    void aSilentApplicationIsGivenUp_data() { addStacks(); }
    void aSilentApplicationIsGivenUp();
    void aSilentApplicationIsWaitedForByDefault_data() { addStacks(); }
    void aSilentApplicationIsWaitedForByDefault();
};

void FailingApplicationsTest::aBrokenAnswerCannotBeTakenForAWholeOne()
{
    QFETCH(const Stack, stack);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"failed: half-way"_s));
    Served served(optionsOf(stack));
    RawClient client(served.port);
    client.send(asking("/broken") + asking("/"));
    QVERIFY(client.waitForEnd());
    QVERIFY2(client.received().endsWith("\r\n\r\n5\r\nbegun\r\n"), client.received().constData());
    QVERIFY(client.received().startsWith("HTTP/1.1 200 OK\r\n"));
    QVERIFY(served.isAlive());
}

void FailingApplicationsTest::aHandlerThatThrowsClosesItsConnectionAlone_data()
{
    QTest::addColumn<Stack>("stack");
    QTest::addColumn<QByteArray>("said");
    QTest::addColumn<bool>("isToTheRoom");
    for (const auto &[name, stack] : stacks()) {
        QTest::addRow("%s: an exception", name.constData()) << stack << QByteArray("go") << false;
        QTest::addRow("%s: something else", name.constData())
            << stack << QByteArray("odd") << false;
        QTest::addRow("%s: in a layer's handler", name.constData())
            << stack << QByteArray("go") << true;
    }
}

void FailingApplicationsTest::aHandlerThatThrowsClosesItsConnectionAlone()
{
    QFETCH(const Stack, stack);
    QFETCH(const QByteArray, said);
    QFETCH(const bool, isToTheRoom);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"a consumer for.*failed"_s));
    Served served(optionsOf(stack));
    RawClient failing(served.port);
    RawClient other(served.port);
    QCOMPARE(failing.open("/throw/").status, 101);
    QCOMPARE(other.open("/room/").status, 101);
    QVERIFY(other.waitUntil([&] { return served.layer.groups().value(0).members == 2; }));
    (isToTheRoom ? other : failing).send(text(said));
    if (isToTheRoom)
        QCOMPARE(other.waitForFrame().value_or(Frame{}).payload, said);
    else
        QCOMPARE(failing.waitForFrame().value_or(Frame{}).payload, "heard");
    const auto frame = failing.waitForFrame();
    QVERIFY(frame);
    QCOMPARE(frame->closeCode(), 1011);
    QCOMPARE(frame->closeReason(), "the host made a mistake");
    QVERIFY(failing.waitForEnd());
    QVERIFY(!failing.wasReset());
    QCOMPARE(served.layer.groups().value(0).members, 1);
    other.send(text("still here"));
    QCOMPARE(other.waitForFrame().value_or(Frame{}).payload, "still here");
}

void FailingApplicationsTest::aHandlerThatThrowsBeforeTheAnswerIs500()
{
    QFETCH(const Stack, stack);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"a consumer for.*failed"_s));
    Served served(optionsOf(stack));
    RawClient client(served.port);
    const auto answer = client.open("/throw/?connected");
    QCOMPARE(answer.status, 500);
    QCOMPARE(answer.body, "Internal Server Error\n");
    QVERIFY(client.waitForEnd());
    QVERIFY(served.layer.groups().isEmpty());
    QVERIFY(served.isAlive());
}

void FailingApplicationsTest::aSocketIsAcceptedWithHeaders()
{
    QFETCH(const Stack, stack);
    Served served(optionsOf(stack));
    RawClient client(served.port);
    const auto answer = client.open("/headers/");
    QCOMPARE(answer.status, 101);
    const QByteArray head = answer.head.toLower();
    QVERIFY2(head.contains("\r\nx-tiny: one\r\n"), head.constData());
    QVERIFY2(head.contains("\r\nset-cookie: a=1\r\nset-cookie: b=2\r\n"), head.constData());
    client.send(text("and on"));
    QCOMPARE(client.waitForFrame().value_or(Frame{}).payload, "and on");
}

void FailingApplicationsTest::aRefusalIsSentAsItIs_data()
{
    QTest::addColumn<Stack>("stack");
    QTest::addColumn<QByteArray>("sent");
    for (const auto &[name, stack] : stacks()) {
        QTest::addRow("%s: to a page", name.constData()) << stack << asking("/refused");
        QTest::addRow("%s: to a socket", name.constData()) << stack << handshake("/refused/");
    }
}

void FailingApplicationsTest::aRefusalIsSentAsItIs()
{
    QFETCH(const Stack, stack);
    QFETCH(const QByteArray, sent);
    Served served(optionsOf(stack));
    RawClient client(served.port);
    client.send(sent);
    const auto answer = client.waitForAnswer();
    QCOMPARE(answer.status, 403);
    QCOMPARE(answer.body, RefusedPage);
    const QByteArray head = answer.head.toLower();
    QCOMPARE(head.count("\r\ncontent-type: "), 1);
    QVERIFY2(head.contains("\r\ncontent-type: text/html\r\n"), head.constData());
    QVERIFY(client.waitForEnd());
    QCOMPARE(client.received(), "");
}

void FailingApplicationsTest::aSilentApplicationIsGivenUp()
{
    QFETCH(const Stack, stack);
    StackOptions options = optionsOf(stack);
    options.answerTimeout = 90s;
    Witness witness;
    Served served(options, [&](const auto &application) { return witness.watch(application); });
    served.stopTime();
    RawClient waiting(served.port);
    RawClient begun(served.port);
    waiting.send("POST /waiting HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc");
    begun.send(asking("/unfinished"));
    QVERIFY(begun.waitUntil([&] { return begun.received().contains("begun"); }));
    QVERIFY(begun.waitUntil([&] { return witness.begun() == 2; }));
    QVERIFY(served.isAlive());
    served.turn(89s);
    QVERIFY(served.isAlive());
    QVERIFY(!waiting.hasEnded());
    served.turn(1s);
    const auto answer = waiting.waitForAnswer();
    QCOMPARE(answer.status, 503);
    QCOMPARE(answer.body, "The host did not answer in time. Try again later.\n");
    QVERIFY(waiting.waitForEnd());
    QVERIFY(!begun.hasEnded()); // that one has all the time it wants
    QCOMPARE(witness.faults(), 0);
}

void FailingApplicationsTest::aSilentApplicationIsWaitedForByDefault()
{
    QFETCH(const Stack, stack);
    Witness witness;
    Served served(optionsOf(stack),
                  [&](const auto &application) { return witness.watch(application); });
    served.stopTime();
    RawClient waiting(served.port);
    waiting.send(asking("/waiting"));
    QVERIFY(waiting.waitUntil([&] { return witness.begun() == 1; }));
    served.turn(24h);
    QVERIFY(served.isAlive());
    QVERIFY(!waiting.hasEnded());
}

PARLOUR_TEST(FailingApplicationsTest)
#include "tst_failing_applications.moc"
