// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/export/room_export.h"
#include "chat/log_window.h"
#include "chat/room_log.h"
#include "sqlite/statement.h"
#include "storage/log_batch.h"
#include "storage/retention.h"
#include "storage/search_index.h"

#include <QHash>
#include <QSet>

#include <functional>
#include <optional>
#include <utility>
#include <variant>

namespace parlour::chat {
class HitsMaker;
}

namespace parlour::storage {

class SqliteDatabase;

using channels::Error;
using channels::Expected;
using chat::ChangedFrame;
using chat::ChatMessage;
using chat::LogRange;

struct LogHead {
    QString epoch;
    LogRange range;
};

struct LogAnswers {
    /// To what was said the message, to a change what it made of one.
    using Content = std::variant<ChatMessage, ChangedFrame>;
    struct Answer {
        Expected<Content> content;
        bool isNew = false; ///< else it is in the log for longer, or changes nothing
        qint64 time = 0; ///< ms UTC, of a change that is new
    };
    QList<Answer> entries; ///< as many as there were
    QHash<QString, LogHead> heads; ///< of the rooms that changed
    struct Owed {
        Error why;
        QSet<QString> rooms;
    };
    std::optional<Owed> owed; ///< something that was told is not written
};

struct Pruned {
    QHash<QString, LogHead> heads; ///< of the rooms that changed
    bool hasMore = false; ///< perhaps; ask again
};

/// The JSON of what is said, as it is kept: null where the text says it all.
QByteArray jsonToKeep(const chat::Utterance &utterance);

/// The logs of all rooms in a host's file. Numbers are given here, within the transaction that
/// keeps the entry, so that one that fails leaves no hole; what was told ahead has its own already.
/// Lives in the storage thread; the counterpart of SqliteRoomLog.
class LogFile final
{
public:
    /// `database` outlives it.
    LogFile(SqliteDatabase &database, const Retention &retention);

    /// Reads where each log stands; the first that is asked of it.
    Expected<QHash<QString, LogHead>> load();

    /// By the transaction that runs all of them get other epochs, as numbers may be given again.
    Expected<QHash<QString, LogHead>> renewEpochs();

    /// All of it or, where it fails, nothing; but what has its number is owed then, and written
    /// first of all with the next batch. Until then before() and since() have it, saidHere() and
    /// lastFrom() fail, and search() does not find it. Where one room's pages alone are bad, that
    /// goes on for it, and nothing else is kept there.
    Expected<LogAnswers> write(const LogBatch &batch);
    /// The answer where a log ended meanwhile.
    static Error closedRoom();
    bool owes() const { return !m_owed.isEmpty(); }

    /// What a process before told, and did not write: of logs that go on, also under another epoch
    /// (noteMended()). `isMended`: nothing was saved of a damaged file, so rooms begin with it.
    /// Where something is missing before it, or `isGap`, all logs get other epochs. The heads of
    /// the logs that changed.
    Expected<QHash<QString, LogHead>> takeTold(const QList<LogBatch::Entry> &entries, bool isMended,
                                               bool isGap);

    /// The log of this epoch, empty where that is not known, has another one in what was saved of a
    /// damaged file; for takeTold().
    static Expected<void> noteMended(SqliteDatabase &database, const QString &epoch);

    struct IdPlace {
        qint64 log = 0;
        QString id;
    };
    struct Ids {
        QList<size_t> hashes; ///< SeenIds::hash()
        std::optional<IdPlace> next; ///< nothing: that was all
    };
    /// Some of the ids that entries have.
    Expected<Ids> ids(const IdPlace &after);

    /// As RoomLog::before(), since().
    Expected<chat::RoomLog::Page> before(const QString &room, const QString &epoch, qint64 number,
                                         int count);
    Expected<chat::RoomLog::Catchup> since(const QString &room, const QString &epoch,
                                           const chat::RoomLog::Position &position, int count);

    /// As RoomLog::saidHere(), lastFrom().
    Expected<chat::RoomLog::SaidHere> saidHere(const QString &room, const QString &epoch,
                                               const chat::RoomLog::SaidHereQuery &query);
    Expected<chat::RoomLog::LastEntries> lastFrom(const QString &room, const QString &epoch,
                                                  const QString &origin);

    /// Takes a log in, bit by bit, that is no room's yet: it becomes that of the room whose epoch
    /// is set to its own, once endImport() has said that all is there. One at a time (busy); until
    /// it is a room's, dropImport() and the process' end let it go. Fails (bad_export) for an id
    /// that is there twice.
    Expected<void> beginImport(const LogHead &head);
    Expected<void> import(const QList<chat::ExportEntry> &entries);
    void endImport();
    void dropImport();
    /// As RoomLog::search(), in rooms with these epochs.
    Expected<chat::RoomLog::Hits> search(const QHash<QString, QString> &epochs,
                                         const chat::RoomLog::Search &search);
    /// Makes searches of some further messages fast. False where there are none.
    Expected<bool> index();
    /// Whether it has done so since the start, or since most of that was let go.
    bool isIndexed() const { return m_index.isBegun(); }

    /// Makes the rows of all logs say what their entries do, which is costly with each message.
    Expected<void> saveAll();

    /// Lets a few entries go that are too old or too many, or whose log was forgotten. Where there
    /// is none, saveAll() is done, and what was replaced or deleted goes from SQLite's own log too.
    Expected<Pruned> prune(qint64 now);
    /// Writes the file anew where something was replaced, deleted or let go since that was done,
    /// so that no copy of it is left anywhere. Takes seconds where much is kept.
    Expected<void> sweep();

private:
    struct Log {
        qint64 key = 0;
        QString epoch;
        LogRange range;
        qint64 messages = 0; ///< in the range
        LogRange saved = {}; ///< what its row says: of the same beginning, and no longer
        bool isSaved() const { return range == saved; }
    };
    struct Staged {
        Log log;
        bool isWhole = false;
        bool isTaken = false; ///< by the transaction that runs
    };
    struct Row {
        ChatMessage message; ///< of a change: who did it, and no text
        qint64 target = 0; ///< the number of the message that was changed; 0: this is a message
        QString origin = {};
        int kind = 0; ///< 0, or chat::Change::Kind
    };
    using Found = Expected<std::optional<Row>>;
    using Answer = LogAnswers::Answer;

    /// What does not undo it.
    enum class Durability { Process, Power };
    const Log *find(const QString &room) const;
    const Log *find(const QString &room, const QString &epoch) const;
    /// The heads of the logs that `work` changed, once that is kept.
    Expected<QHash<QString, LogHead>> commit(const std::function<Expected<void>()> &work,
                                             Durability durability = Durability::Process);
    Expected<void> saveRanges();
    Expected<void> save(Log &log);
    Expected<void> readOn(Log &log);
    /// Fails (corrupt) where the last entries of the file are not among those that were read.
    Expected<void> checkLast();

    using Heads = Expected<QHash<QString, LogHead>>;
    Heads writeOnce(const LogBatch &batch, QList<Answer> &answers);
    void findStuck();
    Expected<void> appendOwed(const LogBatch::Entry &entry);
    /// An entry of which no more than the number is known.
    Expected<void> appendUnknown(const QString &room, Log log);
    struct ToTake {
        LogBatch::Entry entry;
        bool isByNumber = false; ///< it has the one that follows, or there is a gap
    };
    QList<ToTake> toTake(const QList<LogBatch::Entry> &entries, const QStringList &mended,
                         bool &isGap);
    Expected<void> take(const ToTake &wanted);
    QList<Row> owedTo(const QString &room, const QString &epoch) const;
    Expected<void> setEpoch(const QString &room, const std::optional<QString> &epoch);
    Expected<void> forget(const QString &room, const Log &log);
    Expected<Answer> append(const chat::Utterance &utterance, const QString &epoch);
    Expected<Answer> append(const chat::Change &wanted, const QString &epoch);
    Expected<Answer> answerTo(const chat::Change &change, const Log &log, ChatMessage message,
                              bool isNew);
    /// False where the log has another entry of that id.
    Expected<bool> insert(const Log &log, const ChatMessage &message,
                          const chat::Utterance &utterance);
    Expected<void> insert(const Log &log, const chat::Change &change, qint64 target);
    Expected<void> insert(const chat::ExportEntry &entry);
    bool isStaged(const QString &epoch) const;
    Expected<void> takeStaged(const QString &room);
    Expected<void> replace(const Log &log, const ChatMessage &message, chat::Change::Kind kind);
    Expected<qint64> lastChange(const Log &log, const ChatMessage &message);
    Expected<qint64> lastReaction(const Log &log, const chat::Change &change, const Row &target);
    Expected<void> takeIn(const QString &room, Log log, bool isMessage);

    using IsToGo = std::function<bool(const Log &left, qint64 time)>;
    Expected<void> drop(const QString &room, qint64 most, const IsToGo &isToGo);
    /// It has more than is kept, and so many messages.
    bool isOverfull(const Log &log, qint64 more = 0) const;
    Expected<bool> dropExcess();
    Expected<bool> dropOld(qint64 limit);
    Expected<void> dropDeletions(const Log &left);
    Expected<bool> dropOldDeletions(qint64 limit);
    Expected<bool> dropForgotten();
    Expected<bool> dropForgotten(qint64 log);
    /// What there was is to be gone from the file.
    Expected<void> noteGone();
    Expected<void> clean();

    using Rooms = QHash<qint64, QString>; ///< by the keys of their logs
    /// Looks through the entries between two keys; whether the search goes on.
    Expected<bool> look(qint64 after, qint64 before, const Rooms &rooms, chat::HitsMaker &hits);
    Expected<void> indexAgain(const Log &log, const ChatMessage &message);
    /// Entries were let go, so many messages of the index among them.
    Expected<void> unindex(qint64 count);
    Expected<std::optional<chat::Change>> changeToTell(const QString &room, const Log &log,
                                                       const Row &entry);
    struct LastEntry {
        QString id;
        qint64 number = 0;
        qint64 time = 0; ///< ms UTC
    };
    /// The last entry that the condition is for.
    Expected<LastEntry> lastWhere(const Log &log, const QString &condition,
                                  const sqlite::Value &value);

    Expected<qint64> oldestTime(const Log &log);
    void noteTime(const Log &log, qint64 time);

    static QByteArray reactionsToKeep(const QList<chat::Reaction> &reactions);
    /// Of one log, with the columns that rowIn() reads.
    static QString entriesWhere(const QString &condition);
    static Row rowIn(const sqlite::Statement &query, const QString &room, const Log &log);
    Found row(const QString &room, const Log &log, const QString &id);
    Found row(const QString &room, const Log &log, qint64 number);
    Found oneRow(const QString &room, const Log &log, const QString &where,
                 const sqlite::Value &value);
    Expected<void> forEntries(const QString &room, const Log &log, const chat::LogWindow &window,
                              const QList<Row> &owed, const std::function<bool(const Row &)> &take);
    Expected<void> quote(const Log &log, ChatMessage &message);
    Expected<void> quote(const Log &log, QList<ChatMessage> &messages);

    SqliteDatabase &m_database;
    Retention m_retention;
    QHash<QString, Log> m_logs; ///< by room, as they are in the file
    /// By the transaction that runs; nothing: the log ends.
    QHash<QString, std::optional<Log>> m_changes;
    std::optional<Staged> m_staged; ///< what is taken in
    QList<LogBatch::Entry> m_owed; ///< told, in order, and not written
    Error m_owedBecause; ///< why not
    QSet<QString> m_stuck; ///< rooms of which something is owed while others are written
    QHash<qint64, qint64> m_oldestTimes; ///< by the key of their log, where they were asked for
    SearchIndex m_index;
    bool m_becomesBehind = false; ///< with the transaction that runs
    bool m_isBehind = false; ///< the file has the note that rows of logs may be behind
    bool m_isClean = false; ///< SQLite's own log has no text that is gone from the file
};

} // namespace parlour::storage
