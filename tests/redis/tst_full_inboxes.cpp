// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// What waits for an inbox that does not take it.
#include "redis/full_inboxes.h"
#include "support/runner.h"

#include <QObject>
#include <QTest>

using namespace std::chrono_literals;
using namespace parlour::redis;
using Cause = FullInboxes::Cause;

namespace {

const FullInboxes::Time Start = FullInboxes::Time() + 1h;

InboxCopy copyFor(const QByteArray &key, const QByteArray &member)
{
    return {{key, member, 100}, false, Start + 60s};
}

QByteArrayList membersOf(const auto &copies)
{
    QByteArrayList members;
    for (const InboxCopy &copy : copies)
        members.append(copy.stored.member);
    return members;
}

} // namespace

class FullInboxesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFirstTriesAgainAndTheOthersFollow()
    {
        FullInboxes inboxes(1s);
        inboxes.keep(copyFor("a", "1"), Cause::Full, Start);
        inboxes.keep(copyFor("a", "2"), Cause::Full, Start);
        inboxes.append(copyFor("a", "3"), Start);
        QVERIFY(inboxes.contains("a") && !inboxes.contains("b"));
        QVERIFY(inboxes.takeDue(Start + 49ms, 10).isEmpty());
        QCOMPARE(membersOf(inboxes.takeDue(Start + 50ms, 10)), QByteArrayList{"1"});
        QVERIFY(inboxes.isTrying("a"));
        QVERIFY2(inboxes.takeDue(Start + 10s, 10).isEmpty(), "one at a time");
        QCOMPARE(inboxes.size(), 2);
        QCOMPARE(membersOf(inboxes.release("a")), (QByteArrayList{"2", "3"}));
        QVERIFY(inboxes.isEmpty() && !inboxes.isTrying("a"));
    }

    void whoeverTriesInVainStaysTheFirst()
    {
        FullInboxes inboxes(10s);
        for (const char *member : {"1", "2"})
            inboxes.keep(copyFor("a", member), Cause::Full, Start);
        auto now = Start;
        for (const auto pause : {50ms, 100ms, 200ms, 200ms}) {
            QVERIFY2(inboxes.takeDue(now + pause - 1ms, 10).isEmpty(), "the pauses grow");
            now += pause;
            const auto due = inboxes.takeDue(now, 10);
            QCOMPARE(membersOf(due), QByteArrayList{"1"});
            inboxes.keep(due.constFirst(), Cause::Full, now);
        }
        QCOMPARE(membersOf(inboxes.releaseAll()), (QByteArrayList{"1", "2"}));
    }

    void inboxesWaitEachForItself()
    {
        FullInboxes inboxes(1s);
        for (const char *key : {"a", "b", "c"})
            inboxes.keep(copyFor(key, key), Cause::Full, Start);
        QCOMPARE(inboxes.takeDue(Start + 50ms, 2).size(), 2);
        QCOMPARE(inboxes.takeDue(Start + 50ms, 2).size(), 1);
    }

    void patienceEnds_data()
    {
        QTest::addColumn<Cause>("cause");
        QTest::addColumn<std::chrono::milliseconds>("patience");
        QTest::newRow("room is waited for a moment")
            << Cause::Full << std::chrono::milliseconds(1s);
        QTest::newRow("writing until the message expires")
            << Cause::Refused << std::chrono::milliseconds(60s);
    }
    void patienceEnds()
    {
        QFETCH(Cause, cause);
        QFETCH(std::chrono::milliseconds, patience);
        FullInboxes inboxes(1s);
        const auto tryInVain = [&](std::chrono::milliseconds after) {
            inboxes.keep(inboxes.takeDue(Start + after, 10).constFirst(), cause, Start + after);
            return inboxes.takeOverdue();
        };
        inboxes.keep(copyFor("a", "1"), cause, Start);
        inboxes.append(copyFor("a", "2"), Start + 50ms);
        QVERIFY(tryInVain(patience - 300ms).isEmpty());
        QVERIFY(tryInVain(patience - 1ms).isEmpty());
        const auto overdue = tryInVain(patience + 250ms);
        QCOMPARE(overdue.size(), 2);
        QCOMPARE(overdue.constFirst().copy.stored.member, "1");
        QCOMPARE(overdue.constFirst().cause, cause);
        QVERIFY(inboxes.isEmpty());
    }

    void nobodyIsGivenUpWhoWasNotRefusedMeanwhile()
    {
        FullInboxes inboxes(1s);
        inboxes.keep(copyFor("a", "1"), Cause::Full, Start);
        inboxes.append(copyFor("a", "2"), Start);
        inboxes.keep(inboxes.takeDue(Start + 900ms, 10).constFirst(), Cause::Full, Start + 900ms);
        inboxes.append(copyFor("a", "3"), Start + 950ms);
        QCOMPARE(inboxes.takeDue(Start + 30s, 10).size(), 1);
        QVERIFY(inboxes.takeOverdue().isEmpty());
        QCOMPARE(membersOf(inboxes.release("a")), (QByteArrayList{"2", "3"}));
    }

    void anotherCauseHasAnotherPatience()
    {
        FullInboxes inboxes(1s);
        inboxes.keep(copyFor("a", "1"), Cause::Refused, Start);
        inboxes.append(copyFor("a", "2"), Start);
        for (const auto after : {9s, 10s}) {
            QVERIFY(inboxes.takeOverdue().isEmpty());
            inboxes.keep(inboxes.takeDue(Start + after, 10).constFirst(), Cause::Full,
                         Start + after);
        }
        QCOMPARE(inboxes.takeOverdue().size(), 2);
    }
};

PARLOUR_TEST(FullInboxesTest)
#include "tst_full_inboxes.moc"
