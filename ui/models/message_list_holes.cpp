// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// Rows that go at an edge of the window, and those that go since something is missing beside them.
#include "models/message_list_model.h"

#include <algorithm>
#include <utility>

namespace parlour::models {

void MessageListModel::dropAbove(int surplus)
{
    if (surplus <= 0)
        return;
    m_isFromBeginning = false;
    const QString firstEpoch =
        surplus < confirmedCount() ? m_rows.at(surplus).message.epoch : QString();
    beginRemoveRows({}, 0, surplus - 1);
    for (int row = 0; row < surplus; ++row) {
        m_ids.remove(m_rows.at(row).message.id);
        m_holes.remove(m_rows.at(row).message.id);
        if (m_rows.at(row).message.epoch != firstEpoch)
            m_known.remove(m_rows.at(row).message.epoch);
        if (m_rows.at(row).message.id == m_unreadId)
            m_unreadId.clear();
    }
    m_rows.remove(0, surplus);
    if (confirmedCount() > 0) {
        const chat::ChatMessage &first = m_rows.constFirst().message;
        m_known[first.epoch].dropBefore(first.number);
        m_holes.remove(first.id);
    }
    m_dropped += surplus;
    if (m_reading >= 0)
        m_reading = std::max(0, m_reading - surplus);
    endRemoveRows();
    refresh(0, 0);
}

/// Those from that row on go; a detached window ends there.
void MessageListModel::dropFrom(int size)
{
    if (size < m_rows.size()) {
        beginRemoveRows({}, size, int(m_rows.size()) - 1);
        for (int row = size; row < m_rows.size(); ++row) {
            const chat::ChatMessage &message = m_rows.at(row).message;
            m_ids.remove(message.id);
            m_holes.remove(message.id);
            if (size == 0 || message.epoch != m_rows.at(size - 1).message.epoch)
                m_known.remove(message.epoch);
            if (message.id == m_unreadId)
                m_unreadId.clear();
        }
        m_rows.remove(size, m_rows.size() - size);
        m_pending = 0;
        m_isUpToLive = false;
        endRemoveRows();
        refresh(size - 1, size - 1);
    }
    if (size > 0)
        m_known[m_rows.constLast().message.epoch].dropAfter(m_rows.constLast().message.number);
}

/// Of an epoch that is over a host has nothing any more.
void MessageListModel::beIn(const QString &epoch)
{
    if (std::exchange(m_epoch, epoch) == epoch)
        return;
    m_holes.clear();
    m_isSeamAsked = false;
}

void MessageListModel::setEnd(const chat::Position &end)
{
    beIn(end.epoch);
    if (m_live)
        return m_live->setEnd(end);
    if (confirmedCount() == 0)
        return;
    const int at = confirmedCount() - 1;
    const chat::ChatMessage &last = m_rows.at(at).message;
    const bool isLost = last.epoch != end.epoch || m_moved.lostBehind.contains(last.id)
        || (last.number < end.number && !m_known.value(end.epoch).hold(last.number, end.number));
    m_lostBehind = isLost ? last.id : QString();
    refresh(at, at);
}

/// Where the row does not adjoin the one above it, the host may have what lies between.
void MessageListModel::noteHole(int at)
{
    if (at <= 0 || at >= confirmedCount())
        return;
    const chat::ChatMessage &above = m_rows.at(at - 1).message;
    const chat::ChatMessage &below = m_rows.at(at).message;
    const bool isLost = m_moved.lostBehind.contains(above.id);
    if (above.epoch == m_epoch && below.epoch == m_epoch && !isLost && isGap(above, below))
        m_holes.insert(below.id);
}

void MessageListModel::noteHoles()
{
    for (int at = 1; at < confirmedCount(); ++at)
        noteHole(at);
}

void MessageListModel::closeHoles()
{
    if (m_live)
        m_live->closeHoles();
    m_isSeamAsked = false;
    const auto isHole = [this](int at) {
        return m_holes.contains(m_rows.at(at).message.id)
            && isGap(m_rows.at(at - 1).message, m_rows.at(at).message);
    };
    const int end = confirmedCount();
    const int reading = m_reading < 0 ? end - 1 : std::min(m_reading, end - 1);
    int above = 0;
    int below = end;
    for (int at = 1; at < end && below == end && !m_holes.isEmpty(); ++at) {
        if (isHole(at))
            (at <= reading ? above : below) = at;
    }
    const bool goesAway = below < end && !m_live;
    if (goesAway) {
        setAside();
        m_live->closeHoles();
    }
    if (below < end)
        dropFrom(below);
    dropAbove(above);
    m_holes.clear();
    placeUnreadLine();
    if (goesAway)
        Q_EMIT detachedChanged();
}

} // namespace parlour::models
