// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/frames.h"
#include "chat/message_change.h"

#include <QMap>
#include <QObject>

#include <functional>
#include <optional>

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
    QString reply = {}; ///< the id of the message that it replies to; empty: of none
    qint64 edited = 0; ///< ms UTC, where it was before it came here; 0: it was not
    QList<Reaction> reactions = {}; ///< that it had by then
    /// It was deleted before it came here: kept without anything that it said, and never said.
    std::optional<Change> deletion = {};
};

/// Keeps what was said and what changed it, numbers both, and hands it to the channel layer.
/// Asynchronous: no answer comes within the call that asks, and each through `context` (none once
/// that is gone). Those of one room come in the order of its posts and changes. One room's messages
/// and changes are numbered without holes within one epoch; messages are read as they are now.
/// Lives in the server thread. Twins: MemoryRoomLog; SQLite behind the same interface.
class RoomLog
{
public:
    RoomLog() = default;
    RoomLog(const RoomLog &) = delete;
    RoomLog &operator=(const RoomLog &) = delete;
    virtual ~RoomLog();

    using Position = chat::Position;
    struct Page {
        Position end; ///< where the log stood; what is newer comes through the layer
        /// The numbers from the oldest of the messages (or of the log, where it has no older ones)
        /// on; both 0: none.
        qint64 first = 0;
        qint64 number = 0; ///< the last of these
        QList<ChatMessage> messages = {}; ///< oldest first
        bool hasOlder = false; ///< the log has messages before `first`
    };
    struct Catchup {
        Position end; ///< as Page::end
        qint64 first = 0; ///< as in a page; of exactly what follows the position
        qint64 number = 0;
        QList<ChatMessage> messages = {}; ///< oldest first
        QList<ChatMessage> changed = {}; ///< older than `first`, and changed by what is read
        bool isLost = false; ///< something between the position and `first` is gone
        bool hasMore = false; ///< `number` is not the log's last one: ask again from there
    };
    /// An answer has no more text than this, in UTF-16 units; but a message in any case. Each is
    /// six bytes of JSON at most: a frame that is over the limit of unread output would cut the
    /// same client off again and again.
    static constexpr qsizetype MaxText = qsizetype(256) * 1024;

    /// Numbers and keeps the message, then hands it to the room's group as chat.message; where it
    /// was deleted before, the deletion as chat.changed, which has the message's number. The answer
    /// is the message as it is kept, or why it could not be (nothing was said then): bad_id for the
    /// id of another sender's message, else not_logged; that with the cause `restarting` where the
    /// host closes everybody and begins anew.
    using Posted = std::function<void(const Expected<ChatMessage> &)>;
    virtual void post(const Utterance &utterance, QObject *context, Posted posted) = 0;

    /// Numbers and keeps what a change makes of a message, then hands it to the room's group as
    /// chat.changed. The answer says how the message is now. A known id, and what apply() does not
    /// keep, has no number of its own: nobody else hears of it, and the number is that of the
    /// message's last change. Fails as apply() does, with bad_id for an id that somebody else's
    /// entry has, else with not_logged.
    using Changed = std::function<void(const Expected<ChangedFrame> &)>;
    virtual void change(const Change &change, QObject *context, Changed changed) = 0;

    /// The last `count` messages of a room.
    using Read = std::function<void(const Expected<Page> &)>;
    virtual void last(const QString &room, int count, QObject *context, Read read) = 0;

    /// `count` messages of a room before this number.
    virtual void before(const QString &room, qint64 number, int count, QObject *context,
                        Read read) = 0;

    /// What the first `count` numbers of a room behind a position brought. Where the log cannot
    /// tell what lies behind it (another epoch, a number that it never gave or has forgotten the
    /// next one of), the last `count` messages, and the loss is told.
    using CaughtUp = std::function<void(const Expected<Catchup> &)>;
    virtual void since(const QString &room, const Position &position, int count, QObject *context,
                       CaughtUp caughtUp) = 0;

    /// What people of this host said and changed in a room, for other hosts: of deletions also the
    /// last that went along with their messages (mostDeletions()).
    struct SaidHere {
        struct Said {
            ChatMessage message;
            QByteArray json; ///< as Utterance::json
        };
        QList<Said> said; ///< oldest first
        QList<Change> changes = {}; ///< likewise; as bringUpToDate() makes them
        /// Of all that was read, in order: also of what was deleted since, and is told no more.
        QStringList ids = {};
        bool hasMore = false; ///< there is more behind the last of them
        bool isLost = false; ///< the entry that they should follow is not known
    };
    struct SaidHereQuery {
        QString after; ///< the id of an entry of this host; empty or not known: `from` counts
        qint64 from = 0; ///< ms UTC
        int count = 1; ///< at most
        std::optional<qint64> changesFrom =
            {}; ///< as `from`, for changes; none: these are not told
    };
    using SaidHereRead = std::function<void(const Expected<SaidHere> &)>;
    virtual void saidHere(const QString &room, const SaidHereQuery &query, QObject *context,
                          SaidHereRead read) = 0;
    /// What was last said and changed at a host (Utterance::origin) in a room: ids; empty: there is
    /// none.
    struct LastEntries {
        QString message;
        QString change = {}; ///< of this host's alone; also a deletion that is told still
        QString entry = {}; ///< the later of them
        /// ms UTC, for another host alone: no message of the room has an earlier time; 0: there is
        /// none, or it could not be read.
        qint64 oldest = 0;
        qint64 messageTime = 0; ///< of `message`, ms UTC
        /// Likewise; else entries of the room were let go of to make room for others.
        bool isWhole = true;

        friend bool operator==(const LastEntries &, const LastEntries &) = default;
    };
    using LastFound = std::function<void(const Expected<LastEntries> &)>;
    virtual void lastFrom(const QString &room, const QString &origin, QObject *context,
                          LastFound found) = 0;

    /// Messages of some rooms that have all words of a search, newest first: in the order in which
    /// this host got them.
    struct Search {
        QStringList rooms;
        QStringList words; ///< of searchedWords()
        qint64 next = 0; ///< Hits::next of the part before; 0: from the newest message on
        int count = 1; ///< at most
        qsizetype text = 0; ///< that the answer has already, from parts before; counts for MaxText
    };
    struct Hits {
        QList<ChatMessage> messages = {}; ///< newest first
        qint64 next = 0; ///< where the next part begins, which may have none; 0: that was all
    };
    /// A part of what is found. It may be short, or empty, where much had to be looked through:
    /// so that a search, whatever it is for, keeps nobody else waiting.
    using Searched = std::function<void(const Expected<Hits> &)>;
    virtual void search(const Search &search, QObject *context, Searched searched) = 0;

    /// Where a room's log stands now; starts its epoch where there is none.
    virtual Position position(const QString &room) = 0;
    /// Whether the log holds any message of the room.
    virtual bool hasHistory(const QString &room) const = 0;
    /// Forgets a room: its log ends.
    virtual void forget(const QString &room) = 0;

    /// How the keeping goes; counters only grow.
    struct Stats {
        bool isOpen = true; ///< else it keeps nothing more: the host shuts down
        qint64 kept = 0; ///< messages and changes, of all rooms
        qint64 unwritten = 0; ///< posts and changes that wait for their answer
        qint64 writes = 0; ///< to a disk
        double writeSeconds = 0; ///< what these took in all
        QMap<QString, qint64> refused; ///< posts and changes that were not kept, by cause
    };
    virtual Stats stats() const;
};

/// A new log's.
QString newEpoch();
/// The answer to a post or change whose id another entry has.
Error somebodyElsesId();

} // namespace parlour::chat
