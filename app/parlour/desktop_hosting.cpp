// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
// What the desktop app does for the host that it is itself.
#include "desktop.h"
#include "widgets/firstrun/first_run_page.h"
#include "widgets/shell/shell_sheets.h"

#include <QApplication>
#include <QFileInfo>

#include <algorithm>

namespace parlour {

using widgets::HostingRequest;
using widgets::HostingState;
using namespace Qt::StringLiterals;

void Desktop::connectHosting()
{
    connect(&m_hosting, &Hosting::started, this, &Desktop::hostingStarted);
    connect(&m_hosting, &Hosting::failed, this, &Desktop::hostingFailed);
    connect(&m_hosting, &Hosting::stopped, this, &Desktop::hostingStopped);
    connect(&m_hosting, &Hosting::troubleChanged, this, &Desktop::showHosting);
}

void Desktop::connectTransfer()
{
    using widgets::MainWindow;
    connect(&m_window, &MainWindow::exportRequested, this,
            [this](const QString &hostId, const QString &room) {
                if (const auto found = m_sessions.find(hostId); found != m_sessions.end())
                    m_transfer.exportRoom(*found->second, room);
            });
    connect(&m_window, &MainWindow::importRequested, &m_transfer, &RoomTransfer::importRoom);
    connect(&m_transfer, &RoomTransfer::noticed, &m_conversation, &ConversationPanel::showNotice);
    connect(&m_transfer, &RoomTransfer::imported, this,
            [this](const QString &room) { openRoom(m_ownId, room); });
}

void Desktop::host(HostingRequest request)
{
    if (m_hosting.isActive())
        return;
    m_window.setHostingDefaults(request);
    m_settings.setHosting({request.title, request.port, request.onNetwork});
    if (request.title.isEmpty())
        request.title = m_options.host.title;
    if (request.title.isEmpty())
        request.title = tr("%1’s place").arg(m_settings.name());
    m_window.firstRun().setWaiting(true, false);
    m_hosting.start({request.title, request.port, request.onNetwork}, m_settings.sharing());
}

void Desktop::hostingStarted()
{
    const client::HostAddress address = m_hosting.ownAddress();
    m_ownId = address.display();
    if (!m_joining.isEmpty())
        removeSession(m_joining); // the person has chosen to host meanwhile
    removeSession(m_ownId); // of an earlier host at this address
    m_joining = m_ownId;
    HostSession &session = addSession(address, m_hosting.ownTrust(), m_hosting.ownerToken());
    m_tree.setHostedHere(m_ownId, true);
    session.client().open();
    m_window.firstRun().setHostProblem({});
    m_window.sheets().finish();
    m_window.showRooms();
    showHosting();
    if (m_options.monitor && m_options.monitor->isEmpty())
        openMonitor();
}

void Desktop::hostingFailed(const QString &sentence)
{
    m_window.firstRun().setWaiting(false, false);
    if (m_window.sheets().setProblem(sentence))
        return;
    // The first page asks for nothing but a name; what to change is in the sheet.
    m_window.firstRun().setHostProblem(sentence);
    const wiring::HostingChoice tried = m_settings.hosting();
    m_window.sheets().openHost({tried.title, tried.port, tried.network}, sentence);
}

void Desktop::hostingStopped()
{
    m_window.setHosting(std::nullopt);
    m_monitor.reset();
    removeSession(m_ownId);
    m_ownId.clear();
    if (m_quits) {
        m_window.close();
        QApplication::quit();
    }
}

/// The hosting bar: where the host is, and who is there.
void Desktop::showHosting()
{
    const auto own = m_sessions.find(m_ownId);
    if (!m_hosting.isActive() || own == m_sessions.end())
        return;
    HostingState state;
    state.title = m_hosting.title();
    state.addresses = m_hosting.addresses();
    state.key = {m_hosting.isEncrypted() ? m_hosting.fingerprint() : QByteArray(), 0};
    state.isReadable = m_hosting.isOnNetwork() && !m_hosting.isEncrypted();
    state.trouble = m_hosting.trouble();
    if (const auto &damage = m_hosting.damage())
        state.damage = {damage->saved, QFileInfo(damage->putAside).fileName(),
                        damage->keptUntil.toLocalTime().date()};
    state.people = own->second->others();
    // People of other hosts are in the rooms, but would not be cut off with this one.
    state.people.removeIf([](const chat::Person &person) { return !person.host.isEmpty(); });
    state.guests = static_cast<int>(state.people.size());
    state.inBrowser = static_cast<int>(
        std::count_if(state.people.begin(), state.people.end(),
                      [](const chat::Person &person) { return person.via == "browser"_L1; }));
    m_window.setHosting(state);
}

void Desktop::stopAndQuit()
{
    m_quits = true;
    if (m_hosting.isActive())
        return m_hosting.stop();
    m_window.close();
    QApplication::quit();
}

} // namespace parlour
