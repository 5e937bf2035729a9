// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/log_window.h"
#include "chat/room_log.h"
#include "storage/retention.h"

#include <QHash>

#include <functional>
#include <optional>

namespace parlour::storage {

class SqliteDatabase;

using channels::Error;
using channels::Expected;
using chat::ChatMessage;
using chat::LogRange;

struct LogHead {
    QString epoch;
    LogRange range;
};

/// What is written in one transaction.
struct LogBatch {
    struct Said {
        chat::Utterance utterance; ///< has its time
        QString epoch; ///< of the log that it is meant for
    };
    QHash<QString, std::optional<QString>> epochs; ///< by room; nothing: its log ends
    QList<Said> said;
};

struct LogAnswers {
    struct Answer {
        chat::Expected<ChatMessage> message;
        bool isNew = false; ///< else it is in the log for longer
    };
    QList<Answer> said; ///< as many as were said
    QHash<QString, LogHead> heads; ///< of the rooms that changed
};

struct Pruned {
    QHash<QString, LogHead> heads; ///< of the rooms that changed
    bool hasMore = false; ///< perhaps; ask again
};

/// The logs of all rooms in a host's file. Numbers are given here, within the transaction that
/// keeps the message, so that one that fails leaves no hole. Lives in the storage thread; the
/// counterpart of SqliteRoomLog.
class LogFile final
{
public:
    /// `database` outlives it.
    LogFile(SqliteDatabase &database, const Retention &retention);

    /// Reads where each log stands; the first that is asked of it.
    Expected<QHash<QString, LogHead>> load();

    /// All of it or, where it fails, nothing.
    Expected<LogAnswers> write(const LogBatch &batch);

    /// As RoomLog::before(), since(). A page has no more than this of text, but at least a message.
    Expected<chat::RoomLog::Page> before(const QString &room, const QString &epoch, qint64 number,
                                         int count);
    Expected<chat::RoomLog::Catchup> since(const QString &room, const QString &epoch,
                                           const chat::RoomLog::Position &position, int count);
    static constexpr qint64 PageBytes = qint64(1024) * 1024; ///< as UTF-16

    /// Lets a few messages go that are too old or too many, or whose log was forgotten.
    Expected<Pruned> prune(qint64 now);

private:
    struct Log {
        qint64 key = 0;
        QString epoch;
        LogRange range;
    };

    const Log *find(const QString &room) const;
    const Log *find(const QString &room, const QString &epoch) const;
    /// The heads of the logs that `work` changed, once that is kept.
    Expected<QHash<QString, LogHead>> commit(const std::function<Expected<void>()> &work);
    Expected<void> saveRanges();

    Expected<void> setEpoch(const QString &room, const std::optional<QString> &epoch);
    Expected<void> forget(const QString &room, const Log &log);
    Expected<LogAnswers::Answer> append(const LogBatch::Said &said);
    Expected<std::optional<ChatMessage>> known(const Log &log, const ChatMessage &wanted);
    Expected<void> insert(const Log &log, const ChatMessage &message,
                          const chat::Utterance &utterance);

    Expected<void> dropUpTo(const QString &room, qint64 number);
    Expected<bool> dropExcess();
    Expected<bool> dropOld(qint64 limit);
    Expected<bool> dropForgotten();

    Expected<QList<ChatMessage>> read(const QString &room, const chat::LogWindow &window,
                                      bool isFromTheEnd);

    SqliteDatabase &m_database;
    Retention m_retention;
    QHash<QString, Log> m_logs; ///< by room, as they are in the file
    /// By the transaction that runs; nothing: the log ends.
    QHash<QString, std::optional<Log>> m_changes;
};

} // namespace parlour::storage
