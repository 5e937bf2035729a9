// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
// How the desktop app comes to a host, and away from it.
#include "desktop.h"
#include "widgets/firstrun/first_run_page.h"
#include "widgets/shell/shell_sheets.h"

#include <QDateTime>

namespace parlour {

using chat::LinkState;
using client::HostAddress;
using namespace Qt::StringLiterals;

void Desktop::join(const QString &typed)
{
    const auto address = HostAddress::parse(typed);
    if (address)
        join(*address);
    else
        joinFailed(address.error().message);
}

void Desktop::join(const HostAddress &address)
{
    const QString id = address.display();
    if (m_sessions.contains(id) && id != m_joining) { // there already: to the room, if one is named
        m_window.sheets().finish();
        m_window.firstRun().setJoinProblem({});
        m_window.showRooms();
        if (m_sessions[id]->client().link().state != LinkState::Online)
            m_sessions[id]->client().retryNow();
        if (!address.room.isEmpty())
            openRoom(id, address.room);
        return;
    }
    if (!m_joining.isEmpty())
        removeSession(m_joining);
    m_joining = id;
    m_window.firstRun().setWaiting(false, true);
    addSession(address, {m_options.knownHosts, {}}).client().open();
}

/// Back to the hosts of the last run: what was kept of them is shown at once, whether they answer
/// or not.
void Desktop::reopen()
{
    const QStringList open = m_options.store ? m_settings.openHosts() : QStringList();
    for (const QString &id : open) {
        const auto address = HostAddress::parse(id);
        if (!address)
            continue;
        HostSession &session = addSession(*address, {m_options.knownHosts, {}});
        session.restore();
        session.client().open();
    }
    if (!m_sessions.empty())
        m_window.showRooms();
}

void Desktop::connectStore()
{
    if (m_options.store)
        connect(m_options.store.get(), &client::ClientStore::failed, &m_conversation,
                &ConversationPanel::showNotice);
    else
        m_window.firstRun().setJoinProblem(m_options.storeProblem);
    m_window.setKeepsUnsent(m_options.store != nullptr);
}

HostSession &Desktop::addSession(const HostAddress &address, const client::KeyTrust &trust,
                                 const QByteArray &ownerToken)
{
    client::ClientOptions options;
    options.name = m_settings.name();
    options.identity = m_options.identity;
    options.trust = trust;
    options.ownerToken = ownerToken;
    options.store = m_options.store.get();
    HostSession &session = *new HostSession(address, options, m_tree, m_settings, this);
    session.client().setAway(m_idle.isIdle());
    session.client().setTellsTyping(m_settings.tellsTyping());
    m_sessions[session.id()] = &session;
    connectSession(session);
    m_wantedHost = session.id();
    m_wantedRoom = address.room.isEmpty() ? u"general"_s : address.room;
    return session;
}

void Desktop::connectSession(HostSession &session)
{
    connect(&session, &HostSession::linkChanged, this, [this, &session] { linkChanged(session); });
    connect(&session, &HostSession::roomOpened, this,
            [this, &session](const QString &room) { roomOpened(session, room); });
    connect(&session, &HostSession::roomClosed, this, &Desktop::roomClosed);
    connect(&session, &HostSession::refused, this,
            [this, &session](const QString &sentence) { refused(session, sentence); });
    connect(&session, &HostSession::changeFailed, &m_conversation,
            [this, &session](const QString &room, const QString &why) {
                m_conversation.changeFailed(session, room, why);
            });
    connect(&session, &HostSession::selfChanged, this, [this] { m_window.sheets().finish(); });
    connect(&session, &HostSession::topicChanged, this, [this] { m_window.sheets().finish(); });
    connect(&session, &HostSession::membersChanged, this, &Desktop::showHosting);
    connect(&session.client(), &client::HostClient::linked, this,
            [this, &session](const QString &code, std::chrono::seconds lifetime) {
                showLink(session, code, lifetime);
            });
    connect(&session.client(), &client::HostClient::linkFailed, this,
            [this, &session](const chat::ErrorFrame &error) {
                m_window.sheets().failLink(session.id(), error.message);
            });
}

void Desktop::linkChanged(HostSession &session)
{
    const chat::Link link = session.client().link();
    if (link.state == LinkState::Online && session.id() != m_ownId)
        m_settings.setOpen(session.id(), true);
    if (session.id() != m_joining)
        return m_window.askAboutKey(session.id(), session.title(), link);
    if (link.state == LinkState::Online) {
        m_joining.clear();
        m_window.firstRun().setWaiting(false, false);
        m_window.firstRun().setJoinProblem({});
        m_window.sheets().finish();
        m_window.showRooms();
    } else if (link.state == LinkState::Waiting || link.state == LinkState::Refused) {
        // A first try that failed is an answer to the person, not a link to be kept up.
        const bool isOwn = session.id() == m_ownId;
        const QString title = titleOf(session);
        m_refused = session.client().address();
        removeSession(session.id());
        if (isOwn)
            m_hosting.stop();
        if (link.keyBefore)
            m_window.sheets().finish();
        joinFailed(link.problem);
        m_window.askAboutKey(m_refused.display(), title, link);
    }
}

/// What a host is called that may not have welcomed us this time.
QString Desktop::titleOf(const HostSession &session) const
{
    for (const wiring::RecentHost &host : m_settings.recentHosts())
        if (host.address == session.id() && !host.title.isEmpty())
            return host.title;
    return session.title();
}

/// A person has compared the new key of a host.
void Desktop::trust(const QString &hostId, const QByteArray &fingerprint)
{
    m_options.knownHosts->remember(hostId,
                                   {fingerprint, QDateTime::currentMSecsSinceEpoch(), false});
    if (const auto found = m_sessions.find(hostId); found != m_sessions.end())
        return found->second->client().retryNow();
    if (m_refused.display() == hostId)
        join(m_refused);
}

void Desktop::joinFailed(const QString &sentence)
{
    m_window.firstRun().setWaiting(false, false);
    if (!m_window.sheets().setProblem(sentence))
        m_window.firstRun().setJoinProblem(sentence);
}

void Desktop::removeSession(const QString &id)
{
    const auto found = m_sessions.find(id);
    if (found == m_sessions.end())
        return;
    if (m_joining == id)
        m_joining.clear();
    if (m_conversation.host() == found->second)
        m_conversation.show(nullptr);
    HostSession *session = found->second;
    m_settings.setOpen(id, false);
    m_sessions.erase(found);
    session->end(); // not deleted here: it may be one of its signals that ends it
    if (m_sessions.empty())
        showFirstRun();
    else
        roomClosed();
}

} // namespace parlour
