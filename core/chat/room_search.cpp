// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/room_search.h"

#include <utility>

namespace parlour::chat {

RoomSearch::RoomSearch(RoomLog &log, RoomLog::Search search, channels::Clock clock, Done done)
    : m_log(log)
    , m_search(std::move(search))
    , m_clock(std::move(clock))
    , m_done(std::move(done))
    , m_end(m_clock() + LongestSearch)
{
    ask();
}

void RoomSearch::ask()
{
    m_log.search(m_search, &m_context, [this](const Expected<RoomLog::Hits> &part) { take(part); });
}

void RoomSearch::take(const Expected<RoomLog::Hits> &part)
{
    Expected<RoomLog::Hits> answer = part;
    if (part) {
        for (const ChatMessage &message : part->messages)
            m_search.text += textSize(message);
        m_search.count -= int(part->messages.size());
        // Such a part has no place for the next message.
        const bool isStuck = part->messages.isEmpty() && part->next == m_search.next;
        m_search.next = part->next;
        m_found += part->messages;
        const bool isFull = isStuck || m_search.count <= 0 || m_search.text >= RoomLog::MaxText;
        if (part->next > 0 && !isFull && m_clock() < m_end)
            return ask();
        answer = RoomLog::Hits{m_found, part->next};
    }
    m_isDone = true;
    m_done(answer);
}

} // namespace parlour::chat
