// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "models/message_list_model.h"
#include "support/runner.h"
#include "widgets/theme/theme.h"
#include "widgets/timeline/conversation_view.h"
#include "widgets/timeline/message_delegate.h"
#include "widgets/timeline/timeline_view.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour;
using models::MessageListModel;
using widgets::ConversationView;
using widgets::MessageDelegate;
using widgets::Theme;
using widgets::TimelineView;

namespace {

chat::ChatMessage message(qint64 number)
{
    const chat::Sender sender = number % 3 == 0 ? chat::Sender{u"p-ann"_s, u"Ann"_s}
                                                : chat::Sender{u"p-priya"_s, u"Priya"_s};
    const qint64 time = QDateTime(QDate(2026, 11, 21), QTime(10, 31)).toMSecsSinceEpoch();
    return {u"general"_s,
            u"m-%1"_s.arg(number),
            u"e-1"_s,
            number,
            sender,
            time,
            u"message %1 "_s.arg(number).repeated(1 + int(number % 20))};
}

QList<chat::ChatMessage> messages(qint64 first, qint64 last)
{
    QList<chat::ChatMessage> list;
    for (qint64 number = first; number <= last; ++number)
        list.append(message(number));
    return list;
}

} // namespace

class TimelineViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void followsTheEnd();
    void staysToThePixelWhenRowsCome();
    void staysToThePixelWhenRowsGoAtTheTop();
    void olderMessagesComeWithoutAJump();
    void staysWithTheRowWhenTheWidthChanges();
    void theJumpButtonCountsAndGoesToTheEnd();
    void anOwnMessageBringsTheEnd();
    void saysWhyItIsEmpty();
    void keysMoveAndAreSeen();
    void typingGoesToTheComposer();
    void copiesMessages();
    void failedMessagesCanBeRetriedAndDeleted();
    void aLinkIsActivatedByAClickOnly();
    void speaksTheAccessibleText();
    void saysWhatWasSeen();
    void aRoomOpensWhereReadingEnded();
    void switchingRoomsKeepsDraftsApart();
    void outlivesItsModel();

private:
    TimelineView &view() { return m_conversation->timeline(); }
    QScrollBar &bar() { return *view().verticalScrollBar(); }
    QPushButton &jump() { return *view().findChild<QPushButton *>(); }
    int bottomOf(const QString &id)
    {
        return view().visualRect(m_model->index(m_model->rowOf(id))).bottom();
    }
    void settle() { view().visualRect(m_model->index(0)); }
    QPoint placeOf(int row, QPoint inRow)
    {
        return view().visualRect(m_model->index(row)).topLeft() + inRow;
    }
    const widgets::MessageLayout &layoutOf(int row)
    {
        return static_cast<MessageDelegate *>(view().itemDelegate())->layoutOf(m_model->index(row));
    }

    Theme m_theme{*qApp, Theme::Mode::Light};
    std::unique_ptr<MessageListModel> m_model;
    std::unique_ptr<ConversationView> m_conversation;
};

void TimelineViewTest::init()
{
    m_model = std::make_unique<MessageListModel>();
    m_model->setSelf(u"p-ann"_s);
    m_conversation = std::make_unique<ConversationView>(m_theme);
    m_conversation->resize(700, 500);
    m_conversation->setConversation(m_model.get(), u"general"_s, {});
    m_conversation->show();
    m_conversation->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_conversation.get()));
    m_conversation->focusComposer();
}

void TimelineViewTest::cleanup()
{
    m_conversation.reset();
    m_model.reset();
}

void TimelineViewTest::followsTheEnd()
{
    m_model->setHistory(u"e-1"_s, messages(1, 100));
    settle();
    QVERIFY(bar().maximum() > 0);
    QCOMPARE(bar().value(), bar().maximum());
    m_model->append(message(101));
    settle();
    QCOMPARE(bar().value(), bar().maximum());
    QVERIFY(!jump().isVisible());
    m_conversation->resize(500, 300);
    settle();
    QCOMPARE(bar().value(), bar().maximum());
}

void TimelineViewTest::staysToThePixelWhenRowsCome()
{
    m_model->setHistory(u"e-1"_s, messages(1, 100));
    settle();
    bar().setValue(bar().maximum() / 2 + 7);
    const QString id = view().indexAt({200, 100}).data(MessageListModel::IdRole).toString();
    const int bottom = bottomOf(id);
    for (int number = 101; number < 120; ++number)
        m_model->append(message(number));
    QCOMPARE(bottomOf(id), bottom);
}

void TimelineViewTest::staysToThePixelWhenRowsGoAtTheTop()
{
    m_model->setHistory(u"e-1"_s, messages(1, MessageListModel::MaxRows));
    settle();
    bar().setValue(bar().maximum() / 2 + 7);
    const QString id = view().indexAt({200, 100}).data(MessageListModel::IdRole).toString();
    const int bottom = bottomOf(id);
    for (int number = 501; number < 540; ++number) {
        m_model->append(message(number));
        QCOMPARE(bottomOf(id), bottom);
    }
    QCOMPARE(m_model->droppedRows(), 39);
    QCOMPARE(view().newMessages(), 39);
}

void TimelineViewTest::olderMessagesComeWithoutAJump()
{
    const QSignalSpy wanted(m_model.get(), &MessageListModel::olderWanted);
    m_model->setHistory(u"e-1"_s, messages(301, 500));
    settle();
    QVERIFY2(wanted.isEmpty(), "nobody is near the top");
    qint64 first = 301;
    for (const int place : {0, 7, 100}) {
        bar().setValue(place);
        QCOMPARE(wanted.last().at(1).toLongLong(), first);
        const QString id = view().indexAt({20, 0}).data(MessageListModel::IdRole).toString();
        const int bottom = bottomOf(id);
        m_model->addOlder(first, {u"e-1"_s, messages(first - 100, first - 1)});
        settle();
        QCOMPARE(bottomOf(id), bottom);
        first -= 100;
    }
    QCOMPARE(wanted.size(), 3);
    QCOMPARE(m_model->rowCount(), 500);
    view().scrollToEnd();
    m_model->append(message(501));
    QTRY_COMPARE(m_model->rowCount(), MessageListModel::MaxRows);
    QVERIFY(view().isAtEnd());
}

void TimelineViewTest::staysWithTheRowWhenTheWidthChanges()
{
    m_model->setHistory(u"e-1"_s, messages(1, 100));
    settle();
    bar().setValue(bar().maximum() / 2);
    const QString id = view().indexAt({200, 0}).data(MessageListModel::IdRole).toString();
    const int bottom = bottomOf(id);
    m_conversation->resize(400, 500);
    QCOMPARE(bottomOf(id), bottom);
}

void TimelineViewTest::theJumpButtonCountsAndGoesToTheEnd()
{
    m_model->setHistory(u"e-1"_s, messages(1, 100));
    settle();
    bar().setValue(bar().maximum() - 50);
    QVERIFY(!jump().isVisible());
    m_model->append(message(101));
    m_model->append(message(102));
    settle();
    QVERIFY(jump().isVisible());
    QVERIFY(jump().text().contains(u"2"_s));
    QTest::mouseClick(&jump(), Qt::LeftButton);
    QCOMPARE(bar().value(), bar().maximum());
    QVERIFY(!jump().isVisible());
    QCOMPARE(view().newMessages(), 0);
}

void TimelineViewTest::anOwnMessageBringsTheEnd()
{
    m_model->setHistory(u"e-1"_s, messages(1, 100));
    settle();
    bar().setValue(0);
    m_model->addPending(u"own"_s, u"hello"_s, {u"p-ann"_s, u"Ann"_s}, 1);
    settle();
    QCOMPARE(bar().value(), bar().maximum());
}

void TimelineViewTest::saysWhyItIsEmpty()
{
    const auto labels = [this] {
        QString words;
        for (const auto *label : view().viewport()->findChildren<QLabel *>())
            words += label->isVisible() ? label->text() : QString();
        return words;
    };
    QVERIFY(labels().contains(u"Loading"_s));
    m_model->setHistory(u"e-1"_s, {});
    QVERIFY(labels().contains(u"Nothing has been said here yet"_s));
    m_model->append(message(1));
    settle();
    QCOMPARE(labels(), QString());
}

void TimelineViewTest::keysMoveAndAreSeen()
{
    m_model->setHistory(u"e-1"_s, messages(1, 100));
    settle();
    view().setFocus(Qt::TabFocusReason);
    QCOMPARE(view().currentIndex().row(), 99);
    QTest::keyClick(&view(), Qt::Key_Home);
    QCOMPARE(view().currentIndex().row(), 0);
    QCOMPARE(bar().value(), 0);
    QTest::keyClick(&view(), Qt::Key_Down);
    QCOMPARE(view().currentIndex().row(), 1);
    QTest::keyClick(&view(), Qt::Key_PageDown);
    QVERIFY(view().currentIndex().row() > 3);
    QVERIFY(view().viewport()->rect().contains(view().visualRect(view().currentIndex())));
    QTest::keyClick(&view(), Qt::Key_End);
    QCOMPARE(bar().value(), bar().maximum());
}

void TimelineViewTest::typingGoesToTheComposer()
{
    m_model->setHistory(u"e-1"_s, messages(1, 3));
    view().setFocus();
    QTest::keyClick(&view(), Qt::Key_X);
    QCOMPARE(m_conversation->draft(), u"x"_s);
    QVERIFY(!view().hasFocus());
}

void TimelineViewTest::copiesMessages()
{
    m_model->setHistory(u"e-1"_s, messages(1, 3));
    settle();
    QTest::mouseClick(view().viewport(), Qt::LeftButton, {}, placeOf(0, {300, 20}));
    QTest::keySequence(&view(), QKeySequence::Copy);
    QCOMPARE(QApplication::clipboard()->text(), message(1).text);
    QTest::keyClick(&view(), Qt::Key_Down, Qt::ShiftModifier);
    QTest::keySequence(&view(), QKeySequence::Copy);
    QCOMPARE(QApplication::clipboard()->text(),
             u"Priya, 10:31: %1\nPriya, 10:31: %2"_s.arg(message(1).text, message(2).text));
}

void TimelineViewTest::failedMessagesCanBeRetriedAndDeleted()
{
    QSignalSpy retried(m_conversation.get(), &ConversationView::retryRequested);
    QSignalSpy discarded(m_conversation.get(), &ConversationView::discardRequested);
    m_model->addPending(u"own"_s, u"hello"_s, {u"p-ann"_s, u"Ann"_s}, 1);
    m_model->setDelivery(u"own"_s, chat::Delivery::Failed, u"Too fast."_s);
    settle();
    QTest::mouseClick(view().viewport(), Qt::LeftButton, {},
                      placeOf(0, layoutOf(0).retry.center()));
    QTest::mouseClick(view().viewport(), Qt::LeftButton, {},
                      placeOf(0, layoutOf(0).discard.center()));
    view().setFocus();
    QTest::keyClick(&view(), Qt::Key_Return);
    QTest::keyClick(&view(), Qt::Key_Delete);
    QCOMPARE(retried, QList<QVariantList>({{u"own"_s}, {u"own"_s}}));
    QCOMPARE(discarded, QList<QVariantList>({{u"own"_s}, {u"own"_s}}));
    QContextMenuEvent menu(QContextMenuEvent::Keyboard, {}, {});
    QApplication::sendEvent(view().viewport(), &menu);
    QStringList actions;
    for (const auto *action : view().findChild<QMenu *>()->actions())
        actions += action->text();
    QCOMPARE(actions, QStringList({u"Copy"_s, {}, u"Retry"_s, u"Delete"_s}));
}

void TimelineViewTest::aLinkIsActivatedByAClickOnly()
{
    const QSignalSpy opened(m_conversation.get(), &ConversationView::linkActivated);
    auto linked = message(1);
    linked.text = u"http://a.example/"_s;
    m_model->setHistory(u"e-1"_s, {linked, message(2)});
    settle();
    const QPoint link = placeOf(0, layoutOf(0).text.topLeft() + QPoint(20, 8));
    QTest::mousePress(view().viewport(), Qt::LeftButton, {}, link);
    QTest::mouseRelease(view().viewport(), Qt::LeftButton, {}, placeOf(1, {300, 10}));
    QTest::mouseClick(view().viewport(), Qt::RightButton, {}, link);
    QCOMPARE(opened.count(), 0);
    QTest::mouseClick(view().viewport(), Qt::LeftButton, {}, link);
    QCOMPARE(opened.count(), 1);
    QCOMPARE(opened.at(0).at(0).toUrl(), QUrl(u"http://a.example/"_s));
}

void TimelineViewTest::speaksTheAccessibleText()
{
    m_model->setHistory(u"e-1"_s, messages(1, 2));
    settle();
    QAccessibleInterface *list = QAccessible::queryAccessibleInterface(&view());
    QVERIFY(list != nullptr);
    QCOMPARE(list->role(), QAccessible::List);
    QCOMPARE(list->text(QAccessible::Name), u"Messages"_s);
    QCOMPARE(list->childCount(), 2);
    QCOMPARE(list->child(0)->text(QAccessible::Name), u"Priya, 10:31: "_s + message(1).text);
}

void TimelineViewTest::saysWhatWasSeen()
{
    QSignalSpy seen(m_conversation.get(), &ConversationView::seen);
    m_model->setReadUpTo(u"e-1"_s, 98);
    m_model->setHistory(u"e-1"_s, messages(1, 100));
    settle();
    QCOMPARE(seen.count(), 1);
    QCOMPARE(seen.takeFirst(), QVariantList({u"e-1"_s, qint64(100)}));
    QVERIFY(m_model->hasUnreadLine());
    bar().setValue(0);
    m_model->append(message(101));
    settle();
    QCOMPARE(seen.count(), 0);
    view().scrollToEnd();
    QCOMPARE(seen.takeFirst(), QVariantList({u"e-1"_s, qint64(101)}));
}

void TimelineViewTest::aRoomOpensWhereReadingEnded()
{
    MessageListModel other;
    other.setHistory(u"e-1"_s, messages(1, 100));
    other.setReadUpTo(u"e-1"_s, 49);
    m_conversation->setConversation(&other, u"design"_s, {});
    const QRect line = view().visualRect(other.index(49));
    QVERIFY(line.top() >= 0 && line.top() < 20);
    QVERIFY(!view().isAtEnd());
    m_conversation->setConversation(m_model.get(), u"general"_s, {});
}

void TimelineViewTest::switchingRoomsKeepsDraftsApart()
{
    const QSignalSpy drafts(m_conversation.get(), &ConversationView::draftChanged);
    MessageListModel other;
    m_conversation->setDraft(u"for general"_s);
    QCOMPARE(drafts.count(), 1);
    const QString draft = m_conversation->draft();
    m_conversation->setConversation(&other, u"design"_s, u"for design"_s);
    QCOMPARE(drafts.count(), 1);
    QCOMPARE(m_conversation->draft(), u"for design"_s);
    m_conversation->setConversation(m_model.get(), u"general"_s, draft);
    QCOMPARE(m_conversation->draft(), u"for general"_s);
}

void TimelineViewTest::outlivesItsModel()
{
    m_model->setHistory(u"e-1"_s, messages(1, 3));
    m_model = std::make_unique<MessageListModel>();
    m_conversation->grab();
    QVERIFY(m_conversation->messages() == nullptr);
    m_conversation->setConversation(m_model.get(), u"general"_s, {});
}

PARLOUR_TEST(TimelineViewTest)
#include "tst_timeline_view.moc"
