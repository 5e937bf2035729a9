// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// Own messages that the host has not confirmed yet.
#include "models/message_list_model.h"

#include <algorithm>

namespace parlour::models {

bool MessageListModel::addPending(const QString &id, const QString &text,
                                  const chat::Sender &sender, qint64 time,
                                  const std::optional<chat::Quote> &reply)
{
    showLatest();
    if (m_ids.contains(id) || m_pending >= MaxRows)
        return false;
    Row row;
    row.message.id = id;
    row.message.text = text;
    row.message.sender = sender;
    row.message.time = time;
    row.message.reply = reply;
    row.delivery = chat::Delivery::Waiting;
    row.day = localDay(time);
    row.pending = true;
    const int at = int(m_rows.size());
    beginInsertRows({}, at, at);
    m_rows.append(row);
    m_ids.insert(id);
    ++m_pending;
    m_rows[at].flags = flagsOf(at);
    endInsertRows();
    refresh(at - 1, at - 1);
    trim();
    Q_EMIT waitingChanged();
    return true;
}

void MessageListModel::setDelivery(const QString &id, chat::Delivery delivery, const QString &why)
{
    if (m_live)
        return m_live->setDelivery(id, delivery, why);
    const int at = rowOf(id);
    if (at < confirmedCount()) // none, or the host's word counts already
        return;
    Row row = m_rows.at(at);
    if (row.delivery == delivery && row.problem == why)
        return;
    row.delivery = delivery;
    row.problem = why;
    m_rows.replace(at, row);
    Q_EMIT dataChanged(index(at), index(at), {DeliveryRole, ProblemRole, Qt::AccessibleTextRole});
    Q_EMIT waitingChanged();
}

void MessageListModel::remove(const QString &id)
{
    if (m_live)
        return m_live->remove(id);
    const int at = rowOf(id);
    if (at < confirmedCount())
        return;
    removePending(at);
}

int MessageListModel::failed() const
{
    if (m_live)
        return m_live->failed();
    return int(std::count_if(m_rows.cbegin() + confirmedCount(), m_rows.cend(), [](const Row &row) {
        return row.delivery == chat::Delivery::Failed;
    }));
}

int MessageListModel::waiting() const
{
    if (m_live)
        return m_live->waiting();
    return int(std::count_if(m_rows.cbegin() + confirmedCount(), m_rows.cend(), [](const Row &row) {
        return row.delivery == chat::Delivery::Waiting || row.delivery == chat::Delivery::Sending;
    }));
}

} // namespace parlour::models
