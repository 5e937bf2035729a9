// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/shell/main_window.h"

#include "models/member_list_model.h"
#include "models/room_tree_model.h"
#include "widgets/firstrun/first_run_page.h"
#include "widgets/host/host_bar.h"
#include "widgets/rooms/bridge_strip.h"
#include "widgets/rooms/catch_up_strip.h"
#include "widgets/rooms/link_strip.h"
#include "widgets/rooms/member_pane.h"
#include "widgets/rooms/privacy_strip.h"
#include "widgets/rooms/room_header.h"
#include "widgets/rooms/room_tree.h"
#include "widgets/rooms/sidebar.h"
#include "widgets/shell/centre_pane.h"
#include "widgets/shell/room_page.h"
#include "widgets/shell/shell_menu.h"
#include "widgets/shell/shell_sheets.h"

#include <QCloseEvent>
#include <QDataStream>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace parlour::widgets {

namespace {

QString wordsFor(const chat::Link &link)
{
    switch (link.state) {
    case chat::LinkState::Offline:
        return MainWindow::tr("Not connected");
    case chat::LinkState::Connecting:
        return MainWindow::tr("Connecting…");
    case chat::LinkState::Online:
        return MainWindow::tr("Connected");
    case chat::LinkState::Waiting:
        return MainWindow::tr("Reconnecting…");
    case chat::LinkState::Refused:
        return MainWindow::tr("Not let in");
    }
    return {};
}

} // namespace

MainWindow::MainWindow(Theme &theme, QWidget *parent)
    : QMainWindow(parent)
    , m_theme(theme)
    , m_pages(new QStackedWidget(this))
    , m_firstRun(new FirstRunPage(theme, m_pages))
    , m_rooms(new RoomPage(theme, m_pages))
    , m_sheets(new ShellSheets(theme, this))
    , m_menu(new ShellMenu(this))
{
    setWindowIcon(QIcon(u":/logo/parlour.svg"_s));
    setMinimumSize(360, 480);
    resize(theme.px(1120), theme.px(800));
    m_pages->addWidget(m_firstRun);
    m_pages->addWidget(m_rooms);
    setCentralWidget(m_pages);
    m_rooms->sidebar().setMenu(m_menu);
    m_menu->setThemeMode(theme.mode());
    connectFirstRun();
    connectPanels();
    connectMenu();
    connectSheets();
    addKeys();
    updateTitle();
}

void MainWindow::setRoomTree(models::RoomTreeModel *tree)
{
    m_tree = tree;
    m_rooms->sidebar().tree().setModel(tree);
    connect(tree, &QAbstractItemModel::dataChanged, this, &MainWindow::updateNewRoom);
    showRoom(m_room);
}

void MainWindow::setMembers(models::MemberListModel *members)
{
    if (m_members != nullptr) {
        m_members->disconnect(this);
    }
    m_members = members;
    m_rooms->members().setModel(members);
    if (members != nullptr) {
        connect(members, &models::MemberListModel::peopleChanged, this, &MainWindow::countMembers);
    }
    countMembers();
}

void MainWindow::countMembers()
{
    m_rooms->centre().header().setPeople(m_members == nullptr ? 0 : m_members->rowCount());
}

void MainWindow::setConversation(QWidget *conversation)
{
    m_rooms->centre().setConversation(conversation);
}

void MainWindow::showFirstRun()
{
    m_pages->setCurrentWidget(m_firstRun);
    updateTitle();
}

void MainWindow::showRooms()
{
    m_pages->setCurrentWidget(m_rooms);
    m_firstRun->setWaiting(false, false);
    updateTitle();
}

void MainWindow::showRoom(const std::optional<RoomView> &room)
{
    m_room = room;
    CentrePane &centre = m_rooms->centre();
    const bool hasHost = m_tree != nullptr && m_tree->rowCount() > 0;
    centre.setContent(room          ? CentrePane::Content::Conversation
                          : hasHost ? CentrePane::Content::NoRoom
                                    : CentrePane::Content::NoHost);
    if (m_tree != nullptr) {
        m_rooms->sidebar().tree().showAsCurrent(room ? m_tree->indexOf(room->hostId, room->room)
                                                     : QModelIndex());
    }
    if (room) {
        centre.header().setRoom(room->title, room->topic);
    } else {
        setLink({});
        setKept(0);
        setWatched(false);
        setBridgeAway(false);
        setCatchingUp(0, 0);
    }
    m_rooms->setMembersAvailable(room.has_value());
    m_rooms->setTreeInFront(!room);
    updateNewRoom();
    updateTitle();
}

void MainWindow::setLink(const chat::Link &link)
{
    m_rooms->centre().linkStrip().setLink(m_room ? m_room->hostTitle : QString(), link);
    m_rooms->centre().privacyStrip().setLink(m_room ? m_room->hostId : QString(),
                                             m_room ? m_room->hostTitle : QString(), link);
    const bool isLost = link.state != chat::LinkState::Online && link.lostAt > 0;
    m_rooms->members().setAsSeenAt(m_room && isLost ? link.lostAt : 0);
    m_rooms->sidebar().setState(wordsFor(link));
}

void MainWindow::setKept(int messages)
{
    m_rooms->centre().linkStrip().setKept(messages);
}

void MainWindow::setWatched(bool isWatched)
{
    m_rooms->centre().setWatched(isWatched);
}

void MainWindow::setBridgeAway(bool isAway)
{
    m_rooms->centre().bridgeStrip().setAway(isAway);
}

void MainWindow::setCatchingUp(qint64 done, qint64 total)
{
    m_rooms->centre().catchUpStrip().setProgress(done, total);
}

void MainWindow::setPerson(const QString &id, const QString &name)
{
    m_personName = name;
    m_rooms->sidebar().setPerson(id, name);
}

void MainWindow::setHosting(const std::optional<HostingState> &hosting)
{
    m_hosting = hosting;
    if (hosting) {
        m_rooms->hostBar().setHosting(*hosting);
    }
    m_rooms->hostBar().setVisible(hosting.has_value());
    m_rooms->sidebar().setHostEnabled(
        !hosting, hosting ? tr("This app hosts %1 already").arg(hosting->title) : QString());
    m_menu->setHosting(hosting.has_value());
}

void MainWindow::setBridge(const BridgeChoice &choice, const BridgeNotes &notes)
{
    m_bridge = choice;
    m_bridgeNotes = notes;
}

void MainWindow::setTellsTyping(bool tells)
{
    m_menu->setTellsTyping(tells);
}

QByteArray MainWindow::saveLayout() const
{
    QByteArray layout;
    QDataStream stream(&layout, QIODevice::WriteOnly);
    stream << saveGeometry() << m_rooms->saveLayout();
    return layout;
}

void MainWindow::restoreLayout(const QByteArray &layout)
{
    QByteArray geometry;
    QByteArray panes;
    QDataStream stream(layout);
    stream >> geometry >> panes;
    if (stream.status() == QDataStream::Ok) {
        restoreGeometry(geometry);
        m_rooms->restoreLayout(panes);
    }
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (!m_hosting) {
        event->accept();
        return;
    }
    event->ignore();
    if (!m_sheets->isOpen()) {
        m_sheets->openQuit(*m_hosting);
    }
}

void MainWindow::updateNewRoom()
{
    const bool isPossible = m_room && m_tree != nullptr
        && m_tree->indexOf(m_room->hostId)
                .data(models::RoomTreeModel::LinkRole)
                .value<chat::Link>()
                .state
            == chat::LinkState::Online;
    m_rooms->sidebar().setNewRoomEnabled(isPossible);
    m_menu->setNewRoomEnabled(isPossible);
}

void MainWindow::updateTitle()
{
    const bool isInRoom = m_room && m_pages->currentWidget() == m_rooms;
    setWindowTitle(isInRoom ? u"%1 – %2 – Parlour"_s.arg(m_room->title, m_room->hostTitle)
                            : u"Parlour"_s);
}

} // namespace parlour::widgets
