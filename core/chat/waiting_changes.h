// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/message_change.h"
#include "chat/room_log.h"

#include <deque>

namespace parlour::chat {

struct WaitingChangesOptions {
    int most = 500; ///< the oldest ones make way
    qint64 mostBytes = qint64(4) * 1024 * 1024; ///< of their texts, likewise
};

/// Changes of messages that are not here yet: the hosts of a room are heard in any order. What
/// never comes is pushed out by what does. Pure value; lives in the server thread.
class WaitingChanges
{
public:
    explicit WaitingChanges(const WaitingChangesOptions &options = {})
        : m_options(options)
    {
    }

    /// Again under its id, it takes the other's place.
    void add(const Change &change);
    /// Those of a message, oldest first; they wait no more.
    QList<Change> take(const QString &room, const QString &message);
    /// Makes of what is to be said what it is by now, by those that wait for it. False where it was
    /// deleted.
    bool applyTo(Utterance &said);

private:
    static qint64 sizeOf(const Change &change);

    WaitingChangesOptions m_options;
    std::deque<Change> m_changes;
    qint64 m_bytes = 0;
};

} // namespace parlour::chat
