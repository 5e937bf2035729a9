// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "desktop.h"

#include "widgets/firstrun/first_run_page.h"
#include "widgets/shell/shell_sheets.h"

#include <QApplication>
#include <QClipboard>

namespace parlour {

using client::HostAddress;
using widgets::MainWindow;
using widgets::Theme;
using namespace Qt::StringLiterals;

Desktop::Desktop(Theme &theme, const AppOptions &options, std::shared_ptr<wiring::DataFolder> data,
                 QObject *parent)
    : QObject(parent)
    , m_theme(theme)
    , m_options(options)
    , m_data(std::move(data))
    , m_settings(m_data->filePath(u"parlour.ini"_s))
    , m_instance(m_data->path())
    , m_window(theme)
    , m_conversation(theme, m_window)
    , m_search(m_window, [this] { return sessions(); })
    , m_hosting(options, m_data)
    , m_transfer(m_window, m_hosting)
{
    m_theme.setMode(static_cast<Theme::Mode>(m_settings.themeMode()));
    m_window.setRoomTree(&m_tree);
    m_window.restoreLayout(m_settings.windowState(u"main"_s));
    connectWindow();
    connectRoomIntents();
    connectHosting();
    connectTransfer();
    connectBridge();
    connectStore();
    connectSearch();
    connectLinking();
    connect(&m_signals, &wiring::UnixSignals::terminate, this, &Desktop::stopAndQuit);
    connect(&m_instance, &SingleInstance::activated, this, &Desktop::raise);
    connect(&m_instance, &SingleInstance::joinRequested, this,
            qOverload<const QString &>(&Desktop::join));
    connect(qApp, &QApplication::applicationStateChanged, &m_conversation,
            [this](Qt::ApplicationState state) {
                m_conversation.setActive(state == Qt::ApplicationActive);
            });
    connect(&m_idle, &widgets::IdleWatch::changed, this, [this](bool isIdle) {
        for (const auto &[id, session] : m_sessions)
            session->client().setAway(isIdle);
    });
}

Desktop::~Desktop()
{
    m_settings.setWindowState(u"main"_s, m_window.saveLayout());
    m_conversation.show(nullptr);
}

void Desktop::start()
{
    m_instance.publish();
    if (!m_options.name.isEmpty())
        m_settings.setName(m_options.name);
    const wiring::HostingChoice before = m_settings.hosting();
    m_window.setHostingDefaults({before.title, before.port, before.network});
    setName(m_settings.name());
    showFirstRun();
    m_window.show();

    if (!m_options.hostNow && m_options.join.isEmpty() && !m_options.monitor)
        reopen();
    if (m_options.hostNow)
        host({*m_options.hostNow, before.port, before.network});
    if (!m_options.join.isEmpty())
        join(m_options.join);
    if (m_options.monitor && !m_options.monitor->isEmpty())
        openMonitor(*m_options.monitor);
}

void Desktop::raise()
{
    m_window.showNormal();
    m_window.raise();
    m_window.activateWindow();
}

void Desktop::connectWindow()
{
    connect(&m_window, &MainWindow::hostRequested, this, &Desktop::host);
    connect(&m_window, &MainWindow::joinRequested, this,
            qOverload<const QString &>(&Desktop::join));
    connect(&m_window, &MainWindow::trustRequested, this, &Desktop::trust);
    connect(&m_window, &MainWindow::stopHostingRequested, &m_hosting, &Hosting::stop);
    connect(&m_window, &MainWindow::stopAndQuitRequested, this, &Desktop::stopAndQuit);
    connect(&m_window, &MainWindow::leaveHostRequested, this, &Desktop::removeSession);
    connect(&m_window, &MainWindow::monitorRequested, this, [this] { openMonitor(); });
    connect(&m_window, &MainWindow::copyRequested, this,
            [](const QString &text) { QGuiApplication::clipboard()->setText(text); });
    connect(&m_window, &MainWindow::themeModeRequested, this,
            [this](Theme::Mode mode) { m_settings.setThemeMode(static_cast<int>(mode)); });
    m_window.setTellsTyping(m_settings.tellsTyping());
    connect(&m_window, &MainWindow::tellsTypingRequested, this, [this](bool tells) {
        m_settings.setTellsTyping(tells);
        for (const auto &[id, session] : m_sessions)
            session->client().setTellsTyping(tells);
    });
    connect(&m_window, &MainWindow::renameRequested, this, [this](const QString &name) {
        setName(name);
        for (const auto &[id, session] : m_sessions)
            session->client().rename(name);
        if (m_sessions.empty())
            m_window.sheets().finish();
    });
}

void Desktop::connectRoomIntents()
{
    const auto withHost = [this](auto action) {
        return [this, action](const QString &hostId, const auto &...arguments) {
            if (const auto found = m_sessions.find(hostId); found != m_sessions.end())
                action(*found->second, arguments...);
        };
    };
    connect(&m_window, &MainWindow::roomActivated, this, &Desktop::openRoom);
    connect(&m_window, &MainWindow::retryRequested, this,
            withHost([](HostSession &host) { host.client().retryNow(); }));
    connect(&m_window, &MainWindow::leaveRoomRequested, this,
            withHost([](HostSession &host, const QString &room) { host.leave(room); }));
    connect(&m_window.sheets(), &widgets::ShellSheets::deleteRequested, this,
            withHost([](HostSession &host, const QString &room, const QString &message) {
                host.client().remove(room, message);
            }));
    connect(&m_window, &MainWindow::topicChangeRequested, this,
            withHost([](HostSession &host, const QString &room, const QString &topic) {
                host.client().setTopic(room, topic);
            }));
    connect(&m_window, &MainWindow::newRoomRequested, this,
            withHost([this](HostSession &host, const QString &title, const QString &topic) {
                m_wantedHost = host.id();
                m_wantedRoom = title;
                host.client().create(title, topic);
            }));
}

QList<HostSession *> Desktop::sessions() const
{
    QList<HostSession *> all;
    for (const auto &[id, session] : m_sessions)
        all.append(session);
    return all;
}

void Desktop::connectSearch()
{
    connect(&m_conversation, &ConversationPanel::shown, &m_search,
            [this] { m_search.setShown(m_conversation.host(), m_conversation.room()); });
    connect(&m_search, &SearchSession::chosen, this,
            [this](const QString &hostId, const QString &room, const QString &message,
                   const chat::Position &position) {
                openRoom(hostId, room);
                if (m_conversation.host() && m_conversation.host()->id() == hostId
                    && m_conversation.room() == room)
                    m_conversation.jumpTo(message, position);
            });
}

void Desktop::setName(const QString &name)
{
    m_settings.setName(name);
    m_window.firstRun().setName(name);
    m_window.setPerson({}, name);
}

void Desktop::showFirstRun()
{
    QList<widgets::RecentHost> hosts;
    for (const wiring::RecentHost &host : m_settings.recentHosts())
        hosts.append({host.title, host.address});
    m_window.firstRun().setRecentHosts(hosts);
    m_window.showFirstRun();
}

void Desktop::openRoom(const QString &hostId, const QString &room)
{
    const auto found = m_sessions.find(hostId);
    if (found == m_sessions.end())
        return;
    m_wantedHost = hostId;
    m_wantedRoom = room;
    found->second->join(room);
}

void Desktop::roomOpened(HostSession &session, const QString &room)
{
    const bool isWanted = session.id() == m_wantedHost && room == m_wantedRoom;
    if (!isWanted && m_conversation.host())
        return;
    if (isWanted)
        m_window.sheets().finish();
    m_conversation.show(&session, room);
    if (const QString problem = std::exchange(m_options.storeProblem, {}); !problem.isEmpty())
        m_conversation.showNotice(problem);
}

/// A room is gone: if it was the shown one, another one takes its place.
void Desktop::roomClosed()
{
    HostSession *host = m_conversation.host();
    if (host && host->room(m_conversation.room()))
        return;
    for (const auto &[id, session] : m_sessions)
        for (const QString &room : session->roomNames())
            return m_conversation.show(session, room);
    m_conversation.show(nullptr);
}

void Desktop::refused(HostSession &session, const QString &sentence)
{
    if (session.id() == m_joining || m_window.sheets().setProblem(sentence))
        return;
    m_conversation.showNotice(sentence);
}

void Desktop::openMonitor(const QString &typed)
{
    HostAddress address = m_hosting.ownAddress();
    QByteArray token = m_hosting.ownerToken();
    client::KeyTrust trust = m_hosting.ownTrust();
    QString title = m_hosting.title();
    if (!typed.isEmpty()) {
        const auto parsed = HostAddress::parse(typed);
        if (!parsed)
            return joinFailed(parsed.error().message);
        address = *parsed;
        token = qgetenv("PARLOUR_OWNER_TOKEN");
        trust = {m_options.knownHosts, {}};
        title = address.display();
    } else if (!m_hosting.isActive()) {
        return;
    }
    if (!m_monitor || m_monitor->address() != address) {
        m_monitor = std::make_unique<MonitorSession>(m_theme, address, token, trust, title);
        m_monitor->setOwn(typed.isEmpty());
        connect(m_monitor.get(), &MonitorSession::bridgeSettingsRequested, this, [this] {
            raise();
            m_window.openBridge();
        });
        connect(m_monitor.get(), &MonitorSession::closed, this, [this] {
            if (m_monitor)
                m_monitor.release()->deleteLater();
        });
    }
    m_monitor->show();
}

} // namespace parlour
