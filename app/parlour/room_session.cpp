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

void RoomSession::markSeen(const QString &epoch, qint64 number)
{
    m_seenEpoch = epoch;
    m_seenNumber = number;
    if (m_unread == 0 || epoch != m_messages.lastEpoch() || number < m_messages.lastNumber())
        return;
    m_unread = 0;
    Q_EMIT wasRead();
}

void RoomSession::drawUnreadLine()
{
    m_messages.setReadUpTo(m_seenEpoch, m_seenNumber);
}

bool RoomSession::isNews(const chat::ChatMessage &message) const
{
    return message.sender.id != m_self && m_messages.rowOf(message.id) < 0;
}

void RoomSession::restore(const QList<chat::ChatMessage> &messages)
{
    for (const chat::ChatMessage &message : messages)
        m_messages.append(message);
    m_messages.setHistory(m_messages.lastEpoch(), {});
    markSeen(m_messages.lastEpoch(), m_messages.lastNumber());
}

void RoomSession::setProgress(qint64 done, qint64 total)
{
    m_missedDone = done;
    m_missedTotal = total;
    Q_EMIT progressChanged();
}

void RoomSession::setHistory(const chat::HistoryFrame &history)
{
    if (history.before)
        return m_messages.addOlder(*history.before, history.messages, history.more);
    // After a reconnect it holds what was missed; the first one is old news.
    const bool isFirst = !m_messages.isLoaded();
    const auto news = std::count_if(history.messages.begin(), history.messages.end(),
                                    [this](const auto &message) { return isNews(message); });
    m_messages.setHistory(history.epoch, history.messages);
    if (isFirst)
        markSeen(m_messages.lastEpoch(), m_messages.lastNumber());
    else
        addUnread(static_cast<int>(news));
}

void RoomSession::receive(const chat::ChatMessage &message)
{
    if (isNews(message))
        addUnread(1);
    m_messages.append(message);
}

void RoomSession::addUnread(int count)
{
    if (count == 0)
        return;
    m_unread += count;
    Q_EMIT becameUnread(count);
}

} // namespace parlour
