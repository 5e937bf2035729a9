// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/channel_layer.h"
#include "chat/log_window.h"
#include "chat/room_log.h"

#include <QHash>

#include <deque>
#include <optional>
#include <set>
#include <utility>

namespace parlour::chat {

struct MemoryRoomLogOptions {
    int messagesPerRoom = 200;
    /// Of text, as UTF-16: room for as many messages of parlour.v1 at their longest, all emoji. The
    /// newest entry is kept whatever its size.
    qint64 bytesPerRoom = qint64(200) * 4000 * 4;
    qint64 bytesInAll =
        qint64(64) * 1024 * 1024; ///< beyond, the largest room forgets its oldest ones
};

/// The log of an ephemeral host: the last messages of each room, in memory. `layer` outlives it.
class MemoryRoomLog final : public RoomLog
{
public:
    explicit MemoryRoomLog(channels::ChannelLayer &layer, const MemoryRoomLogOptions &options = {});
    ~MemoryRoomLog() override;

    void post(const Utterance &utterance, QObject *context, Posted posted) override;
    void change(const Change &change, QObject *context, Changed changed) override;
    void last(const QString &room, int count, QObject *context, Read read) override;
    void before(const QString &room, qint64 number, int count, QObject *context,
                Read read) override;
    void since(const QString &room, const Position &position, int count, QObject *context,
               CaughtUp caughtUp) override;
    void saidHere(const QString &room, const SaidHereQuery &query, QObject *context,
                  SaidHereRead read) override;
    void lastFrom(const QString &room, const QString &origin, QObject *context,
                  LastFound found) override;
    void search(const Search &search, QObject *context, Searched searched) override;
    Position position(const QString &room) override;
    bool hasHistory(const QString &room) const override;
    void forget(const QString &room) override;
    Stats stats() const override;

private:
    struct Entry {
        ChatMessage message; ///< of a change: who did it, and no text
        qint64 target = 0; ///< the number of the message that was changed; 0: this is a message
        qint64 lastChange = 0; ///< of a message: the number of it; 0: there was none
        QString origin = {}; ///< the id of the host where it was said or changed; empty: here
        QByteArray json = {}; ///< of a message that is no text: what plain clients got
        qint64 place = 0; ///< among those of all rooms
        Change::Kind kind = Change::Kind::Edit; ///< of a change
        QString emoji = {}; ///< of a reaction
    };
    struct Log {
        QString epoch;
        qint64 number = 0;
        std::deque<Entry> entries;
        /// Those made here that are no entries any more: other hosts may still have the texts.
        std::deque<Entry> deletions;
        int messages = 0; ///< among the entries
        QHash<QString, qint64> numbers; ///< of the entries, by their id in lower case
        qint64 bytes = 0;

        Entry *find(qint64 wanted);
        Entry *find(const QString &id) { return find(numbers.value(id.toLower())); }
    };

    Log &logOf(const QString &room);
    static LogRange rangeOf(const Log &log)
    {
        return {log.number - qint64(log.entries.size()) + 1, log.number};
    }
    static ChatMessage asItIsNow(Log &log, const Entry &entry);
    static SaidHere saidHere(Log &log, const SaidHereQuery &query);
    Hits find(const Search &search);
    static std::optional<qint64> numberOf(Log &log, const QString &id);
    static std::optional<Change> changeToTell(Log &log, const Entry &entry);
    static qint64 lastReaction(const Log &log, const Change &change, const Entry &target);
    static Page pageBefore(Log &log, qint64 number, int count);
    static Catchup catchup(Log &log, const Position &position, int count);
    Expected<ChatMessage> append(const Utterance &utterance);
    Expected<ChangedFrame> append(const Change &wanted);
    static Expected<Entry *> targetOf(Log &log, const Change &change, bool isKnown);
    static qint64 bytesOf(const ChatMessage &message, bool isChange = false);
    void make(Log &log, const Change &change, const ChatMessage &message, Entry &target);
    void keep(Log &log, const Entry &entry);
    void dropOldest(Log &log);
    void dropOldestDeletion(Log &log);
    void grow(const QString &room, Log &log, qint64 bytes);
    bool isOverfull(const Log &log) const;
    void trim(Log &log);

    channels::ChannelLayer &m_layer;
    MemoryRoomLogOptions m_options;
    QHash<QString, Log> m_logs;
    qint64 m_bytes = 0;
    qint64 m_kept = 0; ///< entries
    qint64 m_places = 0; ///< that were given
    std::set<std::pair<qint64, QString>> m_bySize; ///< the rooms with their bytes
};

} // namespace parlour::chat
