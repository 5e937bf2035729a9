// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "models/message_list_model.h"
#include "support/runner.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using parlour::chat::ChatMessage;
using parlour::models::MessageListModel;

namespace {

const QString Epoch = u"e-1"_s;

ChatMessage message(qint64 number, const QString &sender = u"p-ann"_s)
{
    return {u"general"_s,       u"m-%1"_s.arg(number),  Epoch, number,
            {sender, u"Ann"_s}, 1795262460000 + number, u"x"_s};
}

QList<ChatMessage> said(qint64 first, qint64 last)
{
    QList<ChatMessage> list;
    for (qint64 number = first; number <= last; ++number)
        list.append(message(number));
    return list;
}

MessageListModel::Page page(qint64 first, qint64 last)
{
    return {Epoch, said(first, last), first, last, true, true};
}

/// The numbers of the rows, as runs: "1-3 7-9"; * marks a gap above one.
QString runsOf(const MessageListModel &model)
{
    QStringList runs;
    qint64 before = -1;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex at = model.index(row);
        const QString number = at.data(MessageListModel::IdRole).toString().section(u'-', 1);
        const bool isGap = at.data(MessageListModel::GapRole).toBool();
        if (number.toLongLong() != before + 1 || isGap)
            runs.append((isGap ? u"*"_s : QString()) + number);
        else
            runs.last() = runs.last().section(u'-', 0, 0) + u'-' + number;
        before = number.toLongLong();
    }
    return runs.join(u' ');
}

} // namespace

/// What is not here of a room: holes between the rows, and what is unread beyond them.
class RoomHolesTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<MessageListModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;

    /// Somebody has scrolled up while the host was away: the store has 50-60 and 80-90 of what is
    /// before.
    void scrollOverHoles()
    {
        m_model->setHistory(Epoch, said(101, 120));
        m_model->setReading(0);
        m_model->wantOlder();
        m_model->addOlder(101, page(80, 90));
        m_model->wantOlder();
        m_model->addOlder(80, page(50, 60));
    }

private Q_SLOTS:
    void init()
    {
        m_model = std::make_unique<MessageListModel>();
        m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get());
        m_model->setSelf(u"p-self"_s);
    }

    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
    }

    void whatIsMissingIsMarked()
    {
        scrollOverHoles();
        QCOMPARE(runsOf(*m_model), u"50-60 *80-90 *101-120"_s);
    }

    void holesAreClosedWhenTheHostIsBack_data()
    {
        QTest::addColumn<int>("reading");
        QTest::addColumn<QString>("rows");
        QTest::addColumn<bool>("isDetached");
        QTest::newRow("at the end") << -1 << u"101-120"_s << false;
        QTest::newRow("below the holes") << 25 << u"101-120"_s << false;
        QTest::newRow("between them") << 15 << u"80-90"_s << true;
        QTest::newRow("above them") << 3 << u"50-60"_s << true;
    }

    void holesAreClosedWhenTheHostIsBack()
    {
        QFETCH(int, reading);
        scrollOverHoles();
        m_model->setReading(reading);
        m_model->closeHoles();
        QTEST(runsOf(*m_model), "rows");
        QTEST(m_model->isDetached(), "isDetached");
        m_model->showLatest();
        QCOMPARE(runsOf(*m_model), u"101-120"_s);
    }

    void whatWasCutComesWhole()
    {
        scrollOverHoles();
        m_model->setReading(3);
        m_model->closeHoles();
        const QSignalSpy newer(m_model.get(), &MessageListModel::newerWanted);
        m_model->wantNewer();
        QCOMPARE(newer.size(), 1);
        QCOMPARE(newer.first().last().toLongLong(), 60);
        m_model->addNewer(60, page(61, 100));
        QVERIFY(m_model->isDetached());
        m_model->wantNewer();
        QTRY_COMPARE_WITH_TIMEOUT(runsOf(*m_model), u"50-120"_s, 20000);
        QVERIFY(!m_model->isDetached());
    }

    void whatTheHostHasLostStays()
    {
        m_model->setHistory(Epoch, said(1, 10));
        m_model->setHistory(Epoch, said(50, 60));
        m_model->closeHoles();
        QCOMPARE(runsOf(*m_model), u"1-10 *50-60"_s);
    }

    void holesOfWhatWasKeptAreClosed()
    {
        for (const ChatMessage &kept : said(1, 10) + said(50, 60))
            m_model->append(kept);
        m_model->noteHoles();
        m_model->closeHoles();
        QCOMPARE(runsOf(*m_model), u"50-60"_s);
    }

    void whatFollowedAndIsLostIsMarkedAtOnce_data()
    {
        QTest::addColumn<parlour::chat::Position>("end");
        QTest::addColumn<bool>("isLost");
        QTest::newRow("the host begins anew") << parlour::chat::Position{u"e-2"_s, 0} << true;
        QTest::newRow("the host forgot it") << parlour::chat::Position{Epoch, 30} << true;
        QTest::newRow("changes alone follow") << parlour::chat::Position{Epoch, 25} << false;
        QTest::newRow("nothing follows") << parlour::chat::Position{Epoch, 20} << false;
        QTest::newRow("a host without numbers") << parlour::chat::Position{Epoch, 0} << false;
    }

    void whatFollowedAndIsLostIsMarkedAtOnce()
    {
        QFETCH(parlour::chat::Position, end);
        QFETCH(bool, isLost);
        m_model->setHistory(Epoch, said(1, 20));
        m_model->addPending(u"m-own"_s, u"x"_s, {u"p-self"_s, u"Me"_s}, 0);
        m_model->cover(Epoch, {21, 25});
        m_model->setHistory(end.epoch, {});
        m_model->setEnd(end);
        const auto isMarked = [this](int row) {
            return m_model->index(row).data(MessageListModel::GapBelowRole).toBool();
        };
        QCOMPARE(isMarked(19), isLost);
        m_model->append(
            {u"general"_s, u"m-26"_s, end.epoch, 31, {u"p-ann"_s, u"Ann"_s}, 0, u"x"_s});
        QVERIFY(!isMarked(19) && !isMarked(20)); // it stands between the rows now
        QVERIFY(m_model->index(20).data(MessageListModel::GapRole).toBool());
    }

    void nobodyFillsHolesOfAnEpochThatIsOver()
    {
        for (const ChatMessage &kept : said(1, 10) + said(50, 60))
            m_model->append(kept);
        m_model->noteHoles();
        QCOMPARE(m_model->unreadAfter(Epoch, 5).messages, 5 + 39 + 11);
        m_model->setHistory(u"e-2"_s, {});
        QCOMPARE(m_model->unreadAfter(Epoch, 5).messages, 5 + 11);
        m_model->noteHoles();
        QCOMPARE(m_model->unreadAfter(Epoch, 5).messages, 5 + 11);
        m_model->closeHoles();
        QCOMPARE(runsOf(*m_model), u"1-10 *50-60"_s);
    }

    void unreadIsWhatIsNotHereToo_data()
    {
        QTest::addColumn<qint64>("read");
        QTest::addColumn<bool>("isAll");
        QTest::addColumn<int>("unread");
        QTest::newRow("among the rows") << qint64(350) << false << 50;
        QTest::newRow("right above them") << qint64(300) << false << 100;
        QTest::newRow("far above them") << qint64(40) << false << 260 + 100;
        QTest::newRow("at the beginning") << qint64(0) << false << 300 + 100;
        QTest::newRow("the host has no more") << qint64(40) << true << 100;
        QTest::newRow("beyond them") << qint64(400) << false << 0;
    }

    void unreadIsWhatIsNotHereToo()
    {
        QFETCH(qint64, read);
        QFETCH(bool, isAll);
        m_model->setHistory(Epoch, said(301, 400), isAll);
        QTEST(m_model->unreadAfter(Epoch, read).messages, "unread");
    }

    void whatIsKnownIsNotCountedTwice()
    {
        m_model->setHistory(Epoch, said(301, 400));
        m_model->cover(Epoch, {280, 300}); // changes
        QCOMPARE(m_model->unreadAfter(Epoch, 200).messages, 79 + 100);
        m_model->addOlder(301, page(250, 279));
        QCOMPARE(m_model->unreadAfter(Epoch, 200).messages, 49 + 30 + 100);
        m_model->append(message(401, u"p-self"_s));
        QCOMPARE(m_model->unreadAfter(Epoch, 200).messages, 49 + 30 + 100);
    }

    void numbersInHolesAreUnread()
    {
        scrollOverHoles();
        QCOMPARE(m_model->unreadAfter(Epoch, 85).messages, 5 + 10 + 20);
        QCOMPARE(m_model->unreadAfter(Epoch, 95).messages, 5 + 20);
        QCOMPARE(m_model->unreadAfter(Epoch, 55).messages, 5 + 19 + 11 + 10 + 20);
    }

    void moreThanTheWindowHoldsIsUnread()
    {
        m_model->setHistory(Epoch, said(1, 100), true);
        for (qint64 number = 101; number <= 900; ++number)
            m_model->append(message(number));
        QCOMPARE(m_model->unreadAfter(Epoch, 100).messages, 800);
        m_model->showAround(page(150, 200));
        QVERIFY(m_model->isDetached());
        m_model->append(message(901));
        QCOMPARE(m_model->unreadAfter(Epoch, 100).messages, 801);
    }

    void theLineGoesUpToWhereReadingEnded()
    {
        m_model->setHistory(Epoch, said(301, 400));
        m_model->setReadUpTo(Epoch, 250);
        QCOMPARE(m_model->unreadRow(), 0);
        m_model->addOlder(301, page(271, 300));
        QCOMPARE(m_model->unreadRow(), 0);
        m_model->addOlder(271, page(241, 270));
        QCOMPARE(m_model->unreadRow(), 10);
        m_model->addOlder(241, page(231, 240));
        QCOMPARE(m_model->unreadRow(), 20);
    }
};

PARLOUR_TEST(RoomHolesTest)
#include "tst_room_holes.moc"
