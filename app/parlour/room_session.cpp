// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "room_session.h"

#include <algorithm>

namespace parlour {

RoomSession::RoomSession(const chat::RoomState &state, QObject *parent)
    : QObject(parent)
    , m_state(state)
{
}

void RoomSession::setState(const chat::RoomState &state)
{
    if (m_state == state)
        return;
    m_state = state;
    Q_EMIT stateChanged();
}

void RoomSession::setTopic(const QString &topic)
{
    chat::RoomState state = m_state;
    state.topic = topic;
    setState(state);
}

void RoomSession::setSelf(const QString &personId)
{
    m_self = personId;
    m_messages.setSelf(personId);
    m_members.setSelf(personId);
}

void RoomSession::setShown(bool shown)
{
    if (m_shown == shown)
        return;
    m_shown = shown;
    if (shown)
        setUnread(0);
    else
        m_messages.setReadUpTo(m_messages.lastEpoch(), m_messages.lastNumber());
}

void RoomSession::setHistory(const chat::HistoryFrame &history)
{
    // After a reconnect it holds what was missed; the first one is old news.
    if (m_messages.isLoaded() && !m_shown) {
        const auto isNews = [this](const chat::ChatMessage &message) {
            return message.sender.id != m_self && m_messages.rowOf(message.id) < 0;
        };
        setUnread(m_unread
                  + static_cast<int>(
                      std::count_if(history.messages.begin(), history.messages.end(), isNews)));
    }
    m_messages.setHistory(history.epoch, history.messages);
}

void RoomSession::receive(const chat::ChatMessage &message)
{
    const bool isNews = message.sender.id != m_self && m_messages.rowOf(message.id) < 0;
    m_messages.append(message);
    if (isNews && !m_shown)
        setUnread(m_unread + 1);
}

void RoomSession::setUnread(int unread)
{
    if (m_unread == unread)
        return;
    m_unread = unread;
    Q_EMIT unreadChanged(unread);
}

} // namespace parlour
