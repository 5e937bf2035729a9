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
    const bool follows = m_position && m_position->epoch == part.epoch && !part.lost;
    bool isFirst = !follows;
    taken.isLost = m_position && !follows;
    for (ChatMessage message : part.messages) {
        message.epoch = part.epoch;
        if (!isFirst && isKnown(message))
            continue;
        if (!isFirst && !isNext(message)) {
            if (askAgain(taken))
                return taken;
            taken.isLost = true;
        }
        hand(taken, message);
        isFirst = false;
    }
    if (isFirst) // nothing came, and what there was is gone
        m_position = m_end && m_end->epoch == part.epoch ? *m_end : Position{part.epoch, 0};
    if (part.more && part.after)
        taken.next = Next::AskForMore;
    else
        m_isComplete = true;
    return taken;
}

CatchUp::Taken CatchUp::take(const ChatMessage &message)
{
    Taken taken;
    if (!m_isComplete || isKnown(message)) // it comes with a part, or came before
        return taken;
    if (!isNext(message)) {
        if (askAgain(taken))
            return taken;
        taken.isLost = true;
    }
    hand(taken, message);
    return taken;
}

bool CatchUp::isNext(const ChatMessage &message) const
{
    return m_position && message.epoch == m_position->epoch
        && message.number == m_position->number + 1;
}

bool CatchUp::isKnown(const ChatMessage &message) const
{
    return m_position && message.epoch == m_position->epoch && message.number <= m_position->number;
}

void CatchUp::hand(Taken &taken, const ChatMessage &message)
{
    taken.news.append(message);
    m_position = Position{message.epoch, message.number};
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
