// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// How messages find their rows: order, merging, the bound of the window.
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
    const bool isReadBelow = m_reading >= at && m_reading < m_rows.size();
    beginInsertRows({}, at, last);
    m_rows.insert(at, rows.size(), Row());
    std::move(rows.begin(), rows.end(), m_rows.begin() + at);
    for (int row = at; row <= last; ++row)
        m_rows[row].flags = flagsOf(row);
    if (isReadBelow)
        m_reading += last - at + 1;
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
    dropAbove(std::min(int(m_rows.size()) - MaxRows, confirmedCount()));
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
                           {StartsGroupRole, EndsGroupRole, DayBreakRole, UnreadLineRole, GapRole,
                            GapBelowRole, Qt::AccessibleDescriptionRole});
    }
}

} // namespace parlour::models
