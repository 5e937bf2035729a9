// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
// To a message that may stand anywhere in the room.
#include "conversation_panel.h"
#include "widgets/timeline/conversation_view.h"
#include "widgets/timeline/timeline_view.h"

#include <algorithm>

namespace parlour {

void ConversationPanel::jumpTo(const QString &id, const chat::Position &position)
{
    m_jump = {};
    if (!m_host || !m_room || m_view->timeline().jumpTo(id))
        return;
    if (position.epoch.isEmpty() || position.number <= 0)
        return showNotice(tr("The host does not have this message any more."));
    m_jump = {position, id};
    m_host->client().requestAround(room(), position);
}

/// Reading goes on where it ended, however much was said since.
void ConversationPanel::goToUnread()
{
    const auto above = m_room->messages().unreadAbove();
    if (!above)
        return;
    m_jump = {*above, {}};
    m_host->client().requestAround(room(), *above);
}

void ConversationPanel::showPage(const client::HistoryPage &page)
{
    if (m_jump.position.epoch.isEmpty() || page.room != room() || page.at != m_jump.position)
        return;
    const QString id = std::exchange(m_jump, {}).id;
    if (id.isEmpty()) {
        const bool isLeft = m_view->timeline().isAtEnd(); // somebody went there meanwhile
        if (!isLeft && !page.messages.isEmpty()) {
            m_room->messages().showAround(RoomSession::pageOf(page));
            m_view->timeline().showUnread();
        }
        return;
    }
    const bool isThere =
        std::any_of(page.messages.begin(), page.messages.end(),
                    [&](const chat::ChatMessage &message) { return message.id == id; });
    if (isThere)
        m_room->messages().showAround(RoomSession::pageOf(page));
    if (m_view->timeline().jumpTo(id))
        return;
    const bool isOnline = m_host->client().link().state == chat::LinkState::Online;
    showNotice(isOnline ? tr("The host does not have this message any more.")
                        : tr("This message is not kept here. It can be shown when the host is "
                             "back."));
}

} // namespace parlour
