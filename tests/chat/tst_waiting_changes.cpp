// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/waiting_changes.h"
#include "room_log_contract.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour;
using namespace parlour::chat;
using namespace parlour::tests;

namespace {
const QString Room = u"general"_s;
constexpr auto Live = WaitingChanges::Cause::Live;
} // namespace

/// Changes that came before their messages.
class WaitingChangesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theyAreTakenOnce();
    void theyAreBounded_data();
    void theyAreBounded();
    void whoTellsMuchHindersHimselfAlone_data();
    void whoTellsMuchHindersHimselfAlone();
    void whatIsSaidIsAsTheyMadeIt();
    void whatNobodyMayDoIsNotDone();
    void whatIsDeletedIsNotSaid();
};

void WaitingChangesTest::theyAreTakenOnce()
{
    WaitingChanges waiting;
    const Change first = reactionTo(u"A"_s, u"👍"_s);
    waiting.add(first, Live);
    waiting.add(reactionTo(u"b"_s, u"👍"_s), Live);
    waiting.add(first, Live); // told again
    QVERIFY(waiting.take(u"attic"_s, u"a"_s).isEmpty());
    QCOMPARE(waiting.take(Room, u"a"_s).size(), 1);
    QVERIFY(waiting.take(Room, u"a"_s).isEmpty());
    QCOMPARE(waiting.take(Room, u"b"_s).size(), 1);
}

void WaitingChangesTest::theyAreBounded_data()
{
    QTest::addColumn<WaitingChangesOptions>("options");
    QTest::newRow("in number") << WaitingChangesOptions{.most = 10};
    QTest::newRow("in bytes") << WaitingChangesOptions{.mostBytes = 10 * 8}; // of four characters
}

void WaitingChangesTest::theyAreBounded()
{
    QFETCH(WaitingChangesOptions, options);
    WaitingChanges waiting(options);
    for (int i = 0; i < 1000; ++i)
        waiting.add(editOf(u"a"_s, u"%1"_s.arg(i, 4)), Live);
    const QList<Change> left = waiting.take(Room, u"a"_s);
    QCOMPARE(left.size(), 10);
    QCOMPARE(left.constFirst().text, u" 990"_s);
    waiting.add(editOf(u"a"_s, u"more"_s), Live);
    QCOMPARE(waiting.take(Room, u"a"_s).size(), 1);
}

void WaitingChangesTest::whoTellsMuchHindersHimselfAlone_data()
{
    QTest::addColumn<QString>("host");
    QTest::newRow("another host") << u"east"_s;
    QTest::newRow("the same one, when it is asked") << u"south"_s;
}

void WaitingChangesTest::whoTellsMuchHindersHimselfAlone()
{
    QFETCH(QString, host);
    WaitingChanges waiting({.most = 10});
    Change awaited = editOf(u"a"_s, u"new"_s);
    awaited.origin = u"south"_s;
    QVERIFY(waiting.add(awaited, Live).isEmpty());
    int gone = 0;
    for (int i = 0; i < 100; ++i) {
        Change other = editOf(u"long gone"_s, u"x"_s);
        other.origin = host;
        gone += int(waiting.add(other, WaitingChanges::Cause::Asked).size());
    }
    QCOMPARE(gone, 91);
    QCOMPARE(waiting.take(Room, u"a"_s).size(), 1);
    QCOMPARE(waiting.take(Room, u"long gone"_s).size(), 9);
}

void WaitingChangesTest::whatIsSaidIsAsTheyMadeIt()
{
    WaitingChanges waiting;
    Change edit = editOf(u"a"_s, u"new"_s);
    edit.time = 2000;
    waiting.add(edit, Live);
    waiting.add(reactionTo(u"a"_s, u"👍"_s), Live);
    Utterance said = utterance(u"a"_s, u"old"_s);
    waiting.applyTo(said);
    QCOMPARE(said.text, u"new"_s);
    QCOMPARE(said.json, QByteArray("\"new\""));
    QCOMPARE(said.edited, 2000);
    QVERIFY(!said.deletion);
    QVERIFY(said.reactions.isEmpty()); // whose times the log is to know
    QCOMPARE(waiting.take(Room, u"a"_s).size(), 2); // where it cannot be kept, it comes again
}

void WaitingChangesTest::whatNobodyMayDoIsNotDone()
{
    WaitingChanges waiting;
    for (Change change : {editOf(u"a"_s, u"new"_s), deletionOf(u"a"_s)}) {
        change.by.id = u"p-2"_s;
        waiting.add(change, Live);
    }
    Utterance said = utterance(u"a"_s, u"old"_s);
    waiting.applyTo(said);
    QCOMPARE(said.text, u"old"_s);
    QVERIFY(!said.deletion);
}

void WaitingChangesTest::whatIsDeletedIsNotSaid()
{
    WaitingChanges waiting;
    waiting.add(deletionOf(u"a"_s), Live);
    waiting.add(editOf(u"a"_s, u"new"_s), Live);
    Utterance said = utterance(u"a"_s, u"old"_s);
    waiting.applyTo(said);
    QVERIFY(said.deletion);
}

PARLOUR_TEST(WaitingChangesTest)
#include "tst_waiting_changes.moc"
