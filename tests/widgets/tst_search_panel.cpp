// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "models/search_result_model.h"
#include "support/runner.h"
#include "widgets/rooms/member_pane.h"
#include "widgets/search/search_panel.h"
#include "widgets/shell/main_window.h"
#include "widgets/shell/room_page.h"
#include "widgets/theme/theme.h"
#include "widgets/timeline/conversation_view.h"
#include "widgets/timeline/timeline_view.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace parlour;
using models::SearchResultModel;
using widgets::ConversationView;
using widgets::MainWindow;
using widgets::SearchPanel;
using widgets::Theme;
using State = widgets::SearchPanel::State;

/// Searching in the window: by keys alone, and what is said when nothing is found.
class SearchPanelTest : public QObject
{
    Q_OBJECT

    Theme m_theme{*qApp, Theme::Mode::Light};
    SearchResultModel m_results;
    std::unique_ptr<MainWindow> m_window;
    ConversationView *m_conversation = nullptr;

    SearchPanel &panel() { return m_window->rooms().search(); }
    QLineEdit &field() { return *panel().findChild<QLineEdit *>(); }
    QListView &list() { return *panel().findChild<QListView *>(); }
    QPushButton *button(const QString &text)
    {
        for (auto *one : panel().findChildren<QPushButton *>())
            if (one->text() == text && one->isVisible())
                return one;
        return nullptr;
    }
    QString words()
    {
        QString all;
        for (const auto *label : panel().findChildren<QLabel *>())
            all += label->isVisible() ? label->text() : QString();
        return all;
    }
    void press(int key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key(key), modifiers);
    }
    void find(int count)
    {
        m_results.begin({u"ежик"_s}, SearchResultModel::Places::Nothing);
        QList<models::FoundMessage> found;
        for (int number = count; number > 0; --number)
            found.append({u"here"_s,
                          u"Studio"_s,
                          {u"general"_s,
                           u"m-%1"_s.arg(number),
                           u"e-1"_s,
                           number,
                           {u"p-ann"_s, u"Ann"_s},
                           number,
                           u"Ёжик в тумане"_s}});
        m_results.add(found);
        panel().setState(State::Done, true);
    }

private Q_SLOTS:
    void init()
    {
        m_window = std::make_unique<MainWindow>(m_theme);
        m_conversation = new ConversationView(m_theme);
        m_window->setConversation(m_conversation);
        m_window->showRooms();
        m_window->showRoom(
            widgets::RoomView{u"here"_s, u"Studio"_s, u"general"_s, u"general"_s, {}});
        panel().setModel(&m_results);
        m_results.begin({}, SearchResultModel::Places::Nothing);
        m_window->resize(1200, 800);
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_conversation->timeline().setFocus();
    }

    void cleanup() { m_window.reset(); }

    void opensByKeysInThePlaceOfTheMembers()
    {
        QVERIFY(m_window->rooms().members().isVisible());
        press(Qt::Key_F, Qt::ControlModifier);
        QVERIFY(panel().isVisible());
        QVERIFY(!m_window->rooms().members().isVisible());
        QVERIFY(field().hasFocus());
        QVERIFY(!panel().isEverywhere());
        press(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(panel().isEverywhere());
        press(Qt::Key_Escape);
        QVERIFY(!panel().isVisible());
        QVERIFY(m_window->rooms().members().isVisible());
    }

    void isSearchedWhileSomebodyTypes()
    {
        const QSignalSpy searched(&panel(), &SearchPanel::searchRequested);
        m_window->openSearch(false);
        field().insert(u"ежик"_s);
        QTRY_COMPARE(searched.size(), 1);
        QCOMPARE(panel().text(), u"ежик"_s);
        field().insert(u"!"_s);
        press(Qt::Key_Return);
        QCOMPARE(searched.size(), 2);
    }

    void keysChooseAMessage()
    {
        const QSignalSpy chosen(&panel(), &SearchPanel::chosen);
        m_window->openSearch(false);
        field().insert(u"ежик"_s);
        press(Qt::Key_Return);
        find(3);
        press(Qt::Key_Return);
        QCOMPARE(chosen.last().first().toModelIndex().row(), 0);
        press(Qt::Key_Down);
        press(Qt::Key_Down);
        press(Qt::Key_Return);
        QCOMPARE(chosen.last().first().toModelIndex().row(), 1);
        press(Qt::Key_Up);
        press(Qt::Key_Up);
        QVERIFY(field().hasFocus());
        QVERIFY2(panel().isVisible(), "beside the room it stays");
    }

    void aClickChoosesAMessage()
    {
        const QSignalSpy chosen(&panel(), &SearchPanel::chosen);
        m_window->openSearch(false);
        find(3);
        const QRect row = list().visualRect(m_results.index(1));
        QTest::mouseClick(list().viewport(), Qt::LeftButton, {}, row.center());
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen.first().first().toModelIndex().row(), 1);
    }

    void aSelectedMessageIsChosen()
    {
        const QSignalSpy chosen(&panel(), &SearchPanel::chosen);
        m_window->openSearch(false);
        find(3);
        list().selectionModel()->select(m_results.index(2), QItemSelectionModel::Select);
        QTRY_COMPARE(chosen.size(), 1);
        QCOMPARE(chosen.first().first().toModelIndex().row(), 2);
    }

    void saysHowItGoes()
    {
        m_window->openSearch(false);
        QVERIFY(words().contains(u"Type words"_s));
        field().insert(u"ёжик"_s);
        press(Qt::Key_Return);
        panel().setState(State::Searching);
        QVERIFY(words().contains(u"Searching…"_s));
        panel().setState(State::Done);
        QVERIFY(words().contains(u"No messages with “ёжик” in this room."_s));
        const QSignalSpy searched(&panel(), &SearchPanel::searchRequested);
        QVERIFY(button(u"Search all rooms"_s) != nullptr);
        button(u"Search all rooms"_s)->click();
        QVERIFY(panel().isEverywhere());
        QCOMPARE(searched.size(), 1);
        panel().setState(State::Done);
        QVERIFY(words().contains(u"No messages with “ёжик” in any room."_s));
        QVERIFY(button(u"Search all rooms"_s) == nullptr);
        panel().setNote(u"No connection."_s);
        QVERIFY(words().contains(u"No connection."_s));
    }

    void moreIsToBeHad()
    {
        const QSignalSpy more(&panel(), &SearchPanel::moreRequested);
        m_window->openSearch(false);
        find(3);
        button(u"Show more"_s)->click();
        QCOMPARE(more.size(), 1);
        panel().setState(State::Done, false);
        QVERIFY(button(u"Show more"_s) == nullptr);
    }

    void inANarrowWindowItGivesWayToWhatWasFound()
    {
        m_window->resize(500, 700);
        m_window->openSearch(false);
        QCOMPARE(panel().width(), m_window->rooms().width());
        find(1);
        press(Qt::Key_Return);
        QVERIFY(!panel().isVisible());
    }

    void allIsNamed()
    {
        m_window->openSearch(false);
        find(1);
        for (const auto *widget : panel().findChildren<QWidget *>()) {
            if (widget->isVisible() && (widget->focusPolicy() & Qt::TabFocus) == Qt::TabFocus)
                QVERIFY2(!widget->accessibleName().isEmpty(), widget->metaObject()->className());
        }
    }
};

PARLOUR_TEST(SearchPanelTest)
#include "tst_search_panel.moc"
