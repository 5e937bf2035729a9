// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "app_options.h"
#include "conversation_panel.h"
#include "hosting.h"
#include "models/room_tree_model.h"
#include "monitor_session.h"
#include "room_transfer.h"
#include "search_session.h"
#include "single_instance.h"
#include "widgets/shell/idle_watch.h"
#include "widgets/shell/main_window.h"
#include "wiring/data_folder.h"
#include "wiring/redis_test.h"
#include "wiring/settings.h"
#include "wiring/unix_signals.h"

#include <QObject>

#include <map>
#include <memory>

namespace parlour {

/// The desktop app: its window, its hosts, and the one that it is itself. Creates the objects and
/// connects them. Lives in the window's thread.
class Desktop final : public QObject
{
    Q_OBJECT
public:
    Desktop(widgets::Theme &theme, const AppOptions &options,
            std::shared_ptr<wiring::DataFolder> data, QObject *parent = nullptr);
    ~Desktop() override;

    /// Shows the window, and does what the command line asked for.
    void start();
    void raise();

private:
    void connectWindow();
    void connectRoomIntents();
    void connectHosting();
    void connectTransfer();
    void connectBridge();
    void connectSearch();
    void connectLinking();
    QList<HostSession *> sessions() const;

    void setName(const QString &name);
    void showFirstRun();
    void showRecentHosts();

    void host(widgets::HostingRequest request);
    void hostingStarted();
    void hostingFailed(const QString &sentence);
    void hostingStopped();
    void showHosting();
    void stopAndQuit();

    void showBridge();
    void saveBridge(const widgets::BridgeChoice &choice);
    void testBridge(const widgets::BridgeChoice &choice);

    void join(const QString &typed);
    void join(const client::HostAddress &address);
    void reopen();
    void connectStore();
    HostSession &addSession(const client::HostAddress &address, const client::KeyTrust &trust,
                            const QByteArray &ownerToken = {});
    void connectSession(HostSession &session);
    void linkChanged(HostSession &session);
    QString titleOf(const HostSession &session) const;
    void showLink(HostSession &session, const QString &code, std::chrono::milliseconds lifetime);
    void trust(const QString &hostId, const QByteArray &fingerprint);
    void joinFailed(const QString &sentence);
    void removeSession(const QString &id);

    void openRoom(const QString &hostId, const QString &room);
    void roomOpened(HostSession &session, const QString &room);
    void roomClosed();
    void refused(HostSession &session, const QString &sentence);
    void openMonitor(const QString &typed = {});

    widgets::Theme &m_theme;
    AppOptions m_options;
    std::shared_ptr<wiring::DataFolder> m_data;
    wiring::Settings m_settings;
    wiring::UnixSignals m_signals;
    SingleInstance m_instance;
    models::RoomTreeModel m_tree;
    widgets::MainWindow m_window;
    widgets::IdleWatch m_idle;
    ConversationPanel m_conversation;
    SearchSession m_search;
    Hosting m_hosting;
    RoomTransfer m_transfer;
    wiring::RedisTest m_redisTest;
    std::map<QString, HostSession *> m_sessions; ///< by id; children, until end()
    std::unique_ptr<MonitorSession> m_monitor;

    QString m_ownId; ///< session of the own host; empty: none
    QString m_joining; ///< session whose first connection is awaited; empty: none
    client::HostAddress m_refused; ///< joined in vain because of its key
    QString m_wantedHost; ///< whose room is to be shown as soon as it is joined
    QString m_wantedRoom;
    bool m_quits = false;
    bool m_testsSeveral = false; ///< servers of Redis: the failing one is named
};

} // namespace parlour
