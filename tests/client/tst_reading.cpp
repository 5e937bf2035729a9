// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/fake_host.h"
#include "client/read_marks.h"
#include "client/typing_throttle.h"
#include "support/runner.h"

#include <QObject>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour::chat;
using parlour::client::HostClient;
using parlour::client::ReadMarks;
using parlour::client::TypingThrottle;
using parlour::tests::FakeHost;
using parlour::tests::quickOptions;

namespace {

constexpr int Patience = 30000;
const QString Hall = u"hall"_s;
const QString Epoch = u"e-1"_s;

QJsonObject readFrame(qint64 number)
{
    return {{u"type"_s, u"read"_s}, {u"room"_s, Hall}, {u"epoch"_s, Epoch}, {u"number"_s, number}};
}

} // namespace

/// What a client tells of its person beside what is said.
class ReadingTest : public QObject
{
    Q_OBJECT

    static bool isIn(HostClient &client)
    {
        const QSignalSpy members(&client, &HostClient::members);
        client.join(Hall);
        client.open();
        return QTest::qWaitFor([&] { return !members.isEmpty(); }, Patience);
    }

private Q_SLOTS:
    void typingIsToldOnceInThreeSeconds()
    {
        TypingThrottle throttle;
        QVERIFY(!throttle.note(Hall, false, 0ms));
        QVERIFY(throttle.note(Hall, true, 0ms));
        QVERIFY(!throttle.note(Hall, true, 2999ms));
        QVERIFY(throttle.note(u"den"_s, true, 2999ms));
        QVERIFY(throttle.note(Hall, true, 3000ms));
        QVERIFY(throttle.note(Hall, false, 3001ms));
        QVERIFY(!throttle.note(Hall, false, 3002ms));
        QVERIFY(throttle.note(Hall, true, 3003ms));
    }

    void typingCanBeKeptToOneself()
    {
        FakeHost host;
        HostClient client(host.address(), quickOptions());
        QVERIFY(isIn(client));
        client.setTellsTyping(false);
        client.setTyping(Hall, true);
        client.setTyping(Hall, false);
        client.setTellsTyping(true);
        client.setTyping(u"elsewhere"_s, true);
        client.setTyping(Hall, true);
        client.setTyping(Hall, true);
        client.setTyping(Hall, false);
        QTRY_COMPARE_WITH_TIMEOUT(host.received(u"typing"_s).size(), 2, Patience);
        QCOMPARE(host.received(u"typing"_s).first()["room"_L1].toString(), Hall);
        QVERIFY(host.received(u"typing"_s).first()["typing"_L1].toBool());
        QVERIFY(!host.received(u"typing"_s).last()["typing"_L1].toBool());
    }

    void whoKeepsTypingToOneselfInTheMiddleIsSeenToStop()
    {
        FakeHost host;
        HostClient client(host.address(), quickOptions());
        QVERIFY(isIn(client));
        client.setTyping(Hall, true);
        client.setTellsTyping(false);
        QTRY_COMPARE_WITH_TIMEOUT(host.received(u"typing"_s).size(), 2, Patience);
        QCOMPARE(host.received(u"typing"_s).last()["room"_L1].toString(), Hall);
        QVERIFY(!host.received(u"typing"_s).last()["typing"_L1].toBool());
        client.setTyping(Hall, false); // was told
        client.setTellsTyping(true);
        client.setTyping(Hall, true);
        QTRY_COMPARE_WITH_TIMEOUT(host.received(u"typing"_s).size(), 3, Patience);
        QVERIFY(host.received(u"typing"_s).last()["typing"_L1].toBool());
    }

    void marksNeverGoBack()
    {
        ReadMarks marks;
        QVERIFY(marks.see(Hall, {Epoch, 5}));
        QVERIFY(!marks.see(Hall, {Epoch, 4}));
        QVERIFY(!marks.hear(Hall, {Epoch, 5}, Epoch));
        QVERIFY(!marks.hear(Hall, {u"of before"_s, 90}, Epoch));
        QCOMPARE(marks.take({Hall}).size(), 1);
        QVERIFY(marks.take({Hall}).isEmpty());
        QVERIFY(marks.hear(Hall, {Epoch, 7}, Epoch));
        QVERIFY2(marks.take({Hall}).isEmpty(), "the host has said it");
        QVERIFY(marks.hear(Hall, {u"new"_s, 1}, u"new"_s));
        QCOMPARE(marks.of(Hall)->epoch, u"new"_s);
    }

    void whatTheHostForgotIsToldAgain()
    {
        ReadMarks marks;
        marks.restore(Hall, {Epoch, 5});
        marks.tellAgain(Hall, Position{Epoch, 5}, Epoch);
        marks.tellAgain(Hall, {}, u"another"_s);
        QVERIFY(marks.take({Hall}).isEmpty());
        marks.tellAgain(Hall, Position{Epoch, 3}, Epoch);
        QCOMPARE(marks.take({Hall, u"den"_s}).first().position.number, 5);
    }

    void theHostHearsTheLastOfWhatWasRead()
    {
        FakeHost host;
        HostClient client(host.address(), quickOptions());
        QVERIFY(isIn(client));
        client.markRead(Hall, {Epoch, 1});
        client.markRead(Hall, {Epoch, 3});
        QTRY_COMPARE_WITH_TIMEOUT(host.received(u"read"_s).size(), 1, Patience);
        QCOMPARE(host.received(u"read"_s).first()["number"_L1].toInteger(), 3);
    }

    void whatWasReadOfflineIsToldLater()
    {
        FakeHost host;
        HostClient client(host.address(), quickOptions());
        QVERIFY(isIn(client));
        host.vanish();
        QTRY_VERIFY_WITH_TIMEOUT(client.link().state != LinkState::Online, Patience);
        client.markRead(Hall, {Epoch, 2});
        host.start();
        QTRY_COMPARE_WITH_TIMEOUT(host.received(u"read"_s).size(), 1, Patience);
        QCOMPARE(host.received(u"read"_s).first()["number"_L1].toInteger(), 2);
    }

    void anotherDeviceIsHeard()
    {
        FakeHost host;
        host.keep(Hall, u"m-1"_s, u"hello"_s);
        HostClient client(host.address(), quickOptions());
        const QSignalSpy heard(&client, &HostClient::readElsewhere);
        QVERIFY(isIn(client));
        host.send(readFrame(1));
        QTRY_COMPARE_WITH_TIMEOUT(heard.size(), 1, Patience);
        QCOMPARE(*client.read(Hall), (Position{Epoch, 1}));
        client.markRead(Hall, {Epoch, 1});
        client.markRead(Hall, {Epoch, 2});
        QTRY_COMPARE_WITH_TIMEOUT(host.received(u"read"_s).size(), 1, Patience);
        QCOMPARE(host.received(u"read"_s).first()["number"_L1].toInteger(), 2);
    }

    void whoWritesIsHeard()
    {
        FakeHost host;
        HostClient client(host.address(), quickOptions());
        const QSignalSpy typing(&client, &HostClient::typing);
        QVERIFY(isIn(client));
        host.send({{u"type"_s, u"typing"_s},
                   {u"room"_s, Hall},
                   {u"person"_s, QJsonObject{{u"id"_s, u"p-9"_s}, {u"name"_s, u"Priya"_s}}},
                   {u"typing"_s, true}});
        QTRY_COMPARE_WITH_TIMEOUT(typing.size(), 1, Patience);
        QCOMPARE(typing.first().first().value<PersonTypingFrame>().person.name, u"Priya"_s);
    }
};

PARLOUR_TEST(ReadingTest)
#include "tst_reading.moc"
