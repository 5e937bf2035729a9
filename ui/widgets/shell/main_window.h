// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/client_state.h"
#include "widgets/host/bridge_choice.h"
#include "widgets/host/hosting.h"
#include "widgets/theme/theme.h"

#include <QMainWindow>

#include <optional>

class QStackedWidget;

namespace parlour::models {
class MemberListModel;
class RoomTreeModel;
} // namespace parlour::models

namespace parlour::widgets {

class FirstRunPage;
class RoomPage;
class ShellMenu;
class ShellSheets;

/// The room that the window shows.
struct RoomView {
    QString hostId;
    QString hostTitle;
    QString room;
    QString title;
    QString topic;
};

/// The window of the app: lays out the pages, the panels and the sheets, and says in signals of
/// plain values what people want. Does no work: the app does, and tells the window the outcome.
/// Leaving a room or a host asks first where something there is not sent.
/// Closing it while hosting asks first; when a person answers "Stop and quit",
/// stopAndQuitRequested() comes and the window stays until the app has stopped the host
/// (setHosting({})) and closes it.
class MainWindow final : public QMainWindow
{
    Q_OBJECT
public:
    /// The theme outlives the window.
    explicit MainWindow(Theme &theme, QWidget *parent = nullptr);

    FirstRunPage &firstRun() const { return *m_firstRun; }
    RoomPage &rooms() const { return *m_rooms; }
    ShellSheets &sheets() const { return *m_sheets; }

    /// Models outlive the window. `members` may be replaced at any time, by none too.
    void setRoomTree(models::RoomTreeModel *tree);
    void setMembers(models::MemberListModel *members);
    /// Takes the widget that shows the messages and the field to write in; once. F6 gives it the
    /// focus: set a focus proxy.
    void setConversation(QWidget *conversation);

    void showFirstRun();
    void showRooms();
    /// None: the room was left.
    void showRoom(const std::optional<RoomView> &room);
    /// How the shown room's host is connected.
    void setLink(const chat::Link &link);
    /// So many own messages of the shown room wait for its host.
    void setKept(int messages);
    void setWatched(bool isWatched);
    /// Whether the shown room's host has lost the way to the others that it shares its rooms with.
    void setBridgeAway(bool isAway);
    /// Of what was missed in the shown room so much is here; equal: all.
    void setCatchingUp(qint64 done, qint64 total);
    /// A host shows another key than before (`link`): asks, unless another sheet is open; the link
    /// strip of its rooms asks again.
    void askAboutKey(const QString &hostId, const QString &hostTitle, const chat::Link &link);
    void setPerson(const QString &id, const QString &name);
    /// What the menu shows; the app keeps it by tellsTypingRequested().
    void setTellsTyping(bool tells);
    /// Whether what waits at a host that is left is sent when the person joins it again (at first:
    /// it is); else it is lost.
    void setKeepsUnsent(bool keeps) { m_keepsUnsent = keeps; }
    /// What the sheet for hosting proposes.
    void setHostingDefaults(const HostingRequest &defaults) { m_hostingDefaults = defaults; }
    /// What the sheet for the bridge shows; the app keeps it by bridgeSaveRequested(). Whether the
    /// person is hosting is known here.
    void setBridge(const BridgeChoice &choice, const BridgeNotes &notes);
    void openBridge();
    /// In the shown room, or in all; not without a room.
    void openSearch(bool isEverywhere);
    void closeSearch();
    /// None: this app hosts nothing.
    void setHosting(const std::optional<HostingState> &hosting);

    /// Place and panes, for the app's settings; anything that is no answer of it is passed over.
    QByteArray saveLayout() const;
    void restoreLayout(const QByteArray &layout);

Q_SIGNALS:
    void hostRequested(const parlour::widgets::HostingRequest &request);
    void joinRequested(const QString &address);
    void roomActivated(const QString &hostId, const QString &room);
    void newRoomRequested(const QString &hostId, const QString &title, const QString &topic);
    void topicChangeRequested(const QString &hostId, const QString &room, const QString &topic);
    void exportRequested(const QString &hostId, const QString &room);
    /// Of a file, into the own host.
    void importRequested();
    void leaveRoomRequested(const QString &hostId, const QString &room);
    void leaveHostRequested(const QString &hostId);
    void renameRequested(const QString &name);
    void retryRequested(const QString &hostId);
    void trustRequested(const QString &hostId, const QByteArray &fingerprint);
    void copyRequested(const QString &text);
    void monitorRequested();
    void stopHostingRequested();
    void stopAndQuitRequested();
    void bridgeSaveRequested(const parlour::widgets::BridgeChoice &choice);
    void bridgeTestRequested(const parlour::widgets::BridgeChoice &choice);
    void bridgeTestDropped();
    void themeModeRequested(parlour::widgets::Theme::Mode mode);
    void tellsTypingRequested(bool tells);

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void connectPanels();
    void connectFirstRun();
    void connectMenu();
    void connectSheets();
    void addKeys();
    void openJoin();
    void openHost();
    void openNewRoom(const QString &hostId);
    void openSafety(const QString &hostTitle, const chat::HostKey &key, bool isOwn);
    void leaveRoom(const QString &hostId, const QString &room);
    void leaveHost(const QString &hostId);
    void showTreeMenu(const QModelIndex &index, const QPoint &globalPosition);
    void countMembers();
    void updateNewRoom();
    void updateTitle();

    Theme &m_theme;
    QStackedWidget *m_pages;
    FirstRunPage *m_firstRun;
    RoomPage *m_rooms;
    ShellSheets *m_sheets;
    ShellMenu *m_menu;
    models::RoomTreeModel *m_tree = nullptr;
    models::MemberListModel *m_members = nullptr;
    std::optional<RoomView> m_room;
    std::optional<HostingState> m_hosting;
    HostingRequest m_hostingDefaults;
    BridgeChoice m_bridge;
    BridgeNotes m_bridgeNotes;
    QString m_personName;
    bool m_keepsUnsent = true;
};

} // namespace parlour::widgets
