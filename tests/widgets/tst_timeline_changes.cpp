// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "models/message_list_model.h"
#include "support/runner.h"
#include "widgets/theme/theme.h"
#include "widgets/timeline/composer.h"
#include "widgets/timeline/conversation_view.h"
#include "widgets/timeline/message_actions.h"
#include "widgets/timeline/message_delegate.h"
#include "widgets/timeline/message_editor.h"
#include "widgets/timeline/reaction_choice.h"
#include "widgets/timeline/timeline_view.h"

#include <QApplication>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace parlour;
using models::MessageListModel;
using widgets::ConversationView;
using widgets::MessageActions;
using widgets::MessageDelegate;
using widgets::MessageEditor;
using widgets::ReactionChoice;
using widgets::Theme;
using widgets::TimelineView;

namespace {

const chat::Sender Ann{u"p-ann"_s, u"Ann"_s};
const chat::Sender Priya{u"p-priya"_s, u"Priya"_s};

chat::ChatMessage said(qint64 number, const QString &text, const chat::Sender &sender = Priya)
{
    return {u"hall"_s, u"m-%1"_s.arg(number), u"e-1"_s, number, sender, 1795262460000, text};
}

} // namespace

/// What people do to messages in the timeline and how the field below takes it up.
class TimelineChangesTest : public QObject
{
    Q_OBJECT

    TimelineView &view() { return m_conversation->timeline(); }
    MessageEditor &editor() { return *m_conversation->findChild<MessageEditor *>(); }
    const widgets::MessageLayout &layoutOf(int row)
    {
        return static_cast<MessageDelegate *>(view().itemDelegate())->layoutOf(m_model->index(row));
    }
    void click(int row, QPoint inRow)
    {
        QTest::mouseClick(view().viewport(), Qt::LeftButton, {},
                          view().visualRect(m_model->index(row)).topLeft() + inRow);
    }
    /// As somebody comes to it who uses keys alone.
    void focusRow(int row)
    {
        view().setFocus(Qt::TabFocusReason);
        view().setCurrentIndex(m_model->index(row));
        m_conversation->setAttribute(Qt::WA_KeyboardFocusChange);
    }
    QStringList menuOf(int row)
    {
        focusRow(row);
        QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, {});
        QApplication::sendEvent(view().viewport(), &event);
        QStringList texts;
        const auto menus = view().findChildren<QMenu *>(Qt::FindDirectChildrenOnly);
        for (const auto *action : menus.constLast()->actions())
            if (!action->isSeparator())
                texts.append(action->text());
        menus.constLast()->close();
        return texts;
    }

private Q_SLOTS:
    void init()
    {
        m_model = std::make_unique<MessageListModel>();
        m_model->setSelf(Ann.id);
        m_model->setNames(Ann.name, {Priya.name});
        chat::ChatMessage first = said(1, u"who is there?"_s);
        first.reactions = {{u"👍"_s, {Priya}}, {u"🎉"_s, {Ann}}};
        chat::ChatMessage answer = said(2, u"me"_s, Ann);
        answer.reply = chat::Quote{first.id, 1, Priya, first.text};
        m_model->setHistory(u"e-1"_s, {first, answer, said(3, u"@Ann, good"_s)});
        m_conversation = std::make_unique<ConversationView>(m_theme);
        m_conversation->resize(700, 500);
        m_conversation->setConversation(m_model.get(), u"hall"_s, u"half a thou"_s);
        m_conversation->setPeople({u"Priya"_s, u"Пётр"_s});
        m_conversation->show();
        m_conversation->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_conversation.get()));
        m_conversation->focusComposer();
        view().visualRect(m_model->index(0));
    }
    void cleanup()
    {
        m_conversation.reset();
        m_model.reset();
    }

    void aMenuOffersWhatMayBeDone()
    {
        QCOMPARE(menuOf(0), QStringList({u"Reply"_s, u"React"_s, u"Copy"_s}));
        QCOMPARE(menuOf(1),
                 QStringList({u"Reply"_s, u"React"_s, u"Edit"_s, u"Copy"_s, u"Delete…"_s}));
        m_conversation->setRights(false, true);
        QCOMPARE(menuOf(0), QStringList({u"Reply"_s, u"Copy"_s, u"Delete…"_s}));
        chat::ChatMessage gone = said(1, {});
        gone.isDeleted = true;
        m_model->change(gone);
        QVERIFY(menuOf(0).isEmpty());
    }

    void aReplyIsWrittenBelowItsMessage()
    {
        const QSignalSpy sent(m_conversation.get(), &ConversationView::sendRequested);
        focusRow(0);
        QTest::keyClick(&view(), Qt::Key_Return);
        QVERIFY(editor().hasFocus());
        QCOMPARE(m_conversation->draft(), u"half a thou"_s);
        QTest::keyClicks(&editor(), u"ght"_s);
        QTest::keyClick(&editor(), Qt::Key_Return);
        QTest::keyClicks(&editor(), u"more"_s);
        QTest::keyClick(&editor(), Qt::Key_Return);
        QCOMPARE(sent,
                 QList<QVariantList>({{u"half a thought"_s, u"m-1"_s}, {u"more"_s, QString()}}));
    }

    void escEndsAReply()
    {
        const QSignalSpy sent(m_conversation.get(), &ConversationView::sendRequested);
        focusRow(0);
        QTest::keyClick(&view(), Qt::Key_Return);
        QTest::keyClick(&editor(), Qt::Key_Escape);
        QTest::keyClick(&editor(), Qt::Key_Return);
        QCOMPARE(sent.first().at(1).toString(), QString());
    }

    void anEditLeavesTheDraftAside()
    {
        const QSignalSpy edited(m_conversation.get(), &ConversationView::editRequested);
        focusRow(1);
        QTest::keyClick(&view(), Qt::Key_E);
        QCOMPARE(editor().toPlainText(), u"me"_s);
        QCOMPARE(m_conversation->draft(), u"half a thou"_s);
        QTest::keyClick(&editor(), Qt::Key_Return);
        QVERIFY2(edited.isEmpty(), "the text is the same");
        QCOMPARE(editor().toPlainText(), u"half a thou"_s);
        focusRow(1);
        QKeyEvent russian(QEvent::KeyPress, 0x423, Qt::NoModifier, u"у"_s); // where E is elsewhere
        QApplication::sendEvent(&view(), &russian);
        QTest::keyClicks(&editor(), u"!"_s);
        QTest::keyClick(&editor(), Qt::Key_Return);
        QCOMPARE(edited, QList<QVariantList>({{u"m-2"_s, u"me!"_s}}));
    }

    void upInAnEmptyFieldEditsTheLastOwnMessage()
    {
        QTest::keyClick(&editor(), Qt::Key_Up);
        QCOMPARE(editor().toPlainText(), u"half a thou"_s);
        editor().clear();
        QTest::keyClick(&editor(), Qt::Key_Up);
        QCOMPARE(editor().toPlainText(), u"me"_s);
        QTest::keyClick(&editor(), Qt::Key_Escape);
        QCOMPARE(editor().toPlainText(), QString());
    }

    void deletingIsAskedFor()
    {
        const QSignalSpy deleted(m_conversation.get(), &ConversationView::deleteRequested);
        focusRow(0);
        QTest::keyClick(&view(), Qt::Key_Delete);
        focusRow(1);
        QTest::keyClick(&view(), Qt::Key_Delete);
        QCOMPARE(deleted, QList<QVariantList>({{u"m-2"_s}}));
    }

    void lettersAreKeysOnlyWhereTheRowShowsIt()
    {
        focusRow(1);
        m_conversation->setAttribute(Qt::WA_KeyboardFocusChange, false);
        QTest::keyClick(&view(), Qt::Key_E);
        QCOMPARE(m_conversation->draft(), u"half a thoue"_s);
    }

    void aClickTakesAReactionUpOrBack()
    {
        const QSignalSpy reacted(m_conversation.get(), &ConversationView::reactRequested);
        click(0, layoutOf(0).chips.at(0).center());
        click(0, layoutOf(0).chips.at(1).center());
        QCOMPARE(reacted,
                 QList<QVariantList>({{u"m-1"_s, u"👍"_s, true}, {u"m-1"_s, u"🎉"_s, false}}));
    }

    void keysReachEveryReaction()
    {
        const QSignalSpy reacted(m_conversation.get(), &ConversationView::reactRequested);
        focusRow(0);
        QTest::keyClick(&view(), Qt::Key_Right);
        QTest::keyClick(&view(), Qt::Key_Right);
        QTest::keyClick(&view(), Qt::Key_Space);
        QTest::keyClick(&view(), Qt::Key_Left);
        QTest::keyClick(&view(), Qt::Key_Space);
        QCOMPARE(reacted,
                 QList<QVariantList>({{u"m-1"_s, u"🎉"_s, false}, {u"m-1"_s, u"👍"_s, true}}));
    }

    void aReactionIsChosen()
    {
        const QSignalSpy reacted(m_conversation.get(), &ConversationView::reactRequested);
        focusRow(0);
        QTest::keyClick(&view(), Qt::Key_R);
        auto *choice = view().findChild<ReactionChoice *>();
        QVERIFY(choice != nullptr && choice->isVisible());
        QCOMPARE(choice->actions().at(0)->text(), u"👍  Thumbs up"_s);
        QVERIFY(choice->actions().at(3)->isChecked()); // her own
        choice->actions().at(0)->trigger();
        choice->actions().at(3)->trigger();
        QCOMPARE(reacted,
                 QList<QVariantList>({{u"m-1"_s, u"👍"_s, true}, {u"m-1"_s, u"🎉"_s, false}}));
    }

    void aQuoteLeadsToItsMessage()
    {
        click(1, layoutOf(1).quote.center());
        QCOMPARE(view().currentIndex().row(), 0);
    }

    void toolsStandAtTheMessageUnderThePointer()
    {
        auto *tools = view().findChild<MessageActions *>();
        QVERIFY(!tools->isVisible());
        const QPoint over = view().visualRect(m_model->index(1)).center();
        QTest::mouseMove(view().viewport(), over);
        QTRY_VERIFY_WITH_TIMEOUT(tools->isVisible(), 20000);
        const auto buttons = tools->findChildren<QToolButton *>();
        QCOMPARE(buttons.size(), 3);
        buttons.at(1)->click();
        QVERIFY(editor().hasFocus());
        QTest::keyClick(&editor(), Qt::Key_Escape);
    }

    void namesAreCompleted_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("text");
        QTest::newRow("by its beginning") << u"hi @pr"_s << u"hi @Priya "_s;
        QTest::newRow("in Cyrillic") << u"@пё"_s << u"@Пётр "_s;
        QTest::newRow("the first of all") << u"@"_s << u"@Priya "_s;
        QTest::newRow("nobody is called so") << u"@zz"_s << u"@zz"_s;
        QTest::newRow("within a word") << u"a@pr"_s << u"a@pr"_s;
    }

    void namesAreCompleted()
    {
        QFETCH(QString, typed);
        QFETCH(QString, text);
        editor().clear();
        editor().insertPlainText(typed);
        QTest::keyClick(&editor(), Qt::Key_Tab);
        QCOMPARE(editor().toPlainText(), text);
    }

    void escClosesTheNamesAlone()
    {
        editor().clear();
        editor().insertPlainText(u"@"_s);
        QTest::keyClick(&editor(), Qt::Key_Down);
        QTest::keyClick(&editor(), Qt::Key_Escape);
        QCOMPARE(editor().toPlainText(), u"@"_s);
        const QSignalSpy sent(m_conversation.get(), &ConversationView::sendRequested);
        QTest::keyClick(&editor(), Qt::Key_Return);
        QCOMPARE(sent.size(), 1);
    }

    void aReplyIsTakenUpAgain()
    {
        const QSignalSpy sent(m_conversation.get(), &ConversationView::sendRequested);
        QVERIFY(!m_conversation->reply());
        const chat::Quote quote{u"m-1"_s, 1, {u"p-priya"_s, u"Priya"_s}, u"message 1"_s};
        m_conversation->setReply(quote);
        m_conversation->setConversation(m_model.get(), u"hall"_s, u"for Priya"_s);
        QVERIFY(!m_conversation->reply());
        m_conversation->setReply(quote);
        QCOMPARE(*m_conversation->reply(), quote);
        QCOMPARE(m_conversation->draft(), u"for Priya"_s);
        m_conversation->focusComposer();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(sent, (QList<QVariantList>{{u"for Priya"_s, u"m-1"_s}}));
        QVERIFY(!m_conversation->reply());
    }

    void typingIsToldAndShown()
    {
        const QSignalSpy typing(m_conversation.get(), &ConversationView::typingChanged);
        QTest::keyClicks(&editor(), u"x"_s);
        editor().clear();
        QCOMPARE(typing, QList<QVariantList>({{true}, {false}}));
        const auto shown = [&](const QStringList &names) {
            m_conversation->setTyping(names);
            return m_conversation->findChild<QLabel *>(u"typing"_s)->text();
        };
        QCOMPARE(shown({u"Marek"_s}), u"Marek is typing…"_s);
        QCOMPARE(shown({u"Marek"_s, u"Ирина"_s}), u"Marek and Ирина are typing…"_s);
        QCOMPARE(shown({}), QString());
    }

private:
    Theme m_theme{*qApp, Theme::Mode::Light};
    std::unique_ptr<MessageListModel> m_model;
    std::unique_ptr<ConversationView> m_conversation;
};

PARLOUR_TEST(TimelineChangesTest)
#include "tst_timeline_changes.moc"
