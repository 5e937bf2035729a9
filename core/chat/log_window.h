// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <algorithm>
#include <optional>

/// Which entries of a log answer a question; the same for all twins of RoomLog.
namespace parlour::chat {

/// The entries that a log holds, by their numbers.
struct LogRange {
    qint64 oldest = 1; ///< one behind the newest where it holds none
    qint64 newest = 0; ///< the last number that was given

    bool isEmpty() const { return oldest > newest; }
    qint64 count() const { return newest - oldest + 1; }

    friend bool operator==(const LogRange &, const LogRange &) = default;
};

/// The numbers from `first` up to, not including, `end`.
struct LogWindow {
    qint64 first = 1;
    qint64 end = 1;
};

/// Changes alone do not make a log grow: a room has no more entries than this for each message that
/// it may keep.
inline constexpr qint64 MaxEntriesPerMessage = 5;

/// So many deletions that a room let go of along with their messages are told to other hosts still,
/// the latest ones; `messagesPerRoom`: that are kept, 0: all.
constexpr qint64 mostDeletions(qint64 messagesPerRoom)
{
    constexpr qint64 Most = 1000;
    return messagesPerRoom > 0 ? std::min(MaxEntriesPerMessage * messagesPerRoom, Most) : Most;
}

/// All of them before this number.
inline LogWindow windowBefore(const LogRange &range, qint64 number)
{
    return {range.oldest, std::clamp(number, range.oldest, range.newest + 1)};
}

/// The first `count` of them behind this number; nothing where the log cannot tell what lies there.
inline std::optional<LogWindow> windowBehind(const LogRange &range, qint64 number, int count)
{
    if (number > range.newest || number < range.oldest - 1)
        return std::nullopt;
    return LogWindow{number + 1, std::min(range.newest + 1, number + 1 + std::max(count, 0))};
}

} // namespace parlour::chat
