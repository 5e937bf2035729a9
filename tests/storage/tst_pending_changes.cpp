// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "storage/pending_changes.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using parlour::storage::PendingChanges;

/// What a file is still to be told: "old" is in it from the beginning.
class PendingChangesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_changes = PendingChanges<QString, int>({u"old"_s}); }

    void theNewestValueIsTaken()
    {
        m_changes.set(u"a"_s, 1);
        m_changes.set(u"a"_s, 2);
        const auto taken = m_changes.take();
        QCOMPARE(taken.size(), 1);
        QCOMPARE(taken.value(u"a"_s), std::optional(2));
        QVERIFY(m_changes.isEmpty());
    }

    void whatTheFileNeverHadNeedsNoRemoval()
    {
        m_changes.set(u"a"_s, 1);
        m_changes.remove(u"a"_s);
        QVERIFY(m_changes.isEmpty());
        m_changes.remove(u"old"_s);
        QVERIFY(m_changes.take().contains(u"old"_s));
    }

    void whatIsOnItsWayIsRemovedBehindThat()
    {
        m_changes.set(u"a"_s, 1);
        m_changes.take();
        m_changes.remove(u"a"_s);
        m_changes.written();
        QCOMPARE(m_changes.take(), (Changes{{u"a"_s, std::nullopt}}));
        m_changes.written();
        m_changes.remove(u"a"_s);
        QVERIFY(m_changes.isEmpty());
    }

    void whatFailedIsTakenAgain()
    {
        m_changes.set(u"a"_s, 1);
        m_changes.remove(u"old"_s);
        const auto taken = m_changes.take();
        m_changes.failed();
        QCOMPARE(m_changes.take(), taken);
    }

    void whatChangedMeanwhileIsNewer()
    {
        m_changes.set(u"a"_s, 1);
        m_changes.set(u"b"_s, 1);
        m_changes.take();
        m_changes.set(u"a"_s, 2);
        m_changes.failed();
        QCOMPARE(m_changes.take(), (Changes{{u"a"_s, 2}, {u"b"_s, 1}}));
    }

    // However many rooms come and go while the disk is full.
    void comingAndGoingLeavesNothing()
    {
        for (int i = 0; i < 100; ++i) {
            m_changes.set(QString::number(i), i);
            m_changes.take();
            m_changes.remove(QString::number(i));
            m_changes.failed();
        }
        QVERIFY(m_changes.isEmpty());
    }

private:
    using Changes = PendingChanges<QString, int>::Changes;
    PendingChanges<QString, int> m_changes{{}};
};

PARLOUR_TEST(PendingChangesTest)
#include "tst_pending_changes.moc"
