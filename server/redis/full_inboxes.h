// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "redis/redis_scripts.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>

#include <chrono>
#include <deque>
#include <memory>

namespace parlour::redis {

/// What becomes of a message, all its copies together.
struct MessageFate {
    bool isOut = false; ///< somebody else has it
    bool isLost = false; ///< somebody else does not, and that is counted
};

/// A message on its way to one inbox, or to one channel that many read.
struct InboxCopy {
    using Time = std::chrono::steady_clock::time_point;

    StoredMessage stored;
    bool isOwn = false; ///< it comes back to this process
    Time expires;
    std::shared_ptr<MessageFate> fate = {};
    Time until = {}; ///< it waits for its inbox to take it no longer than this
};

/// Copies that their inboxes did not take, since they were full or Redis refused all writes. Those
/// of one inbox keep their order: the first one tries again, after pauses, and lets the others in.
/// None is given up before it, or the one that tries for it, was refused once more. A value; used
/// in one thread. A part of the core layer.
class FullInboxes
{
public:
    using Time = InboxCopy::Time;
    enum class Cause { Full, Refused };
    struct Overdue {
        InboxCopy copy;
        Cause cause;
    };

    /// So long a copy waits for room in an inbox that takes nothing. Where Redis refuses to write
    /// it waits until it expires.
    explicit FullInboxes(std::chrono::milliseconds patience)
        : m_patience(patience)
    {
    }

    qsizetype size() const;
    bool isEmpty() const { return m_lines.isEmpty(); }
    qsizetype lines() const { return m_lines.size(); } ///< inboxes that something waits for
    /// Whether anything waits for that inbox, or tries it again.
    bool contains(const QByteArray &key) const { return m_lines.contains(key); }
    /// takeDue() has taken one of it.
    bool isTrying(const QByteArray &key) const { return m_lines.value(key).isTrying; }
    /// It did not get in: stays the first where it had tried again, is the last otherwise.
    void keep(const InboxCopy &copy, Cause cause, Time now);
    /// Behind the others that wait for the same inbox, which contains() knows of.
    void append(const InboxCopy &copy, Time now);

    /// Each the first one of its inbox, to try again now. keep() or release() has to follow.
    QList<InboxCopy> takeDue(Time now, qsizetype most);
    /// The others that waited for that inbox may follow, in their order.
    std::deque<InboxCopy> release(const QByteArray &key);
    std::deque<InboxCopy> releaseAll();
    /// Those of inboxes that still refused when their patience had ended.
    QList<Overdue> takeOverdue();

private:
    struct Line {
        std::deque<InboxCopy> copies;
        Cause cause = Cause::Full;
        std::chrono::milliseconds pause{0}; ///< the last one
        Time next; ///< when the first one tries again
        bool isTrying = false; ///< it is taken out for it
        Time refused; ///< the last time
    };

    Time patienceOf(const InboxCopy &copy, Cause cause, Time now) const;

    std::chrono::milliseconds m_patience;
    QHash<QByteArray, Line> m_lines; ///< by the inbox' key
};

} // namespace parlour::redis
