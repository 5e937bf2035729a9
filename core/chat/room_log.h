// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/frames.h"

#include <QMap>
#include <QObject>

#include <functional>

namespace parlour::chat {

/// A message that wants to be said: what the log does not decide itself.
struct Utterance {
    QString room;
    QString id; ///< a UUID; its sender may say a known one again, which is saying it once
    Sender sender;
    QString text; ///< what parlour.v1 clients show
    QByteArray json; ///< the JSON value, exactly as it came; plain clients get these bytes
    QString origin = {}; ///< the id of the host where it was said; empty: here
    qint64 time = 0; ///< ms UTC, when it was said; 0: now
};

/// Keeps what was said, numbers it, and hands it to the channel layer. Asynchronous: every answer
/// comes in a later turn, through `context` (no answer once that is gone). One room's messages are
/// numbered without holes within one epoch. Lives in the server thread. Twins: MemoryRoomLog;
/// SQLite and Redis behind the same interface.
class RoomLog
{
public:
    RoomLog() = default;
    RoomLog(const RoomLog &) = delete;
    RoomLog &operator=(const RoomLog &) = delete;
    virtual ~RoomLog();

    using Position = chat::Position;
    struct Page {
        Position end; ///< where the log stood; messages after it come through the layer
        QList<ChatMessage> messages; ///< oldest first, without a hole between them
        bool hasOlder = false; ///< the log has messages before the first of them
    };
    struct Catchup {
        Position end; ///< as Page::end
        QList<ChatMessage> messages; ///< oldest first, without a hole between them
        bool isLost = false; ///< something between the position and the first of them is gone
        /// The last of them is not the log's last one: ask again from there.
        bool hasMore = false;
    };

    /// Numbers and keeps the message, then hands it to the room's group as chat.message. The answer
    /// is the message as it is kept, or why it could not be (nothing was said then): bad_id for the
    /// id of another sender's message, else not_logged.
    using Posted = std::function<void(const Expected<ChatMessage> &)>;
    virtual void post(const Utterance &utterance, QObject *context, Posted posted) = 0;

    /// The last `count` messages of a room.
    using Read = std::function<void(const Expected<Page> &)>;
    virtual void last(const QString &room, int count, QObject *context, Read read) = 0;

    /// `count` messages of a room before this number.
    virtual void before(const QString &room, qint64 number, int count, QObject *context,
                        Read read) = 0;

    /// The first `count` messages of a room behind a position. Where the log cannot tell what lies
    /// behind it (another epoch, a number that it never gave or has forgotten the next one of), the
    /// last `count` ones, and the loss is told.
    using CaughtUp = std::function<void(const Expected<Catchup> &)>;
    virtual void since(const QString &room, const Position &position, int count, QObject *context,
                       CaughtUp caughtUp) = 0;

    /// Where a room's log stands now; starts its epoch where there is none.
    virtual Position position(const QString &room) = 0;
    /// Whether the log holds any message of the room.
    virtual bool hasHistory(const QString &room) const = 0;
    /// Forgets a room: its log ends.
    virtual void forget(const QString &room) = 0;

    /// How the keeping goes; counters only grow.
    struct Stats {
        bool isOpen = true; ///< else it keeps nothing more: the host shuts down
        qint64 kept = 0; ///< messages, of all rooms
        qint64 unwritten = 0; ///< posts that wait for their answer
        qint64 writes = 0; ///< to a disk
        double writeSeconds = 0; ///< what these took in all
        QMap<QString, qint64> refused; ///< posts that were not kept, by cause
    };
    virtual Stats stats() const;
};

/// A new log's.
QString newEpoch();
/// The answer to a post whose id another sender's message has.
Error somebodyElsesId();

} // namespace parlour::chat
