// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/number_ranges.h"
#include "support/runner.h"

#include <QObject>
#include <QTest>

#include <limits>

using parlour::chat::NumberRanges;
using Range = NumberRanges::Range;

class NumberRangesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void neighboursBecomeOne_data()
    {
        constexpr qint64 Last = std::numeric_limits<qint64>::max();
        QTest::addColumn<QList<Range>>("added");
        QTest::addColumn<QList<Range>>("kept");
        QTest::newRow("next to each other") << QList<Range>{{1, 3}, {4, 4}} << QList<Range>{{1, 4}};
        QTest::newRow("the other way round")
            << QList<Range>{{4, 4}, {1, 3}} << QList<Range>{{1, 4}};
        QTest::newRow("one within another") << QList<Range>{{1, 9}, {3, 4}} << QList<Range>{{1, 9}};
        QTest::newRow("over several")
            << QList<Range>{{1, 2}, {5, 6}, {9, 9}, {2, 8}} << QList<Range>{{1, 9}};
        QTest::newRow("apart") << QList<Range>{{5, 6}, {1, 3}} << QList<Range>{{1, 3}, {5, 6}};
        QTest::newRow("no ranges") << QList<Range>{{0, 0}, {-4, 2}, {3, 2}} << QList<Range>{};
        QTest::newRow("as far as numbers go")
            << QList<Range>{{Last, Last}, {1, Last - 1}} << QList<Range>{{1, Last}};
    }

    void neighboursBecomeOne()
    {
        QFETCH(QList<Range>, added);
        QFETCH(QList<Range>, kept);
        NumberRanges ranges;
        for (const Range &range : added)
            ranges.add(range);
        QCOMPARE(ranges.ranges(), kept);
    }

    void holdWhatLiesInOne()
    {
        NumberRanges ranges;
        ranges.add({2, 4});
        ranges.add({6, 9});
        QVERIFY(ranges.hold(2, 4) && ranges.hold(7, 7));
        QVERIFY(!ranges.hold(1, 2) && !ranges.hold(4, 6) && !ranges.hold(5, 5));
    }

    void forgetTheBeginning()
    {
        NumberRanges ranges;
        ranges.add({2, 4});
        ranges.add({6, 9});
        ranges.dropBefore(7);
        QCOMPARE(ranges.ranges(), (QList<Range>{{7, 9}}));
    }

    void forgetTheEnd()
    {
        NumberRanges ranges;
        ranges.add({2, 4});
        ranges.add({6, 9});
        ranges.dropAfter(3);
        QCOMPARE(ranges.ranges(), (QList<Range>{{2, 3}}));
    }

    void sayHowFarTheyGo()
    {
        NumberRanges ranges;
        ranges.add({2, 4});
        QCOMPARE(ranges.lastFrom(2), 4);
        QCOMPARE(ranges.lastFrom(4), 4);
        QCOMPARE(ranges.lastFrom(1), 0);
        QCOMPARE(ranges.lastFrom(5), 0);
    }
};

PARLOUR_TEST(NumberRangesTest)
#include "tst_number_ranges.moc"
