// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "models/message_list_model.h"
#include "support/runner.h"
#include "widgets/theme/theme.h"
#include "widgets/timeline/composer.h"
#include "widgets/timeline/conversation_view.h"
#include "widgets/timeline/message_delegate.h"
#include "widgets/timeline/timeline_view.h"

#include <QApplication>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace parlour;
using models::MessageListModel;
using widgets::ConversationView;
using widgets::MessageDelegate;
using widgets::Theme;
using widgets::TimelineView;

namespace {

const QString Epoch = u"e-1"_s;
constexpr qint64 Last = 100'000; ///< of the room

chat::ChatMessage messageAt(qint64 number)
{
    const chat::Sender sender = number % 7 < 3 ? chat::Sender{u"p-ann"_s, u"Ann"_s}
                                               : chat::Sender{u"p-priya"_s, u"Priya"_s};
    const qint64 begin = QDateTime(QDate(2026, 11, 21), QTime(10, 31)).toMSecsSinceEpoch();
    return {u"general"_s,
            u"m-%1"_s.arg(number),
            Epoch,
            number,
            sender,
            begin + (number - Last) * 97'000, // with lines between days
            u"message %1 "_s.arg(number).repeated(1 + int(number % 20))};
}

MessageListModel::Page pageOf(qint64 first, qint64 last)
{
    first = std::max<qint64>(first, 1);
    last = std::min(last, Last);
    MessageListModel::Page page{Epoch, {}, first, last, first > 1, last < Last};
    for (qint64 number = first; number <= last; ++number)
        page.messages.append(messageAt(number));
    return page;
}

} // namespace

/// The timeline over a room that is far longer than what is loaded.
class TimelineWindowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void pagesBackToThePixel();
    void pagesForwardToThePixel();
    void nothingMovesWhenTheEndIsMet();
    void nothingMovesWhileOthersTalk();
    void nothingMovesWhenAHostNumbersAnew_data();
    void nothingMovesWhenAHostNumbersAnew();
    void nothingMovesWhereAHostHasMore_data();
    void nothingMovesWhereAHostHasMore();
    void aQuoteThatIsNotLoadedIsAskedFor();
    void whatIsJumpedToIsInTheMiddle();
    void whatWasSaidMeanwhileIsCounted();
    void leadsBackToTheEnd_data();
    void leadsBackToTheEnd();
    void whatWasNotSeenIsNotRead();
    void readingGoesOnWhereItEnded();
    void aRoomThatIsLeftIsFoundAtItsEnd();

private:
    TimelineView &view() { return m_conversation->timeline(); }
    QScrollBar &bar() { return *view().verticalScrollBar(); }
    QPushButton &jump() { return *view().findChild<QPushButton *>(); }
    QString topId() { return view().indexAt({20, 0}).data(MessageListModel::IdRole).toString(); }
    qint64 numberOf(int row)
    {
        return m_model->index(row)
            .data(MessageListModel::IdRole)
            .toString()
            .section(u'-', 1)
            .toLongLong();
    }
    QRect rectOf(const QString &id)
    {
        return view().visualRect(m_model->index(m_model->rowOf(id)));
    }
    void settle() { view().visualRect(m_model->index(0)); }
    void serveOlder();
    void serveNewer();
    void comeTo(qint64 number)
    {
        m_model->showAround(pageOf(number - 50, number + 50));
        QVERIFY(view().jumpTo(u"m-%1"_s.arg(number)));
    }

    Theme m_theme{*qApp, Theme::Mode::Light};
    std::unique_ptr<MessageListModel> m_model;
    std::unique_ptr<ConversationView> m_conversation;
    std::optional<qint64> m_olderWanted;
    std::optional<qint64> m_newerWanted;
};

void TimelineWindowTest::init()
{
    m_model = std::make_unique<MessageListModel>();
    m_model->setSelf(u"p-me"_s);
    m_olderWanted.reset();
    m_newerWanted.reset();
    connect(m_model.get(), &MessageListModel::olderWanted, this,
            [this](const QString &, qint64 number) { m_olderWanted = number; });
    connect(m_model.get(), &MessageListModel::newerWanted, this,
            [this](const QString &, qint64 number) { m_newerWanted = number; });
    m_conversation = std::make_unique<ConversationView>(m_theme);
    m_conversation->resize(700, 500);
    m_conversation->setConversation(m_model.get(), u"general"_s, {});
    m_conversation->show();
    m_conversation->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_conversation.get()));
    m_model->setHistory(Epoch, pageOf(Last - 199, Last).messages);
    settle();
}

void TimelineWindowTest::cleanup()
{
    m_conversation.reset();
    m_model.reset();
}

/// The host's answer comes in a later turn.
void TimelineWindowTest::serveOlder()
{
    if (const auto before = std::exchange(m_olderWanted, {}))
        m_model->addOlder(*before, pageOf(*before - 100, *before - 1));
}

void TimelineWindowTest::serveNewer()
{
    if (const auto after = std::exchange(m_newerWanted, {}))
        m_model->addNewer(*after, pageOf(*after + 1, *after + 100));
    QCoreApplication::processEvents();
}

void TimelineWindowTest::pagesBackToThePixel()
{
    for (int page = 0; page < 40; ++page) {
        bar().setValue(page % 3 == 0 ? 0 : 3 + page * 7 % view().viewport()->height());
        QVERIFY(m_olderWanted.has_value());
        const QString id = topId();
        const int bottom = rectOf(id).bottom();
        serveOlder();
        settle();
        QCOMPARE(rectOf(id).bottom(), bottom);
        QVERIFY(m_model->rowCount() <= MessageListModel::MaxRows);
    }
    QCOMPARE(numberOf(0), Last - 199 - 4000);
}

void TimelineWindowTest::pagesForwardToThePixel()
{
    comeTo(50'000);
    for (int page = 0; page < 40; ++page) {
        const int up = page % 3 == 0 ? 0 : 3 + page * 7 % view().viewport()->height();
        bar().setValue(bar().maximum() - up);
        QVERIFY(m_newerWanted.has_value());
        const QString id = topId();
        const int bottom = rectOf(id).bottom();
        serveNewer();
        settle();
        QCOMPARE(rectOf(id).bottom(), bottom);
        QVERIFY(m_model->rowCount() <= MessageListModel::MaxRows);
    }
    QCOMPARE(numberOf(m_model->rowCount() - 1), 54'050);
}

void TimelineWindowTest::nothingMovesWhenTheEndIsMet()
{
    m_model->addPending(u"own"_s, u"waits"_s, {u"p-me"_s, u"Me"_s}, messageAt(Last).time);
    comeTo(Last - 300);
    int steps = 0;
    while (m_model->isDetached() && ++steps < 100) {
        bar().setValue(bar().maximum() - 5);
        const QString id = topId();
        const int bottom = rectOf(id).bottom();
        serveNewer();
        settle();
        QCOMPARE(rectOf(id).bottom(), bottom);
    }
    QVERIFY(!m_model->isDetached());
    QVERIFY(!view().isAtEnd());
    bar().setValue(bar().maximum());
    QVERIFY(view().isAtEnd());
    QCOMPARE(m_model->rowOf(u"own"_s), m_model->rowCount() - 1);
}

void TimelineWindowTest::nothingMovesWhileOthersTalk()
{
    while (m_model->rowCount() < MessageListModel::MaxRows) {
        bar().setValue(0);
        serveOlder();
        settle();
    }
    bar().setValue(300);
    const QString id = topId();
    const int bottom = rectOf(id).bottom();
    for (qint64 number = Last + 1; number < Last + 600; ++number)
        m_model->append(messageAt(number));
    settle();
    QCOMPARE(rectOf(id).bottom(), bottom);
    QCOMPARE(view().newMessages(), 599);
}

void TimelineWindowTest::nothingMovesWhenAHostNumbersAnew_data()
{
    QTest::addColumn<int>("up");
    QTest::newRow("at the end") << 0;
    QTest::newRow("in the middle") << 3000;
}

/// It has lost some, and tells of others that they were edited.
void TimelineWindowTest::nothingMovesWhenAHostNumbersAnew()
{
    QFETCH(int, up);
    bar().setValue(bar().maximum() - up);
    const QString id = topId();
    const int bottom = rectOf(id).bottom();
    QList<chat::ChatMessage> told = pageOf(Last - 149, Last).messages;
    for (qsizetype at = 0; at < told.size(); ++at) {
        told[at].number = at + 1;
        told[at].text += told.at(at).id == id ? QString() : u"and more"_s;
    }
    told.remove(60, 10);
    const qint64 end = told.constLast().number;
    m_model->cover(u"e-2"_s, {1, end});
    m_model->setHistory(u"e-2"_s, told);
    m_model->setEnd({u"e-2"_s, end});
    settle();
    QCOMPARE(view().isAtEnd(), up == 0);
    if (up > 0)
        QCOMPARE(rectOf(id).bottom(), bottom);
    for (int row = 0; row < m_model->rowCount(); ++row) {
        QVERIFY(!m_model->index(row).data(MessageListModel::GapRole).toBool());
        QVERIFY(!m_model->index(row).data(MessageListModel::GapBelowRole).toBool());
    }
}

void TimelineWindowTest::nothingMovesWhereAHostHasMore_data()
{
    QTest::addColumn<int>("row");
    QTest::newRow("above what is read") << 470;
    QTest::newRow("below what is read") << 20;
}

/// A hundred that were missing come where it numbers anew, and as many go.
void TimelineWindowTest::nothingMovesWhereAHostHasMore()
{
    QFETCH(int, row);
    m_model->setReading(3);
    m_model->addOlder(Last - 199, pageOf(Last - 549, Last - 300));
    m_model->setReading(3);
    m_model->addOlder(Last - 549, pageOf(Last - 599, Last - 550));
    const QString id = u"m-%1"_s.arg(numberOf(row));
    QVERIFY(view().jumpTo(id));
    m_model->addOlder(Last - 599, {Epoch});
    const int bottom = rectOf(id).bottom();
    const auto told = [](qint64 first, qint64 last) {
        auto messages = pageOf(first, last).messages;
        for (chat::ChatMessage &one : messages)
            one.number -= 1000;
        return messages;
    };
    m_model->setHistory(u"e-2"_s, told(Last - 149, Last));
    m_model->addOlder(Last - 1149,
                      {u"e-2"_s, told(Last - 399, Last - 150), Last - 1399, Last - 1150});
    QCOMPARE(rectOf(id).bottom(), bottom);
}

void TimelineWindowTest::aQuoteThatIsNotLoadedIsAskedFor()
{
    const QSignalSpy missing(m_conversation.get(), &ConversationView::quoteMissing);
    auto reply = messageAt(Last + 1);
    reply.reply = chat::Quote{u"m-777"_s, 777, {u"p-ann"_s, u"Ann"_s}, u"message 777"_s};
    m_model->append(reply);
    settle();
    const auto &layout = static_cast<MessageDelegate *>(view().itemDelegate())
                             ->layoutOf(m_model->index(m_model->rowOf(reply.id)));
    QTest::mouseClick(view().viewport(), Qt::LeftButton, {},
                      rectOf(reply.id).topLeft() + layout.quote.center());
    QCOMPARE(missing.size(), 1);
    QCOMPARE(missing.first().at(0).toString(), u"m-777"_s);
    QCOMPARE(missing.first().at(1).value<chat::Position>(), (chat::Position{Epoch, 777}));
}

void TimelineWindowTest::whatIsJumpedToIsInTheMiddle()
{
    comeTo(777);
    const QRect row = rectOf(u"m-777"_s);
    QVERIFY(view().viewport()->rect().contains(row.center()));
    QVERIFY(std::abs(row.center().y() - view().viewport()->rect().center().y()) < 2);
    QVERIFY(view().selectionModel()->isSelected(m_model->index(m_model->rowOf(u"m-777"_s))));
    QVERIFY(!view().isAtEnd());
    QVERIFY(jump().isVisible());
    QVERIFY2(view().jumpTo(u"m-%1"_s.arg(Last)), "the end is at hand");
    QVERIFY(!m_model->isDetached());
}

void TimelineWindowTest::whatWasSaidMeanwhileIsCounted()
{
    comeTo(777);
    m_model->append(messageAt(Last + 1));
    m_model->append(messageAt(Last + 2));
    QCOMPARE(view().newMessages(), 2);
    QVERIFY(jump().text().contains(u"2"_s));
    QTest::mouseClick(&jump(), Qt::LeftButton);
    QVERIFY(view().isAtEnd());
    QCOMPARE(view().newMessages(), 0);
    QVERIFY(!jump().isVisible());
    QCOMPARE(numberOf(m_model->rowCount() - 1), Last + 2);
}

void TimelineWindowTest::leadsBackToTheEnd_data()
{
    QTest::addColumn<bool>("inComposer");
    QTest::addColumn<Qt::Key>("key");
    QTest::addColumn<bool>("isInThePast");
    QTest::newRow("Esc among the messages") << false << Qt::Key_Escape << true;
    QTest::newRow("End among the messages") << false << Qt::Key_End << true;
    QTest::newRow("Esc in the field") << true << Qt::Key_Escape << true;
    QTest::newRow("Esc while another place is awaited") << false << Qt::Key_Escape << false;
    QTest::newRow("End while another place is awaited") << false << Qt::Key_End << false;
}

void TimelineWindowTest::leadsBackToTheEnd()
{
    QFETCH(bool, inComposer);
    QFETCH(Qt::Key, key);
    QFETCH(bool, isInThePast);
    if (isInThePast)
        comeTo(777);
    const QSignalSpy wanted(m_conversation.get(), &ConversationView::endWanted);
    if (inComposer)
        m_conversation->focusComposer();
    else
        view().setFocus();
    QTest::keyClick(QApplication::focusWidget(), key);
    QVERIFY(!wanted.isEmpty());
    QVERIFY(!m_model->isDetached());
    QVERIFY(view().isAtEnd());
}

void TimelineWindowTest::whatWasNotSeenIsNotRead()
{
    const QSignalSpy seen(m_conversation.get(), &ConversationView::seen);
    comeTo(777);
    m_model->append(messageAt(Last + 1));
    bar().setValue(bar().maximum());
    settle();
    QCOMPARE(seen.size(), 0);
    view().scrollToEnd();
    QCOMPARE(seen.size(), 1);
    QCOMPARE(seen.first(), QVariantList({Epoch, Last + 1}));
}

void TimelineWindowTest::readingGoesOnWhereItEnded()
{
    m_model->setReadUpTo(Epoch, 50'000);
    QCOMPARE(*m_model->unreadAbove(), (chat::Position{Epoch, 50'000}));
    m_model->showAround(pageOf(49'950, 50'050));
    bar().setValue(0);
    view().showUnread();
    const QRect line = rectOf(u"m-50001"_s);
    QVERIFY(line.top() >= 0 && line.top() < 20);
    QVERIFY(!view().isAtEnd());
}

void TimelineWindowTest::aRoomThatIsLeftIsFoundAtItsEnd()
{
    comeTo(777);
    MessageListModel other;
    m_conversation->setConversation(&other, u"design"_s, {});
    QVERIFY(!m_model->isDetached());
    m_conversation->setConversation(m_model.get(), u"general"_s, {});
    settle();
    QVERIFY(view().isAtEnd());
}

PARLOUR_TEST(TimelineWindowTest)
#include "tst_timeline_window.moc"
