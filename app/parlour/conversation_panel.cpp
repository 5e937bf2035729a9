// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "conversation_panel.h"

#include "widgets/shell/main_window.h"
#include "widgets/timeline/conversation_view.h"

#include <QDesktopServices>

namespace parlour {

using chat::LinkState;
using widgets::ConversationView;
using namespace std::chrono_literals;

namespace {

constexpr auto NoticeTime = 10s;

} // namespace

ConversationPanel::ConversationPanel(widgets::Theme &theme, widgets::MainWindow &window,
                                     QObject *parent)
    : QObject(parent)
    , m_window(window)
    , m_view(new ConversationView(theme))
{
    m_window.setConversation(m_view);
    m_noticeTimer.setSingleShot(true);
    m_noticeTimer.setInterval(NoticeTime);
    connect(&m_noticeTimer, &QTimer::timeout, m_view, [this] { m_view->setNotice({}); });
    connectView();
}

void ConversationPanel::connectView()
{
    connect(m_view, &ConversationView::sendRequested, this, &ConversationPanel::say);
    connect(m_view, &ConversationView::retryRequested, this, [this](const QString &id) {
        if (m_host && m_room)
            m_host->retry(room(), id);
    });
    connect(m_view, &ConversationView::discardRequested, this, [this](const QString &id) {
        if (m_host && m_room)
            m_host->discard(room(), id);
    });
    connect(m_view, &ConversationView::linkActivated, this,
            [](const QUrl &url) { QDesktopServices::openUrl(url); });
    connect(m_view, &ConversationView::seen, this, [this](const QString &epoch, qint64 number) {
        if (m_room)
            m_room->markSeen(epoch, number);
    });
}

void ConversationPanel::show(HostSession *host, const QString &name)
{
    RoomSession *room = host ? host->room(name) : nullptr;
    if (room && room == m_room)
        return;
    leaveShown();
    m_host = host;
    m_room = room;
    if (!room) {
        m_view->setConversation(nullptr, {}, {});
        m_window.setMembers(nullptr);
        m_window.showRoom(std::nullopt);
        return;
    }
    m_connections = new QObject(this);
    connect(host, &HostSession::linkChanged, m_connections, [this] { showLink(); });
    connect(host, &HostSession::titleChanged, m_connections, [this] { showRoom(); });
    connect(host, &HostSession::selfChanged, m_connections, [this] { showRoom(); });
    connect(host, &HostSession::watchedChanged, m_connections,
            [this] { m_window.setWatched(m_host->isWatched()); });
    connect(host, &HostSession::bridgeChanged, m_connections,
            [this] { m_window.setBridgeAway(m_host->isBridgeAway()); });
    const auto showProgress = [this] {
        m_window.setCatchingUp(m_room->missedDone(), m_room->missedTotal());
    };
    connect(room, &RoomSession::progressChanged, m_connections, showProgress);
    connect(room, &RoomSession::stateChanged, m_connections, [this] { showRoom(); });

    m_view->setConversation(&room->messages(), room->state().title, room->draft);
    m_window.setMembers(&room->members());
    m_window.setWatched(host->isWatched());
    m_window.setBridgeAway(host->isBridgeAway());
    showProgress();
    showRoom();
    showLink();
    m_view->focusComposer();
}

/// Keeps what was typed, and puts the line "new" where reading ended.
void ConversationPanel::leaveShown()
{
    delete m_connections; // at once: the host may speak while it is left
    m_connections = nullptr;
    m_view->setNotice({});
    if (!m_room)
        return;
    m_room->draft = m_view->draft();
    m_room->drawUnreadLine();
}

void ConversationPanel::showRoom()
{
    const chat::RoomState &state = m_room->state();
    m_view->setTitle(state.title);
    m_window.showRoom(
        widgets::RoomView{m_host->id(), m_host->title(), state.room, state.title, state.topic});
    m_window.setPerson(m_host->self().id, m_host->self().name);
}

void ConversationPanel::showLink()
{
    const chat::Link &link = m_host->client().link();
    m_window.setLink(link);
    m_view->setOffline(link.state != LinkState::Online);
    // Which keys it showed is said above; here is no place for two numbers.
    const QString why =
        link.keyBefore ? tr("The host shows another key than before.") : link.problem;
    m_view->setRefused(link.state == LinkState::Refused ? why : QString());
}

void ConversationPanel::showNotice(const QString &sentence)
{
    m_view->setNotice(sentence);
    m_noticeTimer.start();
}

void ConversationPanel::setActive(bool isActive)
{
    if (m_room && !isActive)
        m_room->drawUnreadLine();
}

void ConversationPanel::say(const QString &text)
{
    if (m_host && m_room && m_host->say(room(), text))
        return;
    m_view->setDraft(text); // what was typed is never lost
    showNotice(tr("Too many messages wait to be sent. Send this one when the host is back."));
}

} // namespace parlour
