// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/client_state.h"
#include "chat/monitor_frames.h"
#include "models/monitor/bridge_host_model.h"
#include "models/monitor/bridge_model.h"
#include "models/monitor/channel_table_model.h"
#include "models/monitor/connection_table_model.h"
#include "models/monitor/group_tree_model.h"
#include "models/monitor/live_message_model.h"
#include "models/monitor/not_shared_model.h"
#include "models/monitor/overview_model.h"

#include <QMainWindow>

class QCheckBox;
class QLabel;
class QStackedWidget;

namespace parlour::widgets {

class Theme;

namespace monitor {
class BridgePage;
class ChannelsPage;
class ConnectionsPage;
class ElidedLabel;
class EmptyPage;
class GroupsPage;
class LinkStrip;
class MessagesPage;
class OverviewPage;
class SectionList;
} // namespace monitor

/// The window that watches one host. It is given what the host's feed says and asks for what the
/// owner wants by signals; it knows no socket. Read only until the box is unticked.
class MonitorWindow final : public QMainWindow
{
    Q_OBJECT
public:
    /// `theme` outlives the window.
    explicit MonitorWindow(const Theme &theme, QWidget *parent = nullptr);
    ~MonitorWindow() override;

    /// Whether messages are watched now: that section is open and the window can be seen.
    bool isWatching() const { return m_isWatching; }

    /// The host is this app's: its settings can be opened from here.
    void setOwn(bool isOwn);

public Q_SLOTS:
    /// The host's title, where it is known before the first snapshot.
    void setHostTitle(const QString &title);
    void setSnapshot(const parlour::chat::MonitorSnapshot &snapshot);
    void addActivity(const parlour::chat::MonitorActivity &activity);
    void setLink(const parlour::chat::Link &link);
    /// Why the host refused a wish (to close, to ping).
    void showError(const parlour::chat::ErrorFrame &error);

Q_SIGNALS:
    /// Activity is wanted from now on, or no longer. Everybody in the rooms is told.
    void watchRequested(bool messages);
    void closeConnectionRequested(quint64 connection);
    void pingRequested(quint64 connection);
    void retryRequested();
    /// How the host shares its rooms is to be changed.
    void bridgeSettingsRequested();

protected:
    bool event(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeHeader();
    QWidget *makeSide();
    QWidget *makePages();
    void wirePages();
    void showSection();
    void showState();
    void showCounts(const chat::MonitorSnapshot &snapshot);
    void showBridge(const chat::MonitorSnapshot &snapshot);
    void updateWatching();

    const Theme &m_theme;
    models::OverviewModel m_overviewModel;
    models::ChannelTableModel m_channelModel;
    models::GroupTreeModel m_groupModel;
    models::ConnectionTableModel m_connectionModel;
    models::LiveMessageModel m_messageModel;
    models::BridgeModel m_bridgeModel;
    models::BridgeHostModel m_bridgeHostModel;
    models::NotSharedModel m_notSharedModel;

    QLabel *m_dot = nullptr;
    monitor::ElidedLabel *m_title = nullptr;
    QLabel *m_state = nullptr;
    QLabel *m_uptime = nullptr;
    QCheckBox *m_readOnly = nullptr;
    QLabel *m_sideNote = nullptr;
    monitor::SectionList *m_sections = nullptr;
    monitor::LinkStrip *m_strip = nullptr;
    QStackedWidget *m_pages = nullptr;
    monitor::EmptyPage *m_empty = nullptr;
    monitor::OverviewPage *m_overview = nullptr;
    monitor::ChannelsPage *m_channels = nullptr;
    monitor::GroupsPage *m_groups = nullptr;
    monitor::ConnectionsPage *m_connections = nullptr;
    monitor::MessagesPage *m_messages = nullptr;
    monitor::BridgePage *m_bridge = nullptr;

    chat::Link m_link;
    qint64 m_lastData = 0; ///< ms UTC by the own clock; 0: no snapshot yet
    bool m_isWatching = false;
};

} // namespace parlour::widgets
