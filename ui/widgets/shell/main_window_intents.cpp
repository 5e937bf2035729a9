// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
// What people do in the panels, the menu and the sheets, as signals of the window.
#include "models/room_tree_model.h"
#include "widgets/firstrun/first_run_page.h"
#include "widgets/host/host_bar.h"
#include "widgets/rooms/leave_sheet.h"
#include "widgets/rooms/link_strip.h"
#include "widgets/rooms/room_header.h"
#include "widgets/rooms/room_tree.h"
#include "widgets/rooms/sidebar.h"
#include "widgets/search/search_panel.h"
#include "widgets/shell/centre_pane.h"
#include "widgets/shell/main_window.h"
#include "widgets/shell/room_page.h"
#include "widgets/shell/shell_menu.h"
#include "widgets/shell/shell_sheets.h"

#include <QShortcut>
#include <QStackedWidget>

namespace parlour::widgets {

using models::RoomTreeModel;

namespace {

/// What is lost with a room.
Unsaid unsaidIn(const QModelIndex &room)
{
    return {.messages = room.data(RoomTreeModel::PendingRole).toInt()
                + room.data(RoomTreeModel::FailedRole).toInt(),
            .hasDraft = room.data(RoomTreeModel::DraftRole).toBool()};
}

} // namespace

void MainWindow::connectFirstRun()
{
    connect(m_firstRun, &FirstRunPage::hostRequested, this, [this](const QString &name) {
        Q_EMIT renameRequested(name);
        Q_EMIT hostRequested(m_hostingDefaults);
    });
    connect(m_firstRun, &FirstRunPage::joinRequested, this,
            [this](const QString &name, const QString &address) {
                Q_EMIT renameRequested(name);
                Q_EMIT joinRequested(address);
            });
}

void MainWindow::connectPanels()
{
    Sidebar &sidebar = m_rooms->sidebar();
    connect(&sidebar, &Sidebar::hostClicked, this, &MainWindow::openHost);
    connect(&sidebar, &Sidebar::joinClicked, this, &MainWindow::openJoin);
    connect(&sidebar, &Sidebar::newRoomClicked, this, [this] { openNewRoom(m_room->hostId); });
    connect(&sidebar.tree(), &RoomTree::menuRequested, this, &MainWindow::showTreeMenu);
    connect(&sidebar.tree(), &RoomTree::roomActivated, this,
            [this](const QString &hostId, const QString &room) {
                m_rooms->setTreeInFront(false);
                Q_EMIT roomActivated(hostId, room);
            });

    CentrePane &centre = m_rooms->centre();
    connect(&centre, &CentrePane::hostClicked, this, &MainWindow::openHost);
    connect(&centre, &CentrePane::joinClicked, this, &MainWindow::openJoin);
    connect(&centre.linkStrip(), &LinkStrip::retryRequested, this,
            [this] { Q_EMIT retryRequested(m_room->hostId); });
    connect(&centre.linkStrip(), &LinkStrip::compareRequested, this, [this] {
        askAboutKey(m_room->hostId, m_room->hostTitle, m_rooms->centre().linkStrip().link());
    });
    connect(&centre.header(), &RoomHeader::topicChangeRequested, this,
            [this] { m_sheets->openTopic(m_room->hostId, m_room->room, m_room->topic); });
    connect(&centre.header(), &RoomHeader::exportRequested, this,
            [this] { Q_EMIT exportRequested(m_room->hostId, m_room->room); });
    connect(&centre.header(), &RoomHeader::leaveRequested, this,
            [this] { leaveRoom(m_room->hostId, m_room->room); });

    connect(&centre.header(), &RoomHeader::searchToggled, this, [this](bool isSearching) {
        if (isSearching)
            openSearch(false);
        else
            closeSearch();
    });
    connect(&m_rooms->search(), &SearchPanel::closed, this, &MainWindow::closeSearch);
    connect(&m_rooms->search(), &SearchPanel::chosen, this, [this] {
        if (m_rooms->width() < m_theme.px(RoomPage::WideWidth))
            closeSearch(); // it lies over what was found
    });

    HostBar &bar = m_rooms->hostBar();
    connect(&bar, &HostBar::copyRequested, this, &MainWindow::copyRequested);
    connect(&bar, &HostBar::safetyNumberRequested, this,
            [this] { openSafety(m_hosting->title, m_hosting->key, true); });
    connect(&bar, &HostBar::bridgeRequested, this, &MainWindow::openBridge);
    connect(&bar, &HostBar::monitorRequested, this, &MainWindow::monitorRequested);
    connect(&bar, &HostBar::stopRequested, this, &MainWindow::stopHostingRequested);
}

void MainWindow::connectMenu()
{
    connect(m_menu, &ShellMenu::newRoomRequested, this, [this] { openNewRoom(m_room->hostId); });
    connect(m_menu, &ShellMenu::renameRequested, this,
            [this] { m_sheets->openName(m_personName); });
    connect(m_menu, &ShellMenu::hostRequested, this, &MainWindow::openHost);
    connect(m_menu, &ShellMenu::joinRequested, this, &MainWindow::openJoin);
    connect(m_menu, &ShellMenu::monitorRequested, this, &MainWindow::monitorRequested);
    connect(m_menu, &ShellMenu::bridgeRequested, this, &MainWindow::openBridge);
    connect(m_menu, &ShellMenu::importRequested, this, &MainWindow::importRequested);
    connect(m_menu, &ShellMenu::tellsTypingRequested, this, &MainWindow::tellsTypingRequested);
    connect(m_menu, &ShellMenu::quitRequested, this, &QWidget::close);
    connect(m_menu, &ShellMenu::themeModeRequested, this, [this](Theme::Mode mode) {
        m_theme.setMode(mode);
        Q_EMIT themeModeRequested(mode);
    });
}

void MainWindow::connectSheets()
{
    connect(m_sheets, &ShellSheets::joinRequested, this, &MainWindow::joinRequested);
    connect(m_sheets, &ShellSheets::hostRequested, this, &MainWindow::hostRequested);
    connect(m_sheets, &ShellSheets::newRoomRequested, this, &MainWindow::newRoomRequested);
    connect(m_sheets, &ShellSheets::topicChangeRequested, this, &MainWindow::topicChangeRequested);
    connect(m_sheets, &ShellSheets::renameRequested, this, &MainWindow::renameRequested);
    connect(m_sheets, &ShellSheets::copyRequested, this, &MainWindow::copyRequested);
    connect(m_sheets, &ShellSheets::trustRequested, this, &MainWindow::trustRequested);
    connect(m_sheets, &ShellSheets::bridgeRequested, this, &MainWindow::openBridge);
    connect(m_sheets, &ShellSheets::bridgeTestRequested, this, &MainWindow::bridgeTestRequested);
    connect(m_sheets, &ShellSheets::bridgeTestDropped, this, &MainWindow::bridgeTestDropped);
    connect(m_sheets, &ShellSheets::bridgeSaveRequested, this, &MainWindow::bridgeSaveRequested);
    connect(m_sheets, &ShellSheets::leaveRequested, this,
            [this](const QString &hostId, const QString &room) {
                if (room.isEmpty())
                    Q_EMIT leaveHostRequested(hostId);
                else
                    Q_EMIT leaveRoomRequested(hostId, room);
            });
    connect(m_sheets, &ShellSheets::stopAndQuitRequested, this, &MainWindow::stopAndQuitRequested);
}

// The menu's actions bring their keys along; these have no place in it.
void MainWindow::addKeys()
{
    addActions(m_menu->actions());
    const auto add = [this](const QKeySequence &keys, const auto &reaction) {
        connect(new QShortcut(keys, this), &QShortcut::activated, this, [this, reaction] {
            if (m_pages->currentWidget() == m_rooms && !m_sheets->isOpen()) {
                reaction();
            }
        });
    };
    add(QKeySequence(Qt::Key_F6), [this] { m_rooms->focusNextPane(); });
    add(QKeySequence(QKeySequence::Find), [this] { openSearch(false); });
    add(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F), [this] { openSearch(true); });
    add(QKeySequence(Qt::ALT | Qt::Key_Left), [this] { m_rooms->setTreeInFront(true); });
    add(QKeySequence(Qt::ALT | Qt::Key_Up), [this] { m_rooms->sidebar().tree().chooseNext(-1); });
    add(QKeySequence(Qt::ALT | Qt::Key_Down), [this] { m_rooms->sidebar().tree().chooseNext(1); });
}

void MainWindow::openSearch(bool isEverywhere)
{
    if (!m_room)
        return;
    m_rooms->setTreeInFront(false);
    m_rooms->setSearchOpen(true);
    m_rooms->search().open(isEverywhere);
}

void MainWindow::closeSearch()
{
    m_rooms->setSearchOpen(false);
}

void MainWindow::openJoin()
{
    if (m_pages->currentWidget() == m_rooms && !m_sheets->isOpen()) {
        m_sheets->openJoin(m_personName);
    }
}

void MainWindow::openHost()
{
    if (m_pages->currentWidget() == m_rooms && !m_sheets->isOpen()) {
        m_sheets->openHost(m_hostingDefaults);
    }
}

void MainWindow::openBridge()
{
    BridgeNotes notes = m_bridgeNotes;
    notes.isHosting = m_hosting.has_value();
    if (!m_sheets->isOpen())
        m_sheets->openBridge(m_bridge, notes);
}

void MainWindow::openNewRoom(const QString &hostId)
{
    if (!m_sheets->isOpen()) {
        m_sheets->openNewRoom(hostId, m_tree->indexOf(hostId).data().toString());
    }
}

void MainWindow::openSafety(const QString &hostTitle, const chat::HostKey &key, bool isOwn)
{
    if (!m_sheets->isOpen()) {
        m_sheets->openSafety(hostTitle, key, isOwn);
    }
}

void MainWindow::askAboutKey(const QString &hostId, const QString &hostTitle,
                             const chat::Link &link)
{
    if (link.keyBefore && !m_sheets->isOpen()) {
        m_sheets->openKeyChanged(hostId, hostTitle, link);
    }
}

void MainWindow::leaveRoom(const QString &hostId, const QString &room)
{
    const QModelIndex row = m_tree->indexOf(hostId, room);
    const Unsaid unsaid = unsaidIn(row);
    if (unsaid.isEmpty())
        Q_EMIT leaveRoomRequested(hostId, room);
    else
        m_sheets->openLeave(hostId, room, row.data(RoomTreeModel::TitleRole).toString(), unsaid);
}

/// Drafts and what failed are there again when the person is, and send nothing by themselves: only
/// what waits is worth a question, unless nothing is kept.
void MainWindow::leaveHost(const QString &hostId)
{
    const QModelIndex host = m_tree->indexOf(hostId);
    Unsaid unsaid{.isKept = m_keepsUnsent};
    for (int row = 0; row < m_tree->rowCount(host); ++row) {
        const QModelIndex room = m_tree->index(row, 0, host);
        const Unsaid lost = unsaidIn(room);
        unsaid.messages +=
            m_keepsUnsent ? room.data(RoomTreeModel::PendingRole).toInt() : lost.messages;
        unsaid.hasDraft |= !m_keepsUnsent && lost.hasDraft;
    }
    if (unsaid.isEmpty())
        Q_EMIT leaveHostRequested(hostId);
    else
        m_sheets->openLeave(hostId, {}, host.data(RoomTreeModel::TitleRole).toString(), unsaid);
}

void MainWindow::showTreeMenu(const QModelIndex &index, const QPoint &globalPosition)
{
    const QString hostId = index.data(RoomTreeModel::HostIdRole).toString();
    const QString room = index.data(RoomTreeModel::RoomIdRole).toString();
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (index.data(RoomTreeModel::IsHostRole).toBool()) {
        menu->addAction(tr("New room…"), this, [this, hostId] { openNewRoom(hostId); });
        const bool isHere = index.data(RoomTreeModel::HostedHereRole).toBool();
        const auto link = index.data(RoomTreeModel::LinkRole).value<chat::Link>();
        if (!link.key.fingerprint.isEmpty() && !link.keyBefore) {
            menu->addAction(tr("Safety number…"), this,
                            [this, link, isHere, title = index.data().toString()] {
                                openSafety(title, link.key, isHere);
                            });
        }
        menu->addAction(tr("Continue in a browser…"), this,
                        [this, hostId, title = index.data().toString()] {
                            if (!m_sheets->isOpen())
                                m_sheets->openLink(hostId, title);
                        });
        if (isHere) {
            menu->addAction(tr("Stop hosting"), this, &MainWindow::stopHostingRequested);
        } else {
            menu->addAction(tr("Leave this host"), this, [this, hostId] { leaveHost(hostId); });
        }
    } else if (index.data(RoomTreeModel::JoinedRole).toBool()) {
        menu->addAction(tr("Leave this room"), this,
                        [this, hostId, room] { leaveRoom(hostId, room); });
    } else {
        menu->addAction(tr("Join this room"), this,
                        [this, hostId, room] { Q_EMIT roomActivated(hostId, room); });
    }
    menu->popup(globalPosition);
}

} // namespace parlour::widgets
