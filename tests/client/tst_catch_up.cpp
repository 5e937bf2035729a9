// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/catch_up.h"
#include "support/runner.h"

#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour::chat;
using parlour::client::CatchUp;

namespace {

const QString Epoch = u"e-1"_s;

ChatMessage numbered(qint64 number, const QString &epoch = Epoch)
{
    return {u"general"_s, QString::number(number), epoch, number, {u"p"_s, u"Ann"_s}, 1, u"x"_s};
}

HistoryFrame partOf(qint64 after, const QList<qint64> &numbers, bool more = false,
                    bool lost = false, const QString &epoch = Epoch)
{
    HistoryFrame part{u"general"_s, epoch, {}, after, {}, more, lost};
    for (const qint64 number : numbers)
        part.messages.append(numbered(number, epoch));
    return part;
}

QList<qint64> numbersOf(const CatchUp::Taken &taken)
{
    QList<qint64> numbers;
    for (const ChatMessage &message : taken.news)
        numbers.append(message.number);
    return numbers;
}

/// A client that has messages up to 12 of a host whose log stands at 15.
CatchUp returning()
{
    CatchUp room(Position{Epoch, 12});
    room.begin();
    room.setEnd({Epoch, 15});
    return room;
}

} // namespace

/// In order, without a hole and nothing twice.
class CatchUpTest : public QObject
{
    Q_OBJECT

    using Next = CatchUp::Next;

private Q_SLOTS:
    void aNewcomerBeginsWithThePageThatItGets()
    {
        CatchUp room;
        room.begin();
        room.setEnd({Epoch, 9});
        HistoryFrame page = partOf(0, {7, 8, 9});
        page.after.reset();
        page.more = true; // there are older ones
        const auto taken = room.take(page);
        QCOMPARE(numbersOf(taken), (QList<qint64>{7, 8, 9}));
        QVERIFY(!taken.isLost && taken.next == Next::Nothing && room.isComplete());
        QCOMPARE(numbersOf(room.take(numbered(10))), QList<qint64>{10});
    }

    void anEmptyRoomBeginsWhereTheLogStands()
    {
        CatchUp room;
        room.begin();
        room.setEnd({Epoch, 4}); // forgotten
        HistoryFrame page = partOf(0, {});
        page.after.reset();
        QVERIFY(!room.take(page).isLost);
        QCOMPARE(numbersOf(room.take(numbered(5))), QList<qint64>{5});
    }

    void partsFollowEachOther()
    {
        CatchUp room = returning();
        auto taken = room.take(partOf(12, {13, 14}, true));
        QVERIFY(taken.next == Next::AskForMore && !room.isComplete());
        QCOMPARE(room.done(), 2);
        QCOMPARE(room.total(), 3);
        taken = room.take(partOf(14, {15}));
        QCOMPARE(numbersOf(taken), QList<qint64>{15});
        QVERIFY(room.isComplete());
    }

    void whatComesTwiceIsTakenOnce()
    {
        CatchUp room = returning();
        QCOMPARE(numbersOf(room.take(partOf(12, {11, 12, 13, 13, 14}, true))),
                 (QList<qint64>{13, 14}));
        QCOMPARE(numbersOf(room.take(partOf(12, {13, 14, 15}))), QList<qint64>{15});
        QVERIFY(room.take(numbered(15)).news.isEmpty());
    }

    void nothingIsTakenBeforeTheLastPart()
    {
        CatchUp room = returning();
        QVERIFY(room.take(numbered(13)).news.isEmpty()); // of the visit before
        room.take(partOf(12, {13}, true));
        const auto taken = room.take(numbered(14));
        QVERIFY(taken.news.isEmpty() && taken.next == Next::Nothing);
    }

    void aHoleIsAskedForAgain_data()
    {
        QTest::addColumn<HistoryFrame>("part");
        QTest::addColumn<QList<qint64>>("numbers");
        QTest::newRow("at the beginning") << partOf(12, {14, 15}) << QList<qint64>{};
        QTest::newRow("in the middle") << partOf(12, {13, 15}) << QList<qint64>{13};
        QTest::newRow("out of order") << partOf(12, {14, 13}) << QList<qint64>{};
    }

    void aHoleIsAskedForAgain()
    {
        QFETCH(HistoryFrame, part);
        QFETCH(QList<qint64>, numbers);
        CatchUp room = returning();
        const auto taken = room.take(part);
        QCOMPARE(numbersOf(taken), numbers);
        QVERIFY(taken.next == Next::JoinAgain && !room.isComplete() && !taken.isLost);
    }

    void aHoleInWhatIsSaidIsAskedForAgain()
    {
        CatchUp room = returning();
        room.take(partOf(12, {13, 14, 15}));
        auto taken = room.take(numbered(17));
        QVERIFY(taken.next == Next::JoinAgain && taken.news.isEmpty());
        QVERIFY(room.take(numbered(18)).news.isEmpty());
        room.setEnd({Epoch, 18});
        QCOMPARE(numbersOf(room.take(partOf(15, {16, 17, 18}))), (QList<qint64>{16, 17, 18}));
    }

    void aHoleThatStaysIsALoss()
    {
        CatchUp room = returning();
        QVERIFY(room.take(partOf(12, {14, 15})).next == Next::JoinAgain);
        const auto taken = room.take(partOf(12, {14, 15}));
        QCOMPARE(numbersOf(taken), (QList<qint64>{14, 15}));
        QVERIFY(taken.isLost && room.isComplete());
    }

    void numbersOfChangesAreNoHoles()
    {
        CatchUp room = returning();
        HistoryFrame part = partOf(12, {14});
        part.first = 13;
        part.number = 15;
        part.changed = {numbered(3)};
        const auto taken = room.take(part);
        QCOMPARE(numbersOf(taken), QList<qint64>{14});
        QCOMPARE(taken.changed.size(), 1);
        QCOMPARE(*room.position(), (Position{Epoch, 15}));
        QCOMPARE(numbersOf(room.take(numbered(16))), QList<qint64>{16});
    }

    void aPartThatBeginsTooLateIsAskedForAgain()
    {
        CatchUp room = returning();
        HistoryFrame part = partOf(12, {15});
        part.first = 14;
        part.number = 15;
        QVERIFY(room.take(part).next == Next::JoinAgain);
        const auto taken = room.take(part);
        QVERIFY(taken.isLost && room.isComplete());
        QCOMPARE(numbersOf(taken), QList<qint64>{15});
    }

    void aChangeStandsInTheOrderOfTheMessages()
    {
        CatchUp room = returning();
        room.take(partOf(12, {13, 14, 15}));
        ChangedFrame change{u"general"_s, Epoch, 16, u"c"_s, u"edit"_s, {}, numbered(3)};
        QCOMPARE(room.take(change).changed.size(), 1);
        QVERIFY2(room.take(change).changed.isEmpty(), "it came before");
        QCOMPARE(numbersOf(room.take(numbered(17))), QList<qint64>{17});
        change.number = 19;
        QVERIFY(room.take(change).next == Next::JoinAgain);
    }

    void aLossIsHandedOn_data()
    {
        QTest::addColumn<HistoryFrame>("part");
        QTest::addColumn<Position>("position");
        QTest::newRow("in the epoch") << partOf(12, {30, 31}, false, true) << Position{Epoch, 31};
        QTest::newRow("another epoch")
            << partOf(12, {1, 2}, false, true, u"e-2"_s) << Position{u"e-2"_s, 2};
        QTest::newRow("another epoch that a host does not call a loss")
            << partOf(12, {1, 2}, false, false, u"e-2"_s) << Position{u"e-2"_s, 2};
        QTest::newRow("nothing is left") << partOf(12, {}, false, true) << Position{Epoch, 15};
        QTest::newRow("nothing is left of another epoch")
            << partOf(12, {}, false, true, u"e-2"_s) << Position{u"e-2"_s, 0};
    }

    void aLossIsHandedOn()
    {
        QFETCH(HistoryFrame, part);
        QFETCH(Position, position);
        CatchUp room = returning();
        const auto taken = room.take(part);
        QVERIFY(taken.isLost && room.isComplete());
        QCOMPARE(taken.news.size(), part.messages.size());
        QCOMPARE(*room.position(), position);
    }
};

PARLOUR_TEST(CatchUpTest)
#include "tst_catch_up.moc"
