// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/catch_up.h"

#include <algorithm>

namespace parlour::client {

using chat::ChatMessage;
using chat::Position;

CatchUp::CatchUp(std::optional<Position> position)
    : m_position(std::move(position))
    , m_start(m_position)
{
}

void CatchUp::begin()
{
    m_start = m_position;
    m_end.reset();
    m_isComplete = false;
}

void CatchUp::setEnd(const Position &end)
{
    m_end = end;
}

CatchUp::Taken CatchUp::take(const chat::HistoryFrame &part)
{
    Taken taken;
    taken.isLost = m_position && (m_position->epoch != part.epoch || part.lost);
    if (part.number > 0)
        takeNumbered(taken, part);
    else
        takeUnnumbered(taken, part);
    if (taken.next != Next::JoinAgain)
        finish(taken, part);
    return taken;
}

/// Its numbers say whether something is missing: those without a message were given to changes.
void CatchUp::takeNumbered(Taken &taken, const chat::HistoryFrame &part)
{
    const bool follows = m_position && !taken.isLost;
    if (follows && part.first > m_position->number + 1) {
        if (askAgain(taken))
            return;
        taken.isLost = true;
    }
    qint64 last = follows ? m_position->number : 0;
    for (ChatMessage message : part.messages) {
        message.epoch = part.epoch;
        if (message.number <= last || message.number > part.number)
            continue;
        last = message.number;
        taken.news.append(message);
    }
    for (ChatMessage message : part.changed) {
        message.epoch = part.epoch;
        taken.changed.append(message);
    }
    m_position =
        Position{part.epoch, follows ? std::max(part.number, m_position->number) : part.number};
}

/// Of a host that says no numbers: it knows no changes, and each number is that of a message.
void CatchUp::takeUnnumbered(Taken &taken, const chat::HistoryFrame &part)
{
    bool isFirst = !m_position || taken.isLost;
    for (ChatMessage message : part.messages) {
        message.epoch = part.epoch;
        const Position position{message.epoch, message.number};
        if (!isFirst && isKnown(position))
            continue;
        if (!isFirst && !isNext(position)) {
            if (askAgain(taken))
                return;
            taken.isLost = true;
        }
        taken.news.append(message);
        m_position = position;
        isFirst = false;
    }
    if (isFirst) // nothing came, and what there was is gone
        m_position = m_end && m_end->epoch == part.epoch ? *m_end : Position{part.epoch, 0};
}

void CatchUp::finish(Taken &taken, const chat::HistoryFrame &part)
{
    if (part.more && part.after)
        taken.next = Next::AskForMore;
    else
        m_isComplete = true;
}

CatchUp::Taken CatchUp::take(const ChatMessage &message)
{
    Taken taken;
    if (isTaken(taken, {message.epoch, message.number}))
        taken.news.append(message);
    return taken;
}

CatchUp::Taken CatchUp::take(const chat::ChangedFrame &change)
{
    Taken taken;
    if (isTaken(taken, {change.epoch, change.number}))
        taken.changed.append(change.message);
    return taken;
}

/// Whether what came now stands there next, or what lies before it is lost.
bool CatchUp::isTaken(Taken &taken, const Position &position)
{
    if (!m_isComplete || isKnown(position)) // it comes with a part, or came before
        return false;
    if (!isNext(position)) {
        if (askAgain(taken))
            return false;
        taken.isLost = true;
    }
    m_position = position;
    return true;
}

bool CatchUp::isNext(const Position &position) const
{
    return m_position && position.epoch == m_position->epoch
        && position.number == m_position->number + 1;
}

bool CatchUp::isKnown(const Position &position) const
{
    return m_position && position.epoch == m_position->epoch
        && position.number <= m_position->number;
}

/// False where the host was asked for this before: what is missing is gone then.
bool CatchUp::askAgain(Taken &taken)
{
    if (m_holeBehind == m_position)
        return false;
    m_holeBehind = m_position;
    taken.next = Next::JoinAgain;
    begin();
    return true;
}

qint64 CatchUp::done() const
{
    const bool isSame = m_start && m_position && m_start->epoch == m_position->epoch;
    return isSame ? m_position->number - m_start->number : 0;
}

qint64 CatchUp::total() const
{
    const bool isSame = m_start && m_end && m_start->epoch == m_end->epoch;
    return std::max(done(), isSame ? m_end->number - m_start->number : 0);
}

} // namespace parlour::client
