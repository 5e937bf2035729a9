// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "room_session.h"

namespace parlour {

RoomSession::RoomSession(const chat::RoomState &state, QObject *parent)
    : QObject(parent)
    , m_state(state)
{
    connect(&m_members, &models::MemberListModel::peopleChanged, this, &RoomSession::updateNames);
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

void RoomSession::setSelf(const chat::Sender &self)
{
    m_self = self;
    m_messages.setSelf(self.id);
    m_members.setSelf(self.id);
    updateNames();
}

QStringList RoomSession::names() const
{
    QStringList names;
    for (const chat::Person &person : m_members.people())
        if (person.id != m_self.id)
            names.append(person.name);
    return names;
}

void RoomSession::updateNames()
{
    m_messages.setNames(m_self.name, names());
    countUnread();
}

void RoomSession::markSeen(const chat::Position &position)
{
    const chat::Position now = m_messages.positionNow(position);
    if (m_seen.epoch == now.epoch && now.number <= m_seen.number)
        return;
    m_seen = now;
    countUnread();
}

void RoomSession::keepRefused(const Edit &edit)
{
    m_refused.removeIf([&](const Edit &earlier) { return earlier.id == edit.id; });
    if (m_refused.size() >= MaxRefused)
        m_refused.removeFirst();
    m_refused.append(edit);
}

std::optional<RoomSession::Edit> RoomSession::takeRefused()
{
    if (m_refused.isEmpty())
        return std::nullopt;
    return m_refused.takeFirst();
}

void RoomSession::seeAll()
{
    markSeen({m_messages.lastEpoch(), m_messages.lastNumber()});
}

void RoomSession::countUnread()
{
    const auto unread = m_seen.epoch.isEmpty()
        ? models::MessageListModel::Unread()
        : m_messages.unreadAfter(m_seen.epoch, m_seen.number);
    if (std::exchange(m_unread, unread) != unread)
        Q_EMIT unreadChanged();
}

void RoomSession::drawUnreadLine()
{
    m_messages.setReadUpTo(m_seen.epoch, m_seen.number);
}

void RoomSession::restore(const QList<chat::ChatMessage> &messages,
                          const std::optional<chat::Position> &end)
{
    for (const chat::ChatMessage &message : messages)
        m_messages.append(message);
    m_messages.setHistory(m_messages.lastEpoch(), {});
    if (end)
        m_messages.setEnd(*end);
    m_messages.noteHoles();
    if (m_seen.epoch.isEmpty())
        seeAll();
    countUnread();
}

void RoomSession::setProgress(qint64 done, qint64 total)
{
    m_missedDone = done;
    m_missedTotal = total;
    Q_EMIT progressChanged();
}

void RoomSession::setHistory(const chat::HistoryFrame &history)
{
    if (history.before) {
        m_messages.addOlder(
            *history.before,
            {history.epoch, history.messages, history.first, history.number, history.more});
        return follow();
    }
    m_messages.cover(history.epoch, {history.first, history.number});
    // After a reconnect it holds what was missed; the first one is old news, unless it is known up
    // to where the person has read it.
    const bool isFirst = !m_messages.isLoaded();
    m_messages.setHistory(history.epoch, history.messages, !history.after && !history.more);
    for (const chat::ChatMessage &message : history.changed)
        m_messages.change(message);
    m_messages.setEnd({history.epoch, history.number});
    if (isFirst && m_seen.epoch.isEmpty())
        seeAll();
    follow();
}

/// What was seen may have another number now.
void RoomSession::follow()
{
    m_seen = m_messages.positionNow(m_seen);
    countUnread();
}

models::MessageListModel::Page RoomSession::pageOf(const client::HistoryPage &page)
{
    return {page.epoch, page.messages, page.first, page.number, page.hasOlder, page.hasNewer};
}

void RoomSession::receive(const chat::ChatMessage &message)
{
    m_typing.forget(message.sender.id);
    m_messages.append(message);
    if (m_seen.epoch.isEmpty()) // the first message of a room
        m_seen = {message.epoch, message.number - 1};
    countUnread();
}

void RoomSession::change(const chat::ChangedFrame &change)
{
    m_messages.cover(change.epoch, {change.number, change.number});
    m_messages.change(change.message);
    countUnread();
}

void RoomSession::apply(const chat::MembersFrame &frame)
{
    m_members.apply(frame);
    if (frame.people) { // the host tells the past from here on
        m_messages.closeHoles();
        countUnread();
    }
    for (const chat::Person &person : frame.left)
        m_typing.forget(person.id);
}

void RoomSession::loseLink()
{
    setProgress(0, 0);
    m_typing.clear();
    for (const QString &id : std::as_const(m_changing))
        m_messages.setChanging(id, true);
}

void RoomSession::setChanging(const QString &id, bool isChanging, bool isOnline)
{
    if (isChanging)
        m_changing.insert(id);
    else
        m_changing.remove(id);
    if (!isChanging || !isOnline)
        m_messages.setChanging(id, isChanging);
}

} // namespace parlour
