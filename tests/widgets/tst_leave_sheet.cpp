// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "models/room_tree_model.h"
#include "support/runner.h"
#include "widgets/common/sheet.h"
#include "widgets/common/text_label.h"
#include "widgets/rooms/room_header.h"
#include "widgets/rooms/room_tree.h"
#include "widgets/rooms/sidebar.h"
#include "widgets/shell/centre_pane.h"
#include "widgets/shell/main_window.h"
#include "widgets/shell/room_page.h"

#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace parlour;
using namespace parlour::widgets;
using namespace Qt::StringLiterals;

namespace {

const QString Studio = u"studio"_s;
const QString Hall = u"hall"_s;
const QString Den = u"den"_s;

/// A window that shows the hall of a host, whose den the person is in as well.
struct House {
    House()
    {
        tree.addHost(Studio, u"Studio North"_s);
        for (const QString &room : {Hall, Den}) {
            chat::RoomState state;
            state.room = room;
            state.title = room;
            tree.setRoom(Studio, state);
            tree.setJoined(Studio, room, true);
        }
        window.setRoomTree(&tree);
        window.setConversation(new QPlainTextEdit);
        window.resize(1360, 900);
        window.show();
        window.showRooms();
        window.showRoom(RoomView{.hostId = Studio,
                                 .hostTitle = u"Studio North"_s,
                                 .room = Hall,
                                 .title = Hall,
                                 .topic = {}});
    }

    void leaveByHeader() { Q_EMIT window.rooms().centre().header().leaveRequested(); }
    /// By what the row's menu offers.
    void leaveByTree(const QModelIndex &row, const QString &action)
    {
        Q_EMIT window.rooms().sidebar().tree().menuRequested(row, {});
        QMenu *menu = nullptr;
        for (QMenu *opened : window.findChildren<QMenu *>())
            if (opened->isVisible())
                menu = opened;
        QVERIFY(menu);
        for (QAction *offered : menu->actions())
            if (offered->text() == action)
                offered->trigger();
        menu->close();
    }
    void leaveHost() { leaveByTree(tree.indexOf(Studio), u"Leave this host"_s); }

    /// The question; null: none is asked.
    Sheet *sheet() const
    {
        for (Sheet *asked : window.findChildren<Sheet *>())
            if (asked->isVisible())
                return asked;
        return nullptr;
    }
    /// Its title and its text.
    QStringList question() const
    {
        QStringList said;
        if (const Sheet *asked = sheet())
            for (const TextLabel *label : asked->findChildren<TextLabel *>())
                if (label->isVisible())
                    said << label->text();
        return said;
    }
    void press(const QString &text) const
    {
        QVERIFY(sheet());
        for (QPushButton *button : sheet()->findChildren<QPushButton *>())
            if (button->accessibleName() == text)
                return button->click();
        QFAIL(qPrintable(u"no button "_s + text));
    }

    Theme theme{*qApp, Theme::Mode::Light};
    models::RoomTreeModel tree;
    MainWindow window{theme};
    QSignalSpy roomLeft{&window, &MainWindow::leaveRoomRequested};
    QSignalSpy hostLeft{&window, &MainWindow::leaveHostRequested};
};

} // namespace

/// What was not sent does not go with a room unless a person says so.
class LeaveSheetTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void leavesAtOnceWhereNothingIsLost()
    {
        House house;
        house.leaveByHeader();
        house.leaveByTree(house.tree.indexOf(Studio, Den), u"Leave this room"_s);
        house.leaveHost();
        QCOMPARE(house.question(), QStringList());
        QCOMPARE(house.roomLeft.value(0), (QVariantList{Studio, Hall}));
        QCOMPARE(house.roomLeft.value(1), (QVariantList{Studio, Den}));
        QCOMPARE(house.hostLeft.value(0), QVariantList{Studio});
    }

    void asksBeforeARoomIsLeft_data()
    {
        QTest::addColumn<bool>("isOnline");
        QTest::addColumn<int>("waiting");
        QTest::addColumn<int>("failed");
        QTest::addColumn<bool>("hasDraft");
        QTest::addColumn<QString>("text");
        const QString three = u"3 messages were not sent. If you leave, they are deleted."_s;
        QTest::newRow("messages wait") << false << 3 << 0 << false << three;
        QTest::newRow("messages failed") << true << 0 << 3 << false << three;
        QTest::newRow("some wait, some failed") << false << 1 << 2 << false << three;
        QTest::newRow("messages are being sent") << true << 3 << 0 << false << three;
        QTest::newRow("a draft") << true << 0 << 0 << true
                                 << u"What you typed was not sent. If you leave, it is deleted."_s;
        QTest::newRow("messages and a draft")
            << false << 2 << 0 << true
            << u"2 messages were not sent, nor was what you typed. If you leave, all of it is "
               "deleted."_s;
    }

    void asksBeforeARoomIsLeft()
    {
        QFETCH(bool, isOnline);
        QFETCH(int, waiting);
        QFETCH(int, failed);
        QFETCH(bool, hasDraft);
        QFETCH(QString, text);
        House house;
        chat::Link link;
        link.state = isOnline ? chat::LinkState::Online : chat::LinkState::Waiting;
        house.tree.setLink(Studio, link);
        house.tree.setWaiting(Studio, Hall, waiting);
        house.tree.setFailed(Studio, Hall, failed);
        house.tree.setDraft(Studio, Hall, hasDraft);
        house.leaveByTree(house.tree.indexOf(Studio, Den), u"Leave this room"_s);
        QCOMPARE(house.roomLeft.count(), 1); // nothing is lost with that one
        house.leaveByHeader();
        QCOMPARE(house.roomLeft.count(), 1);
        QCOMPARE(house.question(), (QStringList{u"Leave hall?"_s, text}));
        QTest::keyClick(house.window.focusWidget(), Qt::Key_Return); // "Stay" is the default
        QVERIFY(!house.sheet());
        QCOMPARE(house.roomLeft.count(), 1);
        house.leaveByTree(house.tree.indexOf(Studio, Hall), u"Leave this room"_s);
        house.press(u"Leave and delete"_s);
        QCOMPARE(house.roomLeft.value(1), (QVariantList{Studio, Hall}));
    }

    void saysThatAHostGetsWhatWaitsLater()
    {
        House house;
        house.tree.setWaiting(Studio, Hall, 2);
        house.tree.setWaiting(Studio, Den, 3);
        house.tree.setFailed(Studio, Den, 4); // stays as well, and is not sent
        house.leaveHost();
        QCOMPARE(house.hostLeft.count(), 0);
        QCOMPARE(house.question(),
                 (QStringList{u"Leave Studio North?"_s,
                              u"5 messages were not sent yet. They stay on this computer and are "
                              "sent when you join again."_s}));
        QTest::keyClick(house.window.focusWidget(), Qt::Key_Escape);
        QCOMPARE(house.hostLeft.count(), 0);
        house.leaveHost();
        house.press(u"Leave"_s);
        QCOMPARE(house.hostLeft.value(0), QVariantList{Studio});
        QCOMPARE(house.roomLeft.count(), 0);
    }

    void saysThatAHostsMessagesAreLostWhereNothingIsKept()
    {
        House house;
        house.window.setKeepsUnsent(false);
        house.tree.setWaiting(Studio, Hall, 2);
        house.tree.setFailed(Studio, Den, 1);
        house.leaveHost();
        QCOMPARE(house.question().value(1),
                 u"3 messages were not sent. If you leave, they are deleted."_s);
        house.press(u"Leave and delete"_s);
        QCOMPARE(house.hostLeft.count(), 1);
    }
};

PARLOUR_TEST(LeaveSheetTest)
#include "tst_leave_sheet.moc"
