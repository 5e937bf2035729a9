// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// What is unread: the line above it, and how much it is.
#include "models/message_list_model.h"

#include <algorithm>
#include <utility>

namespace parlour::models {

namespace {

// More than anybody counts; hosts may say any number.
constexpr qint64 MostUnread = 1'000'000;

/// How many numbers between these, they included, are not in the ranges.
qint64 countNotIn(const chat::NumberRanges &known, qint64 first, qint64 last)
{
    qint64 count = std::max<qint64>(last - first + 1, 0);
    for (const chat::NumberRanges::Range &range : known.ranges())
        count -= std::max<qint64>(std::min(range.last, last) - std::max(range.first, first) + 1, 0);
    return count;
}

} // namespace

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

/// The line stood above the first row that was here; the place where reading ended is there now.
void MessageListModel::placeUnreadLineAgain()
{
    const int before = rowOf(std::exchange(m_unreadId, QString()));
    placeUnreadLine();
    refresh(before, before);
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
    unread.messages += numbersNotSeen(epoch, number);
    return unread;
}

/// What lies behind a position and is not here, above all rows or in a hole, was not seen: each of
/// its numbers counts as a message, since nobody here can tell a change, or an own message.
int MessageListModel::numbersNotSeen(const QString &epoch, qint64 number) const
{
    if (confirmedCount() == 0)
        return 0;
    const chat::NumberRanges known = m_known.value(epoch);
    const chat::ChatMessage &first = m_rows.constFirst().message;
    qint64 count = 0;
    if (first.epoch == epoch && !m_isFromBeginning)
        count = countNotIn(known, number + 1, first.number - 1);
    for (int at = 1; at < confirmedCount() && !m_holes.isEmpty(); ++at) {
        const chat::ChatMessage &above = m_rows.at(at - 1).message;
        const chat::ChatMessage &below = m_rows.at(at).message;
        if (m_holes.contains(below.id) && above.epoch == epoch && below.epoch == epoch)
            count += countNotIn(known, std::max(above.number, number) + 1, below.number - 1);
    }
    return int(std::min(count, MostUnread));
}

std::optional<chat::Position> MessageListModel::unreadAbove() const
{
    if (m_live || m_readEpoch.isEmpty() || confirmedCount() == 0 || m_isFromBeginning
        || m_rows.constFirst().message.epoch != m_readEpoch || isLineHere())
        return std::nullopt;
    return chat::Position{m_readEpoch, m_readNumber};
}

/// Whether the window has the place where reading ended.
bool MessageListModel::isLineHere() const
{
    const auto isOfEpoch = [this](const Row &row) { return row.message.epoch == m_readEpoch; };
    if (std::none_of(m_rows.cbegin(), m_rows.cend(), isOfEpoch))
        return false;
    const chat::ChatMessage &first = m_rows.constFirst().message;
    return first.epoch != m_readEpoch || first.number <= m_readNumber
        || m_known.value(first.epoch).hold(m_readNumber + 1, first.number);
}

} // namespace parlour::models
