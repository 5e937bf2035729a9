// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "models/message_list_model.h"
#include "support/runner.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using parlour::chat::ChatMessage;
using parlour::models::MessageListModel;

namespace {

const QString Former = u"e-1"_s;
const QString Present = u"e-2"_s;
constexpr qint64 Last = 1500; ///< what was said in the room
constexpr qint64 Shift = 10; ///< so much lower are the numbers that the host gave anew

ChatMessage message(qint64 number)
{
    return {u"general"_s,           u"m-%1"_s.arg(number), Former, number,
            {u"p-ann"_s, u"Ann"_s}, 1795262460000,         u"x"_s};
}

QList<ChatMessage> said(qint64 first, qint64 last)
{
    QList<ChatMessage> list;
    for (qint64 number = first; number <= last; ++number)
        list.append(message(number));
    return list;
}

/// As the host tells them now.
QList<ChatMessage> anew(QList<ChatMessage> messages)
{
    for (ChatMessage &one : messages) {
        one.epoch = Present;
        one.number -= Shift;
    }
    return messages;
}

MessageListModel::Page formerPage(qint64 first, qint64 last)
{
    return {Former, said(first, last), first, last};
}

MessageListModel::Page presentPage(qint64 first, qint64 last)
{
    return {Present, anew(said(first, last)), first - Shift, last - Shift, true};
}

qint64 saidAt(const MessageListModel &model, int row)
{
    return model.index(row).data(MessageListModel::IdRole).toString().mid(2).toLongLong();
}

/// What the rows were called in the beginning, as runs; * marks a gap above.
QString runsOf(const MessageListModel &model)
{
    QStringList runs;
    qint64 before = -1;
    for (int row = 0; row < model.rowCount(); ++row) {
        const qint64 number = saidAt(model, row);
        const bool isGap = model.index(row).data(MessageListModel::GapRole).toBool();
        if (number != before + 1 || isGap)
            runs.append((isGap ? u"*%1"_s : u"%1"_s).arg(number));
        else
            runs.last() = u"%1-%2"_s.arg(runs.last().section(u'-', 0, 0)).arg(number);
        before = number;
    }
    return runs.join(u' ');
}

} // namespace

/// A window that stands elsewhere in a room whose host numbers anew what it saved of it.
class RenumberedWindowTest : public QObject
{
    Q_OBJECT

    /// The end of the log, from that message on.
    void tellFrom(qint64 first, qint64 last = Last)
    {
        m_end = last;
        m_model->cover(Present, {first - Shift, last - Shift});
        m_model->setHistory(Present, anew(said(first, last)));
        m_model->setEnd({Present, last - Shift});
    }
    /// Pages come at once: of the host, and of what is kept of former numbers up to `kept`.
    void serve(qint64 kept)
    {
        connect(m_model.get(), &MessageListModel::olderWanted, this,
                [this](const QString &epoch, qint64 number) {
                    const qint64 before = epoch == Present ? number + Shift : number;
                    m_model->addOlder(number,
                                      epoch == Present ? presentPage(before - 100, before - 1)
                                                       : formerPage(before - 100, before - 1));
                });
        connect(m_model.get(), &MessageListModel::newerWanted, this,
                [this, kept](const QString &epoch, qint64 number) {
                    const qint64 first = epoch == Present ? number + Shift + 1 : number + 1;
                    const bool isKept = epoch == Former && first <= kept;
                    m_model->addNewer(number,
                                      isKept ? formerPage(first, std::min(first + 99, kept))
                                             : presentPage(first, std::min(first + 99, m_end)));
                });
    }
    void goDown()
    {
        QTRY_VERIFY([this] {
            m_model->setReading(m_model->rowCount() - 5);
            m_model->wantNewer();
            return !m_model->isDetached() || runsOf(*m_model).contains(u'*');
        }());
    }

    qint64 m_end = Last; ///< what was said by then
    std::unique_ptr<MessageListModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;

private Q_SLOTS:
    void init()
    {
        m_model = std::make_unique<MessageListModel>();
        m_tester = std::make_unique<QAbstractItemModelTester>(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        m_model->setSelf(u"p-self"_s);
        m_end = Last;
    }

    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
    }

    /// The rows out of sight have former numbers yet where those in sight were told again.
    void nothingIsMissingBelowWhatWasToldAgain()
    {
        m_model->setHistory(Former, said(1001, Last));
        m_model->setReading(3);
        m_model->addOlder(1001, formerPage(901, 1000));
        QVERIFY(m_model->isDetached());
        tellFrom(1351);
        serve(0);
        while (saidAt(*m_model, 0) > 801) {
            m_model->setReading(3);
            m_model->wantOlder();
        }
        QCOMPARE(runsOf(*m_model), u"801-1300"_s);
        goDown();
        QCOMPARE(runsOf(*m_model), u"1001-1500"_s);
        QCOMPARE(m_model->lastNumber(), Last - Shift);
    }

    void norWhereWhatIsOutOfSightBegins_data()
    {
        QTest::addColumn<qint64>("kept");
        QTest::addColumn<QString>("rows");
        QTest::newRow("all above is kept") << qint64(1400) << u"1201-1500"_s;
        QTest::newRow("the last one above is not") << qint64(1399) << u"1201-1399 *1401-1500"_s;
    }

    /// All of them were told again, but none of those in sight.
    void norWhereWhatIsOutOfSightBegins()
    {
        QFETCH(qint64, kept);
        m_model->setHistory(Former, said(1401, Last));
        m_model->showAround(formerPage(1201, 1350));
        tellFrom(1401);
        connect(m_model.get(), &MessageListModel::newerWanted, this,
                [this, kept](const QString &, qint64 number) {
                    m_model->addNewer(number,
                                      number < kept ? formerPage(number + 1, kept)
                                                    : presentPage(1401, Last));
                });
        goDown();
        QTEST(runsOf(*m_model), "rows");
    }

    void norWhereOnlyChangesLieBetween()
    {
        m_model->setHistory(Former, said(1401, Last));
        m_model->showAround(formerPage(1201, 1350));
        tellFrom(1401);
        m_model->wantNewer();
        m_model->addNewer(1350, {Former, said(1351, 1397), 1351, 1400});
        m_model->wantNewer();
        m_model->addNewer(1400, presentPage(1401, Last));
        QCOMPARE(runsOf(*m_model), u"1201-1397 1401-1500"_s);
    }

    void norOnTheWayUp()
    {
        m_model->setHistory(Former, said(1401, Last));
        tellFrom(1401);
        m_model->setReading(3);
        m_model->wantOlder();
        m_model->addOlder(1391, formerPage(1301, 1400)); // the host is away
        QCOMPARE(runsOf(*m_model), u"1301-1500"_s);
        const QSignalSpy wanted(m_model.get(), &MessageListModel::olderWanted);
        m_model->closeHoles(); // it is back
        m_model->wantOlder();
        QCOMPARE(wanted.value(0), (QVariantList{Present, qint64(1391)}));
    }

    /// Nobody tells them again: there is no host, and nothing is kept.
    void whatIsOutOfSightComesAsItIs()
    {
        m_model->setHistory(Former, said(1001, Last));
        m_model->showAround(presentPage(1201, 1300));
        tellFrom(1401);
        m_model->wantNewer();
        m_model->addNewer(1300 - Shift, {Present, {}, 0, 0});
        QTRY_COMPARE(runsOf(*m_model), u"1201-1400"_s);
        goDown();
        QCOMPARE(runsOf(*m_model), u"1201-1500"_s);
    }

    void theHostSaysWhatLiesBetween_data()
    {
        QTest::addColumn<QList<ChatMessage>>("kept");
        QTest::addColumn<MessageListModel::Page>("page");
        QTest::addColumn<QString>("rows");
        const QList<ChatMessage> whole = said(101, 140);
        QTest::newRow("nothing") << whole << presentPage(121, 140) << u"101-160"_s;
        QTest::newRow("something") << said(101, 130) << presentPage(121, 140) << u"101-160"_s;
        QTest::newRow("what it has lost stays below a hole") << said(101, 140)
                + said(501, 503) << presentPage(121, 140) << u"101-140 *501-503 141-160"_s;
        QTest::newRow("nobody knows") << whole << formerPage(51, 100) << u"101-140 *141-160"_s;
        QTest::newRow("another room by now")
            << said(501, 540) << presentPage(121, 140) << u"501-540 *141-160"_s;
    }

    /// The app has just begun: what is kept does not say how it was numbered anew.
    void theHostSaysWhatLiesBetween()
    {
        QFETCH(QList<ChatMessage>, kept);
        QFETCH(MessageListModel::Page, page);
        for (const ChatMessage &one : kept + anew(said(141, 160)))
            m_model->append(one);
        const QSignalSpy wanted(m_model.get(), &MessageListModel::olderWanted);
        m_model->setHistory(Present, {});
        QVERIFY(runsOf(*m_model).contains(u'*'));
        QCOMPARE(wanted.value(0), (QVariantList{Present, qint64(141 - Shift)}));
        m_model->addOlder(141 - Shift, page);
        QTEST(runsOf(*m_model), "rows");
    }

    /// What was right above a row is not what stands there now.
    void theMarkerStandsAboveOthers()
    {
        m_model->setHistory(Former, said(1001, 1200));
        tellFrom(1101, 1200);
        for (const ChatMessage &next : anew(said(1201, 1600)))
            m_model->append(next);
        m_model->showAround(formerPage(801, 900));
        m_model->wantNewer();
        m_model->addNewer(900, {Former, {}, 0, 0, true, false}); // nothing is kept
        m_model->wantNewer();
        QTRY_VERIFY(m_model->rowCount() > 100);
        QVERIFY(runsOf(*m_model).startsWith(u"801-900 *1101-"_s));
    }

    // ---- what is read stays ----

    void whatIsReadStaysWhereMoreIsTold_data()
    {
        QTest::addColumn<bool>("isDetached");
        QTest::addColumn<int>("reading");
        QTest::newRow("at the end") << false << 20;
        QTest::newRow("elsewhere") << true << 20;
    }

    /// The host has a hundred between two rows that were not here, and the window is full.
    void whatIsReadStaysWhereMoreIsTold()
    {
        QFETCH(bool, isDetached);
        QFETCH(int, reading);
        m_model->setHistory(Former, said(801, 1100) + said(1151, 1350));
        if (isDetached) {
            m_model->setReading(3);
            m_model->append(message(1351));
        }
        m_model->setReading(reading);
        const QPersistentModelIndex read = m_model->index(reading);
        tellFrom(1301, isDetached ? 1351 : 1350);
        m_model->addOlder(1301 - Shift, presentPage(1051, 1300));
        QVERIFY(read.isValid());
        QCOMPARE(saidAt(*m_model, read.row()), 801 + reading);
        QCOMPARE(runsOf(*m_model), u"801-1300"_s);
        QVERIFY(m_model->isDetached());
        serve(1050);
        goDown();
        QVERIFY(!m_model->isDetached());
        QVERIFY(!runsOf(*m_model).contains(u'*'));
    }

    void soItDoesWhereOthersGoAbove()
    {
        m_model->setHistory(Former, said(801, 1100) + said(1151, 1350));
        m_model->setReading(400);
        const QPersistentModelIndex read = m_model->index(400);
        tellFrom(1301, 1350);
        m_model->addOlder(1301 - Shift, presentPage(1051, 1300));
        QVERIFY(!m_model->isDetached());
        QVERIFY(read.isValid());
        QCOMPARE(saidAt(*m_model, read.row()), 1251);
        QCOMPARE(runsOf(*m_model), u"851-1350"_s);
    }

    /// An answer comes late: somebody has scrolled up meanwhile.
    void whatIsReadStaysWhereNewerOnesCome_data()
    {
        QTest::addColumn<bool>("isKept");
        QTest::newRow("of the host") << false;
        QTest::newRow("of what is out of sight") << true;
    }

    void whatIsReadStaysWhereNewerOnesCome()
    {
        QFETCH(bool, isKept);
        m_model->setHistory(Former, said(1001, Last));
        m_model->setReading(3);
        m_model->addOlder(1001, formerPage(isKept ? 901 : 751, 1000));
        if (!isKept) {
            m_model->setReading(3);
            m_model->addOlder(751, formerPage(501, 750));
        }
        QVERIFY(m_model->isDetached());
        QCOMPARE(m_model->rowCount(), MessageListModel::MaxRows);
        const qint64 last = saidAt(*m_model, MessageListModel::MaxRows - 1);
        m_model->setReading(490);
        m_model->wantNewer();
        m_model->setReading(3);
        const QPersistentModelIndex read = m_model->index(3);
        if (!isKept)
            m_model->addNewer(last, formerPage(last + 1, last + 100));
        QCoreApplication::processEvents();
        QVERIFY(read.isValid());
        const QSignalSpy inserted(m_model.get(), &MessageListModel::rowsInserted);
        serve(Last);
        m_model->setReading(490);
        m_model->wantNewer();
        QTRY_VERIFY(!inserted.isEmpty());
        QVERIFY(!runsOf(*m_model).contains(u'*'));
    }
};

PARLOUR_TEST(RenumberedWindowTest)
#include "tst_renumbered_window.moc"
