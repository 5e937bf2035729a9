// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/message_change.h"
#include "models/message_list_model.h"
#include "support/runner.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using parlour::chat::ChatMessage;
using parlour::chat::Position;
using parlour::models::MessageListModel;

namespace {

const QString Before = u"e-1"_s;
const QString Now = u"e-2"_s;

ChatMessage message(qint64 number)
{
    return {u"general"_s,           u"m-%1"_s.arg(number), Before, number,
            {u"p-ann"_s, u"Ann"_s}, 1795262460000,         u"x"_s};
}

QList<ChatMessage> said(qint64 first, qint64 last)
{
    QList<ChatMessage> list;
    for (qint64 number = first; number <= last; ++number)
        list.append(message(number));
    return list;
}

/// As a damaged host tells them that numbers them from there on.
QList<ChatMessage> anew(QList<ChatMessage> messages, qint64 first)
{
    for (ChatMessage &one : messages) {
        one.epoch = Now;
        one.number = first++;
    }
    return messages;
}

/// What the rows were called in the beginning, as runs; * marks a gap above, ^ one below.
QString runsOf(const MessageListModel &model)
{
    QStringList runs;
    qint64 before = -1;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex at = model.index(row);
        const qint64 number = at.data(MessageListModel::IdRole).toString().mid(2).toLongLong();
        const bool isGap = at.data(MessageListModel::GapRole).toBool();
        if (number != before + 1 || isGap)
            runs.append((isGap ? u"*%1"_s : u"%1"_s).arg(number));
        else
            runs.last() = u"%1-%2"_s.arg(runs.last().section(u'-', 0, 0)).arg(number);
        if (at.data(MessageListModel::GapBelowRole).toBool())
            runs.last() += u'^';
        before = number;
    }
    return runs.join(u' ');
}

} // namespace

/// What becomes of rows whose host saved a damaged history, and numbers what is left anew.
class RenumberedRowsTest : public QObject
{
    Q_OBJECT

    /// As a room takes what the host tells: the end of its log, all of it from a number on.
    void tell(const QList<ChatMessage> &messages)
    {
        const qint64 first = messages.constFirst().number;
        const qint64 last = messages.constLast().number;
        m_model->cover(Now, {first, last});
        m_model->setHistory(Now, messages);
        m_model->setEnd({Now, last});
    }

    std::unique_ptr<MessageListModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;

private Q_SLOTS:
    void init()
    {
        m_model = std::make_unique<MessageListModel>();
        m_tester = std::make_unique<QAbstractItemModelTester>(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        m_model->setSelf(u"p-self"_s);
    }

    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
    }

    void theMarkerStandsWhereSomethingIsMissing_data()
    {
        QTest::addColumn<QList<ChatMessage>>("here");
        QTest::addColumn<QList<ChatMessage>>("told");
        QTest::addColumn<QString>("rows");
        QTest::newRow("all of it is here")
            << said(1, 20) << anew(said(1, 9) + said(12, 20), 1) << u"1-20"_s;
        QTest::newRow("the page does not reach up")
            << said(1, 20) << anew(said(12, 15) + said(18, 20), 10) << u"1-20"_s;
        QTest::newRow("the page reaches further up")
            << said(11, 20) << anew(said(5, 14) + said(18, 20), 5) << u"11-20"_s;
        QTest::newRow("the last ones are lost")
            << said(1, 20) << anew(said(1, 17), 1) << u"1-20^"_s;
        QTest::newRow("more was said since")
            << said(1, 20) << anew(said(1, 9) + said(12, 25), 1) << u"1-20 *21-25"_s;
        QTest::newRow("after the last ones were lost")
            << said(1, 20) << anew(said(1, 17) + said(24, 25), 1) << u"1-20 *24-25"_s;
        QTest::newRow("the host has what was missing here")
            << said(1, 8) + said(15, 20) << anew(said(1, 20), 4) << u"1-20"_s;
        QTest::newRow("so right before the first that it tells")
            << said(1, 8) + said(15, 20) << anew(said(12, 20), 4) << u"1-8 *12-20"_s;
        QTest::newRow("the host has lost that as well")
            << said(1, 8) + said(15, 20) << anew(said(1, 8) + said(15, 20), 1) << u"1-8 *15-20"_s;
        QTest::newRow("the host has lost what stands right above")
            << said(1, 8) + said(15, 20) << anew(said(1, 7) + said(9, 20), 1) << u"1-20"_s;
        QTest::newRow("nothing is known") << said(1, 8) << anew(said(30, 35), 1) << u"1-8 *30-35"_s;
    }

    void theMarkerStandsWhereSomethingIsMissing()
    {
        QFETCH(QList<ChatMessage>, here);
        QFETCH(QList<ChatMessage>, told);
        m_model->setHistory(Before, here);
        tell(told);
        QTEST(runsOf(*m_model), "rows");
    }

    void theRowsStayWhereTheyAre()
    {
        m_model->setHistory(Before, said(1, 20));
        const QPersistentModelIndex last = m_model->index(19);
        const QSignalSpy inserted(m_model.get(), &MessageListModel::rowsInserted);
        const QSignalSpy removed(m_model.get(), &MessageListModel::rowsRemoved);
        const QSignalSpy reset(m_model.get(), &MessageListModel::modelReset);
        QList<ChatMessage> told = anew(said(5, 9) + said(12, 20), 5);
        told.last().text = u"edited meanwhile"_s;
        tell(told);
        QCOMPARE(inserted.size() + removed.size() + reset.size(), 0);
        QCOMPARE(last.data(MessageListModel::TextRole).toString(), u"edited meanwhile"_s);
        QCOMPARE(m_model->lastEpoch(), Now);
        QCOMPARE(m_model->lastNumber(), 18);
        ChatMessage next = message(21);
        next.epoch = Now;
        next.number = 19;
        m_model->append(next);
        QCOMPARE(runsOf(*m_model), u"1-21"_s);
    }

    void whatWasReadStaysRead_data()
    {
        QTest::addColumn<qint64>("read");
        QTest::addColumn<Position>("now");
        QTest::addColumn<int>("unread");
        QTest::newRow("to the end") << qint64(20) << Position{Now, 18} << 0;
        QTest::newRow("up to one that is told again") << qint64(14) << Position{Now, 12} << 6;
        QTest::newRow("before what is lost") << qint64(9) << Position{Now, 9} << 11;
        QTest::newRow("within what is lost") << qint64(10) << Position{Now, 9} << 11;
        QTest::newRow("above what is told") << qint64(3) << Position{Before, 3} << 17;
    }

    void whatWasReadStaysRead()
    {
        QFETCH(qint64, read);
        QFETCH(Position, now);
        m_model->setHistory(Before, said(1, 20));
        m_model->setReadUpTo(Before, read);
        tell(anew(said(5, 9) + said(12, 20), 5));
        QCOMPARE(m_model->positionNow({Before, read}), now);
        QTEST(m_model->unreadAfter(now.epoch, now.number).messages, "unread");
    }

    void whatIsLostQuotesWhatItQuoted_data()
    {
        QTest::addColumn<qint64>("quoted");
        QTest::addColumn<qint64>("now");
        QTest::newRow("what is told again") << qint64(9) << qint64(8);
        QTest::newRow("what is not told yet") << qint64(3) << qint64(0);
    }

    void whatIsLostQuotesWhatItQuoted()
    {
        QFETCH(qint64, quoted);
        QList<ChatMessage> here = said(1, 20);
        here[10].reply = parlour::chat::quoteOf(message(quoted));
        m_model->setHistory(Before, here);
        tell(anew(said(6, 10) + said(12, 20), 5));
        QCOMPARE(m_model->quotedBy(10).epoch, Now);
        QTEST(m_model->quotedBy(10).number, "now");
    }

    void soDoTheRowsOfADetachedWindow()
    {
        m_model->setHistory(Before, said(1, 500));
        m_model->setReading(3);
        m_model->append(message(501));
        QVERIFY(m_model->isDetached());
        tell(anew(said(1, 100) + said(151, 501), 1));
        QCOMPARE(runsOf(*m_model), u"1-500"_s);
        m_model->showLatest();
        QCOMPARE(runsOf(*m_model), u"2-501"_s);
    }

    /// The rows above those that were told again get their numbers, too.
    void theNumbersOfRowsAboveAreAskedFor_data()
    {
        QTest::addColumn<bool>("isAll");
        QTest::newRow("there may be older ones") << false;
        QTest::newRow("there are none") << true;
    }

    void theNumbersOfRowsAboveAreAskedFor()
    {
        QFETCH(bool, isAll);
        m_model->setHistory(Before, said(1, 20), isAll);
        const QSignalSpy wanted(m_model.get(), &MessageListModel::olderWanted);
        tell(anew(said(14, 20), 13));
        QCOMPARE(wanted.value(0), (QVariantList{Now, qint64(13)}));
        m_model->addOlder(13, {Now, anew(said(8, 11) + said(13, 13), 8), 8, 12});
        QCOMPARE(wanted.constLast(), (QVariantList{Now, qint64(8)}));
        m_model->addOlder(8, {Now, anew(said(-2, 7), -2), 1, 7});
        QCOMPARE(wanted.size(), isAll ? 2 : 3); // all of it is here
        QCOMPARE(runsOf(*m_model), u"1-20"_s);
    }

    /// They do not go for what stands above all that is here.
    void theRowsThatAreReadStay_data()
    {
        QTest::addColumn<bool>("isDetached");
        QTest::newRow("at the end") << false;
        QTest::newRow("elsewhere") << true;
    }

    void theRowsThatAreReadStay()
    {
        QFETCH(bool, isDetached);
        m_model->setHistory(Before, said(101, 600));
        if (isDetached) {
            m_model->setReading(3);
            m_model->append(message(601));
        }
        m_model->setReading(480);
        const QPersistentModelIndex read = m_model->index(480);
        connect(m_model.get(), &MessageListModel::olderWanted, this,
                [this](const QString &epoch, qint64 number) {
                    QCOMPARE(epoch, Now);
                    const qint64 first = std::max<qint64>(number - 100, 1);
                    m_model->addOlder(
                        number, {Now, anew(said(first, number - 1), first), first, number - 1});
                });
        tell(anew(said(550, isDetached ? 601 : 600), 550));
        m_model->wantOlder();
        QVERIFY(read.isValid());
        QCOMPARE(m_model->isDetached(), isDetached);
        QCOMPARE(runsOf(*m_model), u"101-600"_s);
    }

    /// What the host has lost above them is not what it is asked to tell again.
    void whatStandsAboveWhatIsLostComes()
    {
        m_model->setHistory(Before, said(401, 420), true);
        m_model->setReadUpTo(Before, 405);
        const QSignalSpy wanted(m_model.get(), &MessageListModel::olderWanted);
        tell(anew(said(412, 420), 401));
        QCOMPARE(wanted.constLast(), (QVariantList{Now, qint64(401)}));
        m_model->addOlder(401, {Now, anew(said(301, 400), 301), 301, 400});
        QCOMPARE(m_model->positionNow({Before, 405}), (Position{Now, 400}));
        QCOMPARE(wanted.constLast(), (QVariantList{Now, qint64(401)}));
        m_model->addOlder(401, {Now, anew(said(301, 400), 301), 301, 400});
        QCOMPARE(runsOf(*m_model), u"301-420"_s);
    }

    void theMarkerStaysWhereThatIsNotKnown()
    {
        m_model->setHistory(Before, said(201, 300) + said(401, 420));
        tell(anew(said(412, 420), 401));
        m_model->addOlder(401, {Now, anew(said(301, 400), 301), 301, 400});
        QCOMPARE(runsOf(*m_model), u"201-300 *401-420"_s);
    }

    void whatIsLostDoesNotHideWhatStandsAbove()
    {
        m_model->setHistory(Before, said(1, 20));
        tell(anew(said(1, 17), 1));
        for (ChatMessage &next : anew(said(21, 517), 18))
            m_model->append(next);
        QCOMPARE(runsOf(*m_model), u"18-20 *21-517"_s);
        const QSignalSpy wanted(m_model.get(), &MessageListModel::olderWanted);
        m_model->setReading(0);
        m_model->wantOlder();
        QCOMPARE(wanted.constLast(), (QVariantList{Now, qint64(18)}));
        m_model->addOlder(18, {Now, anew(said(1, 17), 1), 1, 17, false});
        QCOMPARE(runsOf(*m_model), u"1-20 *21-500"_s);
    }

    /// The rows in sight follow what is told of those that are not.
    void aDetachedWindowLearnsWhereItAdjoins()
    {
        m_model->setHistory(Before, said(101, 600));
        m_model->setReading(3);
        for (const ChatMessage &next : said(601, 750))
            m_model->append(next);
        QVERIFY(m_model->isDetached());
        tell(anew(said(601, 750), 501));
        m_model->setReading(m_model->rowCount() - 1);
        m_model->wantNewer();
        QTRY_COMPARE(runsOf(*m_model), u"201-700"_s);
        QVERIFY(m_model->isDetached());
    }

    void nothingOfItIsForgottenAtTheEnd()
    {
        m_model->setHistory(Before, said(101, 600));
        m_model->setReading(3);
        for (const ChatMessage &next : said(601, 650))
            m_model->append(next);
        tell(anew(said(101, 650), 1));
        m_model->setReading(m_model->rowCount() - 1);
        m_model->wantNewer();
        QTRY_VERIFY(!m_model->isDetached());
        QCOMPARE(m_model->positionNow({Before, 120}), (Position{Now, 20}));
        QCOMPARE(m_model->positionNow({Before, 640}), (Position{Now, 540}));
    }

    void theUnreadLineOfADetachedWindowToo()
    {
        m_model->setHistory(Before, said(101, 600));
        m_model->setReading(3);
        for (const ChatMessage &next : said(601, 700))
            m_model->append(next);
        m_model->setReadUpTo(Before, 650);
        tell(anew(said(601, 700), 501));
        m_model->setReading(m_model->rowCount() - 1);
        m_model->wantNewer();
        QTRY_VERIFY(!m_model->isDetached());
        QCOMPARE(m_model->index(m_model->unreadRow()).data(MessageListModel::IdRole).toString(),
                 u"m-651"_s);
    }

    void whileTheHostIsAwayTheStoreIsAsked()
    {
        m_model->setHistory(Before, said(11, 20));
        const QSignalSpy wanted(m_model.get(), &MessageListModel::olderWanted);
        tell(anew(said(14, 20), 13));
        m_model->addOlder(13, {Before, said(4, 13), 4, 13});
        QCOMPARE(wanted.constLast(), (QVariantList{Before, qint64(11)}));
        m_model->addOlder(11, {Before, said(4, 10), 4, 10});
        QCOMPARE(runsOf(*m_model), u"4-20"_s);
        m_model->closeHoles(); // it is back
        m_model->wantOlder();
        QCOMPARE(wanted.constLast(), (QVariantList{Now, qint64(13)}));
    }

    void nothingLeadsBackToFormerNumbers()
    {
        m_model->setHistory(Before, said(1, 20));
        for (int time = 0; time < 50; ++time) {
            QList<ChatMessage> told = anew(said(1, 20), 1 + time % 3);
            m_model->setHistory(time % 2 ? Before : Now, told);
        }
        QCOMPARE(runsOf(*m_model), u"1-20"_s);
        QCOMPARE(m_model->positionNow({Before, 5}).epoch, Before);
        QCOMPARE(m_model->positionNow({Now, 5}).epoch, Before);
    }
};

PARLOUR_TEST(RenumberedRowsTest)
#include "tst_renumbered_rows.moc"
