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
} // namespace

/// Changes that came before their messages.
class WaitingChangesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theyAreTakenOnce();
    void theyAreBounded_data();
    void theyAreBounded();
    void whatIsSaidIsAsTheyMadeIt();
    void whatNobodyMayDoIsNotDone();
    void whatIsDeletedIsNotSaid();
};

void WaitingChangesTest::theyAreTakenOnce()
{
    WaitingChanges waiting;
    const Change first = reactionTo(u"A"_s, u"👍"_s);
    waiting.add(first);
    waiting.add(reactionTo(u"b"_s, u"👍"_s));
    waiting.add(first); // told again
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
        waiting.add(editOf(u"a"_s, u"%1"_s.arg(i, 4)));
    const QList<Change> left = waiting.take(Room, u"a"_s);
    QCOMPARE(left.size(), 10);
    QCOMPARE(left.constFirst().text, u" 990"_s);
    waiting.add(editOf(u"a"_s, u"more"_s));
    QCOMPARE(waiting.take(Room, u"a"_s).size(), 1);
}

void WaitingChangesTest::whatIsSaidIsAsTheyMadeIt()
{
    WaitingChanges waiting;
    Change edit = editOf(u"a"_s, u"new"_s);
    edit.time = 2000;
    waiting.add(edit);
    waiting.add(reactionTo(u"a"_s, u"👍"_s));
    Utterance said = utterance(u"a"_s, u"old"_s);
    QVERIFY(waiting.applyTo(said));
    QCOMPARE(said.text, u"new"_s);
    QCOMPARE(said.json, QByteArray("\"new\""));
    QCOMPARE(said.edited, 2000);
    QCOMPARE(said.reactions.size(), 1);
}

void WaitingChangesTest::whatNobodyMayDoIsNotDone()
{
    WaitingChanges waiting;
    for (Change change : {editOf(u"a"_s, u"new"_s), deletionOf(u"a"_s)}) {
        change.by.id = u"p-2"_s;
        waiting.add(change);
    }
    Utterance said = utterance(u"a"_s, u"old"_s);
    QVERIFY(waiting.applyTo(said));
    QCOMPARE(said.text, u"old"_s);
}

void WaitingChangesTest::whatIsDeletedIsNotSaid()
{
    WaitingChanges waiting;
    waiting.add(deletionOf(u"a"_s));
    waiting.add(editOf(u"a"_s, u"new"_s));
    Utterance said = utterance(u"a"_s, u"old"_s);
    QVERIFY(!waiting.applyTo(said));
}

PARLOUR_TEST(WaitingChangesTest)
#include "tst_waiting_changes.moc"
