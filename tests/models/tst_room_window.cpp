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
using parlour::chat::Delivery;
using parlour::models::MessageListModel;

namespace {

const QString Epoch = u"e-1"_s;
constexpr qint64 Last = 3000; ///< of the room

/// Each tenth number was given to a change.
bool isMessage(qint64 number)
{
    return number % 10 != 0;
}

ChatMessage message(qint64 number)
{
    return {u"general"_s,           u"m-%1"_s.arg(number),  Epoch, number,
            {u"p-ann"_s, u"Ann"_s}, 1795262460000 + number, u"x"_s};
}

QList<ChatMessage> said(qint64 first, qint64 last)
{
    QList<ChatMessage> list;
    for (qint64 number = std::max<qint64>(first, 1); number <= last; ++number)
        if (isMessage(number))
            list.append(message(number));
    return list;
}

MessageListModel::Page page(qint64 first, qint64 last)
{
    first = std::max<qint64>(first, 1);
    return {Epoch, said(first, last), first, last, first > 1, last < Last};
}

QList<qint64> numbersOf(const MessageListModel &model)
{
    QList<qint64> numbers;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QString id = model.index(row).data(MessageListModel::IdRole).toString();
        numbers.append(id.section(u'-', 1).toLongLong());
    }
    return numbers;
}

} // namespace

/// The window over a long room, wherever it stands.
class RoomWindowTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<MessageListModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;

    /// A room of Last numbers answers at once.
    void serve()
    {
        connect(m_model.get(), &MessageListModel::olderWanted, this,
                [this](const QString &, qint64 number) {
                    m_model->addOlder(number, page(number - 100, number - 1));
                });
        connect(m_model.get(), &MessageListModel::newerWanted, this,
                [this](const QString &, qint64 number) {
                    m_model->addNewer(number, page(number + 1, std::min(number + 100, Last)));
                });
    }
    /// Without a hole, and no row says that there is one.
    void verifyWhole()
    {
        const QList<qint64> numbers = numbersOf(*m_model);
        for (int row = 0; row < numbers.size(); ++row) {
            QVERIFY(!m_model->index(row).data(MessageListModel::GapRole).toBool());
            if (row == 0)
                continue;
            const qint64 next = numbers.at(row - 1) + (isMessage(numbers.at(row - 1) + 1) ? 1 : 2);
            QCOMPARE(numbers.at(row), next);
        }
        QVERIFY(numbers.size() <= MessageListModel::MaxRows);
    }
    /// Until the window is the end again.
    void pageForward()
    {
        QTRY_VERIFY([this] {
            m_model->setReading(m_model->rowCount() - 1);
            m_model->wantNewer();
            return !m_model->isDetached();
        }());
    }

private Q_SLOTS:
    void init()
    {
        m_model = std::make_unique<MessageListModel>();
        m_model->setSelf(u"p-me"_s);
        m_tester = std::make_unique<QAbstractItemModelTester>(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        m_model->cover(Epoch, {Last - 199, Last});
        m_model->setHistory(Epoch, said(Last - 199, Last));
    }

    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
    }

    void standsWhereItIsWanted()
    {
        m_model->showAround(page(1000, 1100));
        QVERIFY(m_model->isDetached());
        QCOMPARE(numbersOf(*m_model).first(), 1001);
        QCOMPARE(numbersOf(*m_model).last(), 1099);
        m_model->showLatest();
        QVERIFY(!m_model->isDetached());
        QCOMPARE(numbersOf(*m_model).last(), Last - 1);
    }

    void goesThroughTheWholeRoomAndBack()
    {
        serve();
        const qint64 first = numbersOf(*m_model).first();
        while (numbersOf(*m_model).first() > 1) {
            m_model->setReading(0);
            m_model->wantOlder();
            verifyWhole();
        }
        QVERIFY(m_model->isDetached());
        QCOMPARE(m_model->rowCount(), MessageListModel::MaxRows);
        pageForward();
        verifyWhole();
        QCOMPARE(numbersOf(*m_model).last(), Last - 1);
        QVERIFY(first > numbersOf(*m_model).first());
        m_model->setReading(-1);
        m_model->append(message(Last + 1));
        verifyWhole();
        QCOMPARE(numbersOf(*m_model).last(), Last + 1);
    }

    void meetsTheEndThatWentOn()
    {
        m_model->showAround(page(2600, 2700));
        for (qint64 number = Last + 1; number < Last + 800; ++number)
            if (isMessage(number))
                m_model->append(message(number));
            else
                m_model->cover(Epoch, {number, number});
        connect(m_model.get(), &MessageListModel::newerWanted, this,
                [this](const QString &, qint64 number) {
                    const qint64 last = std::min(number + 100, Last + 799);
                    m_model->addNewer(number, {Epoch, said(number + 1, last), number + 1, last});
                });
        pageForward();
        verifyWhole();
        QCOMPARE(numbersOf(*m_model).last(), Last + 799);
    }

    void aPageOfChangesAloneIsPassed()
    {
        m_model->showAround({Epoch, said(101, 105), 101, 105});
        const QSignalSpy wanted(m_model.get(), &MessageListModel::newerWanted);
        m_model->wantNewer();
        m_model->addNewer(105, {Epoch, {}, 106, 205});
        QCOMPARE(wanted.size(), 2);
        QCOMPARE(wanted.last().at(1).toLongLong(), 205);
        m_model->addNewer(205, {Epoch, {message(206)}, 206, 206});
        QCOMPARE(numbersOf(*m_model).last(), 206);
        QVERIFY(!m_model->index(m_model->rowCount() - 1).data(MessageListModel::GapRole).toBool());
    }

    void answersForAnotherPlaceAreNotTaken()
    {
        m_model->showAround(page(1000, 1100));
        m_model->wantOlder();
        m_model->wantNewer();
        m_model->showAround(page(2000, 2100));
        m_model->addOlder(1001, page(901, 1000));
        m_model->addNewer(1100, page(1101, 1200));
        QCOMPARE(numbersOf(*m_model).first(), 2001);
        QCOMPARE(numbersOf(*m_model).last(), 2099);
    }

    void whatIsSaidMeanwhileIsCountedNotShown()
    {
        const QSignalSpy below(m_model.get(), &MessageListModel::saidBelow);
        m_model->showAround(page(1000, 1100));
        const int rows = m_model->rowCount();
        m_model->append(message(Last + 1));
        m_model->append(message(Last + 1));
        m_model->setHistory(Epoch, said(Last + 1, Last + 3));
        QCOMPARE(m_model->rowCount(), rows);
        QCOMPARE(below.size(), 2);
        QCOMPARE(below.last().first().toInt(), 2);
        QCOMPARE(m_model->lastNumber(), Last + 3);
        QCOMPARE(m_model->unreadAfter(Epoch, Last).messages, 3);
        m_model->showLatest();
        QCOMPARE(numbersOf(*m_model).last(), Last + 3);
    }

    void rowsThatAreReadDoNotGo()
    {
        while (m_model->rowCount() < MessageListModel::MaxRows)
            m_model->append(message(m_model->lastNumber() + 1));
        const qint64 first = numbersOf(*m_model).first();
        m_model->setReading(3);
        m_model->append(message(m_model->lastNumber() + 1));
        QCOMPARE(numbersOf(*m_model).first(), first);
        QVERIFY(m_model->isDetached());
        m_model->showLatest();
        m_model->setReading(300);
        m_model->append(message(m_model->lastNumber() + 1));
        QVERIFY(!m_model->isDetached());
    }

    void rowsThatAreReadDoNotGoForWhatWasMissed_data()
    {
        QTest::addColumn<int>("reading");
        QTest::addColumn<int>("missed");
        QTest::addColumn<bool>("isDetached");
        QTest::newRow("they would go") << 250 << 400 << true;
        QTest::newRow("a few above them would go") << 450 << 100 << false;
        QTest::newRow("the end is looked at") << -1 << 400 << false;
        QTest::newRow("more than the window holds") << 450 << 2000 << true;
    }

    void rowsThatAreReadDoNotGoForWhatWasMissed()
    {
        QFETCH(int, reading);
        QFETCH(int, missed);
        QFETCH(bool, isDetached);
        while (m_model->rowCount() < MessageListModel::MaxRows)
            m_model->append(message(m_model->lastNumber() + 1));
        const qint64 first = numbersOf(*m_model).first();
        const qint64 last = m_model->lastNumber();
        m_model->setReading(reading);
        m_model->cover(Epoch, {last + 1, last + missed});
        m_model->setHistory(Epoch, said(last + 1, last + missed));
        QCOMPARE(m_model->isDetached(), isDetached);
        QCOMPARE(numbersOf(*m_model).first() == first, isDetached);
        QCOMPARE(m_model->lastNumber(), last + missed - (isMessage(last + missed) ? 0 : 1));
    }

    void aPageThatComesLateDoesNotTakeTheEndAway()
    {
        while (m_model->rowCount() < MessageListModel::MaxRows)
            m_model->append(message(m_model->lastNumber() + 1));
        const qint64 first = numbersOf(*m_model).first();
        m_model->setReading(10);
        m_model->wantOlder();
        m_model->setReading(-1); // the person goes to the end, and says something
        QVERIFY(m_model->addPending(u"own"_s, u"now"_s, {u"p-me"_s, u"Me"_s}, 1));
        m_model->addOlder(first, page(first - 100, first - 1));
        QVERIFY(!m_model->isDetached());
        QCOMPARE(m_model->rowOf(u"own"_s), m_model->rowCount() - 1);
        const QSignalSpy wanted(m_model.get(), &MessageListModel::olderWanted);
        m_model->wantOlder(); // it can be had again
        QCOMPARE(wanted.size(), 1);
    }

    void ownMessagesBringTheEnd()
    {
        m_model->addPending(u"own-1"_s, u"waits"_s, {u"p-me"_s, u"Me"_s}, 1);
        m_model->showAround(page(1000, 1100));
        QCOMPARE(m_model->rowOf(u"own-1"_s), -1);
        QCOMPARE(m_model->waiting(), 1);
        const QSignalSpy waiting(m_model.get(), &MessageListModel::waitingChanged);
        m_model->setDelivery(u"own-1"_s, Delivery::Failed, u"why"_s);
        QCOMPARE(m_model->waiting(), 0);
        QCOMPARE(waiting.size(), 1);
        QVERIFY(m_model->addPending(u"own-2"_s, u"now"_s, {u"p-me"_s, u"Me"_s}, 2));
        QVERIFY(!m_model->isDetached());
        QCOMPARE(m_model->rowOf(u"own-2"_s), m_model->rowCount() - 1);
        QCOMPARE(m_model->index(m_model->rowOf(u"own-1"_s))
                     .data(MessageListModel::DeliveryRole)
                     .value<Delivery>(),
                 Delivery::Failed);
    }

    void ownMessagesStandBelowWhereItMeetsTheEnd()
    {
        serve();
        m_model->addPending(u"own-1"_s, u"waits"_s, {u"p-me"_s, u"Me"_s}, 1);
        m_model->showAround(page(2500, 2600));
        pageForward();
        QCOMPARE(m_model->rowOf(u"own-1"_s), m_model->rowCount() - 1);
        QCOMPARE(m_model->waiting(), 1);
        auto confirmed = message(Last + 1);
        confirmed.id = u"own-1"_s;
        m_model->append(confirmed);
        QCOMPARE(m_model->waiting(), 0);
    }

    void changesReachWhatIsSeenAndWhatIsNot()
    {
        m_model->showAround(page(1000, 1100));
        for (const qint64 number : {1001, int(Last) - 1}) {
            auto changed = message(number);
            changed.text = u"another"_s;
            m_model->change(changed);
        }
        const auto textOf = [this](qint64 number) {
            return m_model->index(m_model->rowOf(u"m-%1"_s.arg(number))).data().toString();
        };
        QCOMPARE(textOf(1001), u"another"_s);
        m_model->showLatest();
        QCOMPARE(textOf(Last - 1), u"another"_s);
    }

    void theUnreadLineStandsWhereReadingEnded_data()
    {
        QTest::addColumn<qint64>("read");
        QTest::addColumn<QString>("lineAt");
        QTest::newRow("within the window") << qint64(1050) << u"m-1051"_s;
        QTest::newRow("right before it") << qint64(999) << u"m-1001"_s;
        QTest::newRow("long before it") << qint64(500) << QString();
        QTest::newRow("behind it") << qint64(2900) << QString();
    }

    void theUnreadLineStandsWhereReadingEnded()
    {
        QFETCH(qint64, read);
        QFETCH(QString, lineAt);
        m_model->setReadUpTo(Epoch, read);
        m_model->showAround(page(1000, 1100));
        const int row = m_model->unreadRow();
        QCOMPARE(m_model->index(row).data(MessageListModel::IdRole).toString(), lineAt);
    }

    void whereReadingEndedMayBeAbove_data()
    {
        QTest::addColumn<QString>("epoch");
        QTest::addColumn<qint64>("read");
        QTest::addColumn<bool>("isAbove");
        QTest::newRow("above all rows") << Epoch << qint64(500) << true;
        QTest::newRow("right above them") << Epoch << Last - 200 << false;
        QTest::newRow("among them") << Epoch << Last - 50 << false;
        QTest::newRow("at another time") << u"e-0"_s << qint64(500) << false;
        QTest::newRow("nobody has read anything") << QString() << qint64(0) << false;
    }

    void whereReadingEndedMayBeAbove()
    {
        QFETCH(QString, epoch);
        QFETCH(qint64, read);
        QFETCH(bool, isAbove);
        m_model->setReadUpTo(epoch, read);
        QCOMPARE(m_model->unreadAbove().has_value(), isAbove);
    }

    void theLineIsFoundAgain()
    {
        serve();
        m_model->setReadUpTo(Epoch, Last - 50);
        QVERIFY(m_model->unreadRow() >= 0);
        for (; numbersOf(*m_model).first() > 1; m_model->wantOlder())
            m_model->setReading(0);
        QCOMPARE(m_model->unreadRow(), -1);
        pageForward();
        QCOMPARE(m_model->index(m_model->unreadRow()).data(MessageListModel::IdRole).toString(),
                 u"m-%1"_s.arg(Last - 49));
    }

    void aJumpToTheEndIsTheEnd()
    {
        m_model->showAround(page(Last - 100, Last));
        QVERIFY(!m_model->isDetached());
        QCOMPARE(numbersOf(*m_model).last(), Last - 1);
    }

    void anEpochThatIsOverIsFollowedByTheNextOne()
    {
        auto old = message(7);
        old.epoch = u"e-0"_s;
        old.id = u"old-7"_s;
        m_model->showAround({u"e-0"_s, {old}, 7, 7});
        m_model->wantNewer();
        m_model->addNewer(7, {u"e-0"_s, {}, 0, 0, true, false});
        pageForward();
        QCOMPARE(m_model->rowOf(u"old-7"_s), 0);
        QVERIFY(m_model->index(1).data(MessageListModel::GapRole).toBool());
        QCOMPARE(numbersOf(*m_model).last(), Last - 1);
    }
};

PARLOUR_TEST(RoomWindowTest)
#include "tst_room_window.moc"
