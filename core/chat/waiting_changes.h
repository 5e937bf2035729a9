// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/message_change.h"
#include "chat/room_log.h"

#include <QHash>
#include <QList>

#include <deque>

namespace parlour::chat {

struct WaitingChangesOptions {
    int most = 1000;
    qint64 mostBytes = qint64(8) * 1024 * 1024; ///< of their texts
};

/// Changes of messages that are not here yet: the hosts of a room are heard in any order. What
/// never comes is pushed out by what does: where there are too many, the oldest of whoever has most
/// of them makes way, so that a host that tells much of what nobody here has hinders itself alone.
/// Pure value; lives in the server thread.
class WaitingChanges
{
public:
    /// How a host told of a change.
    enum class Cause {
        Live, ///< as it was made: its message is on the way
        Asked, ///< in an answer: its message may be gone for long
    };

    explicit WaitingChanges(const WaitingChangesOptions &options = {})
        : m_options(options)
    {
    }

    /// Again under its id, it takes the other's place. The changes that made way for it, which may
    /// be itself.
    QList<Change> add(const Change &change, Cause cause);
    /// Those of a message, oldest first; they wait no more.
    QList<Change> take(const QString &room, const QString &message);
    /// Makes of what is to be said what it is by now, by the texts and the deletion that wait for
    /// it. They go on waiting, with the reactions, whose times the log is to know.
    void applyTo(Utterance &said) const;

private:
    struct Waiting {
        Change change;
        QString source; ///< whose share it is of
    };
    struct Share {
        int count = 0;
        qint64 bytes = 0;
    };

    static qint64 sizeOf(const Change &change);
    void grow(const Waiting &waiting, int sign);
    bool isOverfull() const;
    QString largestSource() const;
    QList<Change> makeWay();

    WaitingChangesOptions m_options;
    std::deque<Waiting> m_changes;
    QHash<QString, Share> m_shares; ///< by source
    Share m_all;
};

} // namespace parlour::chat
