// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/clock.h"
#include "chat/room_log.h"

#include <QObject>

#include <chrono>
#include <functional>

namespace parlour::chat {

/// One search of a client: asks the log part by part until the answer is whole, or has taken long
/// enough.
class RoomSearch final
{
public:
    using Done = std::function<void(const Expected<RoomLog::Hits> &)>;

    /// What is not found within this time is for the next page.
    static constexpr auto LongestSearch = std::chrono::seconds(2);

    /// `done` is called once, in a later turn, and never once this is gone; it may delete this.
    /// `log` outlives it.
    RoomSearch(RoomLog &log, RoomLog::Search search, channels::Clock clock, Done done);

    bool isDone() const { return m_isDone; }

private:
    void ask();
    void take(const Expected<RoomLog::Hits> &part);

    RoomLog &m_log;
    RoomLog::Search m_search; ///< what is still to be found
    channels::Clock m_clock;
    Done m_done;
    std::chrono::steady_clock::time_point m_end;
    QList<ChatMessage> m_found;
    bool m_isDone = false;
    QObject m_context;
};

} // namespace parlour::chat
