// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "models/message_list_model.h"
#include "support/runner.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using parlour::chat::ChatMessage;
using parlour::chat::Delivery;
using parlour::chat::Sender;
using parlour::models::MessageListModel;
using Model = parlour::models::MessageListModel;

namespace {

const Sender kAnn{u"p-ann"_s, u"Ann"_s};
const Sender kPriya{u"p-priya"_s, u"Priya"_s};
constexpr qint64 kNoon = 1795262460000; // 2026-11-21 11:21 UTC
constexpr qint64 kMinute = 60 * 1000;

ChatMessage message(qint64 number, const Sender &sender = kPriya, qint64 time = kNoon)
{
    return {u"general"_s, u"m-%1"_s.arg(number),   u"e-1"_s, number, sender,
            time,         u"text %1"_s.arg(number)};
}

QList<ChatMessage> messages(qint64 first, qint64 last)
{
    QList<ChatMessage> list;
    for (qint64 number = first; number <= last; ++number)
        list.append(message(number));
    return list;
}

QVariant at(const Model &model, int row, int role)
{
    return model.index(row).data(role);
}

QStringList ids(const Model &model)
{
    QStringList list;
    for (int row = 0; row < model.rowCount(); ++row)
        list.append(at(model, row, Model::IdRole).toString());
    return list;
}

/// A model under the eyes of Qt's own tester.
struct Watched {
    Model model;
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};

    Watched() { model.setSelf(kAnn.id); }
};

} // namespace

class MessageListModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ordersByNumberWhateverTheOrderOfArrival();
    void mergesHistoryWithWhatIsHere();
    void putsANewEpochBelowTheOldOne();
    void repeatsNothingThatHasNewNumbers();
    void aKnownIdChangesNothing();
    void keepsUnsentMessagesAtTheEnd();
    void confirmsAnUnsentMessageInPlace();
    void confirmsOutOfOrderByMoving();
    void historyConfirmsUnsentMessages();
    void aHostCannotUnsayWhatItConfirmed();
    void countsWhatCouldNotBeSent();
    void dropsTheOldestBeyondTheWindow();
    void neverDropsUnsentMessages();
    void groupsOneSenderWithinFiveMinutes();
    void tellsNeighboursWhenGroupingChanges();
    void beginsEachLocalDayWithADayLine();
    void drawsTheUnreadLineOnceAndKeepsIt();
    void doesNotDrawTheUnreadLineAboveOwnMessages();
    void marksHolesInTheNumbers();
    void survivesAbsurdNumbersAndTimes();
    void saysEachRowInWords_data();
    void saysEachRowInWords();
    void saysWhatStandsAroundARow();
};

void MessageListModelTest::ordersByNumberWhateverTheOrderOfArrival()
{
    Watched w;
    for (const int number : {3, 1, 4, 2})
        w.model.append(message(number));
    QCOMPARE(ids(w.model), QStringList({u"m-1"_s, u"m-2"_s, u"m-3"_s, u"m-4"_s}));
    QCOMPARE(w.model.lastNumber(), 4);
    QCOMPARE(w.model.lastEpoch(), u"e-1"_s);
}

void MessageListModelTest::mergesHistoryWithWhatIsHere()
{
    Watched w;
    const QSignalSpy loaded(&w.model, &Model::loadedChanged);
    w.model.append(message(5));
    w.model.setHistory(u"e-1"_s, {message(6), message(3), message(5), message(4)});
    QCOMPARE(ids(w.model), QStringList({u"m-3"_s, u"m-4"_s, u"m-5"_s, u"m-6"_s}));
    w.model.setHistory(u"e-1"_s, {});
    QCOMPARE(w.model.rowCount(), 4);
    QVERIFY(w.model.isLoaded());
    QCOMPARE(loaded.count(), 1);
}

// Of a damaged history 102 is lost; what stands before 101 is here no more.
void MessageListModelTest::repeatsNothingThatHasNewNumbers()
{
    Watched watched;
    Model &model = watched.model;
    model.setHistory(u"e-1"_s, messages(101, 104));
    QList<ChatMessage> saved = messages(98, 101) + messages(103, 106);
    for (qsizetype i = 0; i < saved.size(); ++i)
        saved[i].number = i + 1;
    model.setHistory(u"e-2"_s, saved);
    QCOMPARE(ids(model),
             (QStringList{u"m-101"_s, u"m-102"_s, u"m-103"_s, u"m-104"_s, u"m-105"_s, u"m-106"_s}));
    QVERIFY(at(model, 4, Model::GapRole).toBool());
}

void MessageListModelTest::putsANewEpochBelowTheOldOne()
{
    Watched w;
    w.model.setHistory(u"e-1"_s, messages(7, 8));
    auto fresh = message(1);
    fresh.id = u"fresh"_s;
    w.model.setHistory(u"e-2"_s, {fresh});
    w.model.append(message(9)); // late, of the old epoch
    QCOMPARE(ids(w.model), QStringList({u"m-7"_s, u"m-8"_s, u"m-9"_s, u"fresh"_s}));
}

void MessageListModelTest::aKnownIdChangesNothing()
{
    Watched w;
    w.model.append(message(1));
    auto other = message(2);
    other.id = u"m-1"_s;
    other.text = u"something else"_s;
    w.model.append(other);
    QCOMPARE(w.model.rowCount(), 1);
    QCOMPARE(at(w.model, 0, Model::TextRole).toString(), u"text 1"_s);
}

void MessageListModelTest::keepsUnsentMessagesAtTheEnd()
{
    Watched w;
    QVERIFY(w.model.addPending(u"own-1"_s, u"one"_s, kAnn, kNoon));
    QVERIFY(w.model.addPending(u"own-2"_s, u"two"_s, kAnn, kNoon));
    QVERIFY(!w.model.addPending(u"own-2"_s, u"again"_s, kAnn, kNoon));
    w.model.setHistory(u"e-1"_s, messages(1, 2));
    w.model.append(message(3));
    QCOMPARE(ids(w.model), QStringList({u"m-1"_s, u"m-2"_s, u"m-3"_s, u"own-1"_s, u"own-2"_s}));
    w.model.remove(u"own-1"_s);
    w.model.remove(u"m-1"_s);
    w.model.remove(u"nobody"_s);
    QCOMPARE(ids(w.model), QStringList({u"m-1"_s, u"m-2"_s, u"m-3"_s, u"own-2"_s}));
}

void MessageListModelTest::confirmsAnUnsentMessageInPlace()
{
    Watched w;
    w.model.append(message(1));
    w.model.addPending(u"m-2"_s, u"text 2"_s, kAnn, kNoon);
    w.model.setDelivery(u"m-2"_s, Delivery::Sending);
    QCOMPARE(at(w.model, 1, Model::DeliveryRole).value<Delivery>(), Delivery::Sending);
    QVERIFY(at(w.model, 1, Model::IsSelfRole).toBool());
    const QSignalSpy moved(&w.model, &Model::rowsMoved);
    w.model.append(message(2, kAnn, kNoon + kMinute));
    QCOMPARE(moved.count(), 0);
    QCOMPARE(at(w.model, 1, Model::DeliveryRole).value<Delivery>(), Delivery::Sent);
    QCOMPARE(at(w.model, 1, Model::TimeRole).toLongLong(), kNoon + kMinute);
    QCOMPARE(w.model.lastNumber(), 2);
}

void MessageListModelTest::confirmsOutOfOrderByMoving()
{
    Watched w;
    for (const int number : {1, 2, 3})
        w.model.addPending(u"m-%1"_s.arg(number), u"x"_s, kAnn, kNoon);
    w.model.append(message(3, kAnn));
    QCOMPARE(ids(w.model), QStringList({u"m-3"_s, u"m-1"_s, u"m-2"_s}));
    w.model.append(message(1, kAnn));
    QCOMPARE(ids(w.model), QStringList({u"m-1"_s, u"m-3"_s, u"m-2"_s}));
    QCOMPARE(at(w.model, 2, Model::DeliveryRole).value<Delivery>(), Delivery::Waiting);
}

void MessageListModelTest::historyConfirmsUnsentMessages()
{
    Watched w;
    w.model.addPending(u"m-2"_s, u"text 2"_s, kAnn, kNoon);
    w.model.setHistory(u"e-1"_s, {message(1), message(2, kAnn)});
    QCOMPARE(ids(w.model), QStringList({u"m-1"_s, u"m-2"_s}));
    QCOMPARE(at(w.model, 1, Model::DeliveryRole).value<Delivery>(), Delivery::Sent);
}

void MessageListModelTest::aHostCannotUnsayWhatItConfirmed()
{
    Watched w;
    w.model.append(message(1, kAnn));
    w.model.setDelivery(u"m-1"_s, Delivery::Failed, u"late"_s);
    QCOMPARE(at(w.model, 0, Model::DeliveryRole).value<Delivery>(), Delivery::Sent);
    QCOMPARE(at(w.model, 0, Model::ProblemRole).toString(), QString());
}

void MessageListModelTest::countsWhatCouldNotBeSent()
{
    Watched w;
    for (const int number : {1, 2, 3})
        w.model.addPending(u"m-%1"_s.arg(number), u"x"_s, kAnn, kNoon);
    w.model.setDelivery(u"m-1"_s, Delivery::Failed, u"full"_s);
    w.model.setDelivery(u"m-2"_s, Delivery::Failed, u"full"_s);
    QCOMPARE(w.model.failed(), 2);
    w.model.remove(u"m-1"_s);
    w.model.append(message(2, kAnn)); // it arrived after all
    QCOMPARE(w.model.failed(), 0);
    QCOMPARE(w.model.waiting(), 1);
}

void MessageListModelTest::dropsTheOldestBeyondTheWindow()
{
    Watched w;
    w.model.setHistory(u"e-1"_s, messages(1, 600));
    QCOMPARE(w.model.rowCount(), Model::MaxRows);
    QCOMPARE(w.model.droppedRows(), 100);
    w.model.append(message(601));
    QCOMPARE(w.model.rowCount(), Model::MaxRows);
    QCOMPARE(w.model.droppedRows(), 101);
    QCOMPARE(ids(w.model).constFirst(), u"m-102"_s);
    QVERIFY(at(w.model, 0, Model::DayBreakRole).toBool());
}

void MessageListModelTest::neverDropsUnsentMessages()
{
    Watched w;
    for (int number = 1; number <= Model::MaxRows; ++number)
        QVERIFY(w.model.addPending(u"own-%1"_s.arg(number), u"x"_s, kAnn, kNoon));
    QVERIFY(!w.model.addPending(u"one-too-many"_s, u"x"_s, kAnn, kNoon));
    w.model.append(message(1));
    QCOMPARE(w.model.rowCount(), Model::MaxRows);
    QCOMPARE(ids(w.model).constFirst(), u"own-1"_s);
    QCOMPARE(w.model.droppedRows(), 1);
}

void MessageListModelTest::groupsOneSenderWithinFiveMinutes()
{
    Watched w;
    w.model.setHistory(u"e-1"_s,
                       {message(1, kPriya, kNoon), message(2, kPriya, kNoon + 5 * kMinute),
                        message(3, kPriya, kNoon + 10 * kMinute + 1),
                        message(4, kAnn, kNoon + 10 * kMinute + 1)});
    QList<bool> starts;
    QList<bool> ends;
    for (int row = 0; row < 4; ++row) {
        starts.append(at(w.model, row, Model::StartsGroupRole).toBool());
        ends.append(at(w.model, row, Model::EndsGroupRole).toBool());
    }
    QCOMPARE(starts, QList<bool>({true, false, true, true}));
    QCOMPARE(ends, QList<bool>({false, false, true, true}));
}

void MessageListModelTest::tellsNeighboursWhenGroupingChanges()
{
    Watched w;
    w.model.setHistory(u"e-1"_s, {message(1), message(3)});
    QVERIFY(at(w.model, 1, Model::StartsGroupRole).toBool()); // number 2 is missing
    const QSignalSpy changed(&w.model, &Model::dataChanged);
    w.model.append(message(2));
    QVERIFY(!at(w.model, 2, Model::StartsGroupRole).toBool());
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed.constFirst().constFirst().toModelIndex().row(), 2);
}

void MessageListModelTest::beginsEachLocalDayWithADayLine()
{
    Watched w;
    const auto midnight = QDateTime(QDate(2026, 11, 22), QTime(0, 0)).toMSecsSinceEpoch();
    w.model.setHistory(u"e-1"_s, {message(1, kPriya, midnight - 1), message(2, kPriya, midnight)});
    QVERIFY(at(w.model, 0, Model::DayBreakRole).toBool());
    QVERIFY(at(w.model, 1, Model::DayBreakRole).toBool());
    QVERIFY(at(w.model, 1, Model::StartsGroupRole).toBool());
}

void MessageListModelTest::drawsTheUnreadLineOnceAndKeepsIt()
{
    Watched w;
    w.model.setReadUpTo(u"e-1"_s, 2);
    QVERIFY(!w.model.hasUnreadLine());
    w.model.setHistory(u"e-1"_s, messages(1, 3));
    QVERIFY(at(w.model, 2, Model::UnreadLineRole).toBool());
    w.model.append(message(4));
    QVERIFY(at(w.model, 2, Model::UnreadLineRole).toBool());
    QVERIFY(!at(w.model, 3, Model::UnreadLineRole).toBool());
    w.model.setReadUpTo(u"e-1"_s, 4);
    QVERIFY(!at(w.model, 2, Model::UnreadLineRole).toBool());
    w.model.append(message(5));
    QVERIFY(at(w.model, 4, Model::UnreadLineRole).toBool());
    w.model.setReadUpTo({}, 0);
    QVERIFY(!w.model.hasUnreadLine());
}

void MessageListModelTest::doesNotDrawTheUnreadLineAboveOwnMessages()
{
    Watched w;
    w.model.setReadUpTo(u"e-1"_s, 1);
    w.model.setHistory(u"e-1"_s, {message(1), message(2, kAnn)});
    QVERIFY(!w.model.hasUnreadLine());
    auto fresh = message(1);
    fresh.epoch = u"e-2"_s;
    fresh.id = u"fresh"_s;
    w.model.append(fresh);
    QVERIFY(at(w.model, 2, Model::UnreadLineRole).toBool());
}

void MessageListModelTest::marksHolesInTheNumbers()
{
    Watched w;
    w.model.setHistory(u"e-1"_s, {message(1), message(2), message(9)});
    w.model.addPending(u"own"_s, u"x"_s, kAnn, kNoon);
    QVERIFY(!at(w.model, 1, Model::GapRole).toBool());
    QVERIFY(at(w.model, 2, Model::GapRole).toBool());
    QVERIFY(!at(w.model, 3, Model::GapRole).toBool());
}

void MessageListModelTest::survivesAbsurdNumbersAndTimes()
{
    Watched w;
    constexpr auto least = std::numeric_limits<qint64>::min();
    constexpr auto most = std::numeric_limits<qint64>::max();
    w.model.setHistory(u"e-1"_s, {message(least, kPriya, most), message(most, kPriya, least)});
    QCOMPARE(w.model.rowCount(), 2);
    QVERIFY(at(w.model, 1, Model::GapRole).toBool());
    QVERIFY(!at(w.model, 0, Qt::AccessibleTextRole).toString().isEmpty());
}

void MessageListModelTest::saysEachRowInWords_data()
{
    QTest::addColumn<Delivery>("delivery");
    QTest::addColumn<QString>("words");
    QTest::newRow("waiting") << Delivery::Waiting << u"Ann, 11:21: hello, waiting"_s;
    QTest::newRow("sending") << Delivery::Sending << u"Ann, 11:21: hello, sending"_s;
    QTest::newRow("failed") << Delivery::Failed << u"Ann, 11:21: hello, not sent"_s;
    QTest::newRow("sent") << Delivery::Sent << u"Ann, 11:21: hello"_s;
}

void MessageListModelTest::saysEachRowInWords()
{
    QFETCH(const Delivery, delivery);
    Watched w;
    const qint64 time = QDateTime(QDate(2026, 11, 21), QTime(11, 21)).toMSecsSinceEpoch();
    w.model.addPending(u"own"_s, u"hello"_s, kAnn, time);
    w.model.setDelivery(u"own"_s, delivery, u"why"_s);
    QTEST(at(w.model, 0, Qt::AccessibleTextRole).toString(), "words");
}

// The lines between rows are drawn; whoever hears the rows hears of them, too.
void MessageListModelTest::saysWhatStandsAroundARow()
{
    const QLocale former;
    QLocale::setDefault(QLocale::c());
    const auto restore = qScopeGuard([&] { QLocale::setDefault(former); });
    Watched w;
    const qint64 day = QDateTime(QDate(2026, 11, 21), QTime(11, 21)).toMSecsSinceEpoch();
    w.model.setReadUpTo(u"e-1"_s, 2);
    w.model.setHistory(u"e-1"_s,
                       {message(1, kPriya, day), message(2, kPriya, day), message(9, kPriya, day)});
    const QSignalSpy changed(&w.model, &Model::dataChanged);
    w.model.setEnd({u"e-1"_s, 12});
    QVERIFY(changed.constLast().last().value<QList<int>>().contains(Qt::AccessibleDescriptionRole));
    QStringList said;
    for (int row = 0; row < w.model.rowCount(); ++row)
        said.append(at(w.model, row, Qt::AccessibleDescriptionRole).toString());
    QCOMPARE(said,
             (QStringList{u"21 November 2026."_s, QString(),
                          u"Messages before this one may be missing. New messages begin "
                          "here. Messages after this one may be missing."_s}));
}

PARLOUR_TEST(MessageListModelTest)
#include "tst_message_list_model.moc"
