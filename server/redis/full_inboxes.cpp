// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/full_inboxes.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace parlour::redis {

using namespace std::chrono_literals;

namespace {

/// Until an inbox is tried again; doubles up to the second.
constexpr std::chrono::milliseconds FirstPause = 50ms;
constexpr std::chrono::milliseconds LastPause = 200ms;

} // namespace

InboxCopy::Time FullInboxes::patienceOf(const InboxCopy &copy, Cause cause, Time now) const
{
    return cause == Cause::Full ? std::min(now + m_patience, copy.expires) : copy.expires;
}

void FullInboxes::keep(const InboxCopy &copy, Cause cause, Time now)
{
    const bool isNew = !m_lines.contains(copy.stored.key);
    Line &line = m_lines[copy.stored.key];
    const bool isAgain = std::exchange(line.isTrying, false);
    if (isNew || isAgain) {
        line.pause = isNew ? FirstPause : std::min(2 * line.pause, LastPause);
        line.next = now + line.pause;
        line.refused = now;
    }
    line.copies.insert(isAgain ? line.copies.begin() : line.copies.end(), copy);
    if (!isAgain)
        line.copies.back().until = patienceOf(copy, cause, now);
    if (std::exchange(line.cause, cause) != cause) {
        for (InboxCopy &waiting : line.copies)
            waiting.until = patienceOf(waiting, cause, now);
    }
}

void FullInboxes::append(const InboxCopy &copy, Time now)
{
    Line &line = m_lines[copy.stored.key];
    line.copies.push_back(copy);
    line.copies.back().until = patienceOf(copy, line.cause, now);
}

QList<InboxCopy> FullInboxes::takeDue(Time now, qsizetype most)
{
    QList<InboxCopy> due;
    for (Line &line : m_lines) {
        if (line.isTrying || line.next > now || due.size() == most)
            continue;
        line.isTrying = true;
        due.append(line.copies.front());
        line.copies.pop_front();
    }
    return due;
}

std::deque<InboxCopy> FullInboxes::release(const QByteArray &key)
{
    return m_lines.take(key).copies;
}

std::deque<InboxCopy> FullInboxes::releaseAll()
{
    std::deque<InboxCopy> all;
    for (const Line &line : std::exchange(m_lines, {}))
        all.insert(all.end(), line.copies.begin(), line.copies.end());
    return all;
}

qsizetype FullInboxes::size() const
{
    return std::accumulate(
        m_lines.begin(), m_lines.end(), qsizetype(0),
        [](qsizetype sum, const Line &line) { return sum + qsizetype(line.copies.size()); });
}

QList<FullInboxes::Overdue> FullInboxes::takeOverdue()
{
    QList<Overdue> overdue;
    for (auto line = m_lines.begin(); line != m_lines.end();) {
        while (!line->copies.empty() && line->copies.front().until <= line->refused) {
            overdue.append({line->copies.front(), line->cause});
            line->copies.pop_front();
        }
        const bool isOver = line->copies.empty() && !line->isTrying;
        line = isOver ? m_lines.erase(line) : std::next(line);
    }
    return overdue;
}

} // namespace parlour::redis
