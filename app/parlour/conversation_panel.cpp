// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "conversation_panel.h"

#include "widgets/search/search_panel.h"
#include "widgets/shell/main_window.h"
#include "widgets/shell/room_page.h"
#include "widgets/shell/shell_sheets.h"
#include "widgets/timeline/composer.h"
#include "widgets/timeline/conversation_view.h"

#include <QDesktopServices>

namespace parlour {

using chat::LinkState;
using widgets::ConversationView;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto NoticeTime = 10s;
constexpr auto DraftTime = 500ms; ///< a draft is kept so long after it was typed

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
    m_draftTimer.setSingleShot(true);
    m_draftTimer.setInterval(DraftTime);
    connect(&m_draftTimer, &QTimer::timeout, this, &ConversationPanel::keepDraft);
    connectView();
    connectChanges();
}

void ConversationPanel::connectView()
{
    m_view->setEditedText(
        [this](const QString &id) { return m_host ? m_host->client().editedText(id) : QString(); });
    connect(m_view, &ConversationView::sendRequested, this, &ConversationPanel::say);
    connect(m_view, &ConversationView::retryRequested, this, [this](const QString &id) {
        if (m_host && m_room)
            m_host->retry(room(), id);
    });
    connect(m_view, &ConversationView::discardRequested, this, [this](const QString &id) {
        if (m_host && m_room)
            m_host->discard(room(), id);
    });
    connect(&m_window.rooms().search(), &widgets::SearchPanel::closed, m_view,
            &ConversationView::focusComposer);
    connect(m_view, &ConversationView::linkActivated, this,
            [](const QUrl &url) { QDesktopServices::openUrl(url); });
    connect(m_view, &ConversationView::seen, this, [this](const QString &epoch, qint64 number) {
        if (m_host && m_room)
            m_host->markSeen(room(), {epoch, number});
    });
    connect(m_view, &ConversationView::draftChanged, this, [this](const QString &text) {
        if (!m_host || !m_room)
            return;
        m_host->setDraft(room(), text);
        m_draftTimer.start();
    });
    connect(m_view, &ConversationView::typingChanged, this, [this](bool isTyping) {
        if (m_host && m_room)
            m_host->client().setTyping(room(), isTyping);
    });
}

void ConversationPanel::connectChanges()
{
    const auto withClient = [this](auto action) {
        return [this, action](const QString &id, const auto &...arguments) {
            if (m_host && m_room)
                action(m_host->client(), room(), id, arguments...);
        };
    };
    using client::HostClient;
    connect(m_view, &ConversationView::editRequested, this,
            withClient([](HostClient &host, const auto &...change) { host.edit(change...); }));
    connect(m_view, &ConversationView::reactRequested, this,
            withClient([](HostClient &host, const auto &...change) { host.react(change...); }));
    connect(m_view, &ConversationView::quoteMissing, this, &ConversationPanel::jumpTo);
    connect(m_view, &ConversationView::endWanted, this, [this] { m_jump = {}; });
    connect(m_view, &ConversationView::deleteRequested, this, [this](const QString &id) {
        if (m_host && m_room)
            m_window.sheets().openDelete(m_host->id(), room(), id);
    });
}

void ConversationPanel::changeFailed(const HostSession &host, const QString &name,
                                     const QString &why)
{
    if (m_room && &host == m_host && name == room()) {
        showNotice(why);
        offerRefused();
    } else {
        showNotice(name + u": "_s + why);
    }
}

/// A text that a message did not get is not lost: the person goes on with it, but for what is
/// being written.
void ConversationPanel::offerRefused()
{
    if (!m_view->isFree())
        return;
    if (const auto edit = m_room->takeRefused())
        m_view->startEdit(edit->id, edit->text);
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
        Q_EMIT shown();
        return;
    }
    connectRoom();
    room->drawUnreadLine();
    m_view->setConversation(&room->messages(), room->state().title, room->draft);
    if (room->draftReply)
        m_view->setReply(*room->draftReply);
    if (room->draftEdit)
        m_view->startEdit(room->draftEdit->id, room->draftEdit->text);
    offerRefused();
    m_window.setMembers(&room->members());
    m_window.setWatched(host->isWatched());
    m_window.setBridgeAway(host->isBridgeAway());
    m_window.setCatchingUp(room->missedDone(), room->missedTotal());
    m_window.setKept(room->messages().waiting());
    showRoom();
    showLink();
    showTyping();
    m_view->setPeople(room->names());
    m_view->focusComposer();
    goToUnread();
    Q_EMIT shown();
}

void ConversationPanel::connectRoom()
{
    HostSession *host = m_host;
    RoomSession *room = m_room;
    m_connections = new QObject(this);
    connect(host, &HostSession::linkChanged, m_connections, [this] { showLink(); });
    connect(host, &HostSession::titleChanged, m_connections, [this] { showRoom(); });
    connect(host, &HostSession::selfChanged, m_connections, [this] { showRoom(); });
    connect(host, &HostSession::pageFound, m_connections,
            [this](const client::HistoryPage &page) { showPage(page); });
    connect(host, &HostSession::watchedChanged, m_connections,
            [this] { m_window.setWatched(m_host->isWatched()); });
    connect(host, &HostSession::bridgeChanged, m_connections,
            [this] { m_window.setBridgeAway(m_host->isBridgeAway()); });
    connect(room, &RoomSession::progressChanged, m_connections,
            [this] { m_window.setCatchingUp(m_room->missedDone(), m_room->missedTotal()); });
    connect(&room->messages(), &models::MessageListModel::waitingChanged, m_connections,
            [this] { m_window.setKept(m_room->messages().waiting()); });
    connect(room, &RoomSession::stateChanged, m_connections, [this] { showRoom(); });
    connect(&room->typing(), &models::TypingPeople::changed, m_connections,
            [this] { showTyping(); });
    connect(&room->members(), &models::MemberListModel::peopleChanged, m_connections,
            [this] { m_view->setPeople(m_room->names()); });
}

void ConversationPanel::showTyping()
{
    m_view->setTyping(m_room->typing().names());
}

void ConversationPanel::keepDraft()
{
    m_draftTimer.stop();
    if (m_host && m_room)
        m_host->keepDraft(room());
}

/// Keeps what was typed.
void ConversationPanel::leaveShown()
{
    delete m_connections; // at once: the host may speak while it is left
    m_connections = nullptr;
    m_jump = {};
    m_view->setNotice({});
    if (!m_room)
        return;
    if (m_host)
        m_host->setDraft(room(), m_view->draft());
    m_room->draftReply = m_view->reply();
    const QString edited = m_view->composer().edited();
    m_room->draftEdit.reset();
    if (!edited.isEmpty())
        m_room->draftEdit = {edited, m_view->composer().text()};
    keepDraft();
    if (m_host)
        m_host->client().setTyping(room(), false);
}

void ConversationPanel::showRoom()
{
    const chat::RoomState &state = m_room->state();
    m_view->setTitle(state.title);
    m_window.showRoom(
        widgets::RoomView{m_host->id(), m_host->title(), state.room, state.title, state.topic});
    m_window.setPerson(m_host->self().id, m_host->self().name);
    const QString role = m_host->self().role;
    m_view->setRights(role != "read-only"_L1, role == "owner"_L1 || role == "moderator"_L1);
}

void ConversationPanel::showLink()
{
    chat::Link link = m_host->client().link();
    link.retryIn = m_host->client().retryIn(); // since it was said, time has passed
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

void ConversationPanel::say(const QString &text, const QString &reply)
{
    m_jump = {}; // what is said stands at the end
    if (m_host && m_room && m_host->say(room(), text, reply))
        return;
    m_view->setDraft(text); // what was typed is never lost
    showNotice(tr("Too many messages wait to be sent. Send this one when the host is back."));
}

} // namespace parlour
