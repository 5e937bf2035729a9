// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// How messages find their rows: order, merging, the bound of the window, the unread line.
#include "models/message_list_model.h"

#include <algorithm>

namespace parlour::models {

/// The row before which a confirmed message belongs.
int MessageListModel::placeOf(const chat::ChatMessage &message) const
{
    int at = confirmedCount();
    while (at > 0 && m_rows.at(at - 1).message.epoch != message.epoch)
        --at;
    if (at == 0)
        return confirmedCount(); // a new epoch follows all that came before
    while (at > 0 && m_rows.at(at - 1).message.epoch == message.epoch
           && m_rows.at(at - 1).message.number > message.number)
        --at;
    return at;
}

void MessageListModel::merge(const chat::ChatMessage &message)
{
    if (!m_ids.contains(message.id)) {
        insertConfirmed(placeOf(message), {message});
        return;
    }
    const int at = rowOf(message.id);
    if (at >= confirmedCount())
        confirm(at, message);
    else if (const chat::ChatMessage &known = m_rows.at(at).message;
             known.number == message.number && known.epoch == message.epoch)
        replace(at, message);
}

void MessageListModel::insertConfirmed(int at, const QList<chat::ChatMessage> &messages)
{
    QList<Row> rows;
    for (const auto &message : messages) {
        if (m_ids.contains(message.id))
            continue;
        m_ids.insert(message.id);
        m_known[message.epoch].add({message.number, message.number});
        Row row;
        row.message = message;
        row.day = localDay(message.time);
        row.mentionsSelf = mentionsSelf(message);
        rows.append(row);
    }
    putIn(at, std::move(rows));
}

void MessageListModel::putIn(int at, QList<Row> rows)
{
    if (rows.isEmpty())
        return;
    const int last = at + int(rows.size()) - 1;
    beginInsertRows({}, at, last);
    m_rows.insert(at, rows.size(), Row());
    std::move(rows.begin(), rows.end(), m_rows.begin() + at);
    for (int row = at; row <= last; ++row)
        m_rows[row].flags = flagsOf(row);
    endInsertRows();
    refresh(at - 1, at - 1);
    refresh(last + 1, last + 1);
}

/// Turns an own row that waited into the message that the host keeps, at its place in the order.
void MessageListModel::confirm(int from, const chat::ChatMessage &message)
{
    const int to = placeOf(message);
    m_known[message.epoch].add({message.number, message.number});
    if (to != from) {
        beginMoveRows({}, from, from, {}, to);
        m_rows.move(from, to);
    }
    Row row = m_rows.at(to);
    row.message = message;
    row.delivery = chat::Delivery::Sent;
    row.problem.clear();
    row.day = localDay(message.time);
    row.pending = false;
    m_rows.replace(to, row);
    --m_pending;
    if (to != from)
        endMoveRows();
    Q_EMIT dataChanged(index(to), index(to));
    refresh(to - 1, from + 1);
    Q_EMIT waitingChanged();
}

void MessageListModel::removePending(int at)
{
    beginRemoveRows({}, at, at);
    m_ids.remove(m_rows.at(at).message.id);
    m_rows.removeAt(at);
    --m_pending;
    endRemoveRows();
    refresh(at - 1, at);
    Q_EMIT waitingChanged();
}

void MessageListModel::trim()
{
    const int surplus = std::min(int(m_rows.size()) - MaxRows, confirmedCount());
    if (surplus <= 0)
        return;
    m_isFromBeginning = false;
    const QString firstEpoch =
        surplus < confirmedCount() ? m_rows.at(surplus).message.epoch : QString();
    beginRemoveRows({}, 0, surplus - 1);
    for (int row = 0; row < surplus; ++row) {
        m_ids.remove(m_rows.at(row).message.id);
        if (m_rows.at(row).message.epoch != firstEpoch)
            m_known.remove(m_rows.at(row).message.epoch);
        if (m_rows.at(row).message.id == m_unreadId)
            m_unreadId.clear();
    }
    m_rows.remove(0, surplus);
    if (confirmedCount() > 0) {
        const chat::ChatMessage &first = m_rows.constFirst().message;
        m_known[first.epoch].dropBefore(first.number);
    }
    m_dropped += surplus;
    if (m_reading >= 0)
        m_reading = std::max(0, m_reading - surplus);
    endRemoveRows();
    refresh(0, 0);
}

/// Works the flags of these rows out again and says which have changed.
void MessageListModel::refresh(int first, int last)
{
    const int end = std::min(last, int(m_rows.size()) - 1);
    for (int row = std::max(first, 0); row <= end; ++row) {
        const Flags flags = flagsOf(row);
        if (m_rows.at(row).flags == flags)
            continue;
        m_rows[row].flags = flags;
        Q_EMIT dataChanged(index(row), index(row),
                           {StartsGroupRole, EndsGroupRole, DayBreakRole, UnreadLineRole, GapRole});
    }
}

void MessageListModel::placeUnreadLine()
{
    if (hasUnreadLine() || m_readEpoch.isEmpty())
        return;
    const int at = firstAfter(m_readEpoch, m_readNumber);
    if (at < 0 || (m_live && !isLineHere()))
        return;
    m_unreadId = m_rows.at(at).message.id;
    refresh(at, at);
}

/// The first unread row after a position; -1: all is read.
int MessageListModel::firstAfter(const QString &epoch, qint64 number) const
{
    int at = confirmedCount();
    bool epochSeen = false;
    // Upwards through what is after the position: rows of later epochs, then higher numbers.
    for (; at > 0; --at) {
        const auto &message = m_rows.at(at - 1).message;
        epochSeen = epochSeen || message.epoch == epoch;
        if (message.epoch == epoch ? message.number <= number : epochSeen)
            break;
    }
    for (; at < confirmedCount(); ++at)
        if (isUnread(m_rows.at(at)))
            return at;
    return -1;
}

bool MessageListModel::isUnread(const Row &row) const
{
    return !isSelf(row) && !row.message.isDeleted;
}

MessageListModel::Unread MessageListModel::unreadAfter(const QString &epoch, qint64 number) const
{
    if (m_live)
        return m_live->unreadAfter(epoch, number);
    Unread unread;
    const int first = firstAfter(epoch, number);
    for (int at = first; first >= 0 && at < confirmedCount(); ++at) {
        const Row &row = m_rows.at(at);
        unread.messages += isUnread(row) ? 1 : 0;
        unread.mentions += isUnread(row) && row.mentionsSelf ? 1 : 0;
    }
    return unread;
}

} // namespace parlour::models
