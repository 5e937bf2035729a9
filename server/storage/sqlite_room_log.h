// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/channel_layer.h"
#include "chat/room_log.h"
#include "storage/known_ids.h"
#include "storage/log_file.h"
#include "storage/pending_changes.h"

#include <QHash>
#include <QPointer>
#include <QTimer>

#include <any>
#include <chrono>
#include <deque>
#include <functional>

namespace parlour::storage {

class Store;

struct SqliteRoomLogOptions {
    /// Posts and changes that wait for their answer, and their texts as UTF-16; further ones are
    /// refused.
    int maxUnwritten = 10000;
    qint64 maxUnwrittenBytes = qint64(64) * 1024 * 1024;
    /// Of what waits for the file, in one transaction, which is also what a room hears of that in
    /// one turn at most. So much that was told ahead is written without the delay.
    int postsAtOnce = 250;
    /// Until what was told ahead is written, with all that is told meanwhile; reading writes it at
    /// once.
    std::chrono::milliseconds aheadDelay = std::chrono::milliseconds(20);
    std::chrono::milliseconds pruneInterval = std::chrono::seconds(30);
    /// From the start on, or soon after, when nothing waits (LogFile::sweep(), removeOldCopies()).
    std::chrono::milliseconds sweepInterval = std::chrono::hours(24);
    std::chrono::milliseconds retryInterval = std::chrono::seconds(5);
    /// Between two steps that make searches fast, each of a millisecond or two; ten times as much
    /// while there is something to be written.
    std::chrono::milliseconds indexPause = std::chrono::milliseconds(5);
    /// Until what is said is made fast to search; searches read it meanwhile.
    std::chrono::milliseconds indexDelay = std::chrono::seconds(1);
};

/// The log of a host that remembers: in its file. What is said is kept in the store's journal at
/// once, with its number, and told at the turn's end, ahead of its being written. A change, a reply
/// and what may be known are looked up in the file. They are written together with what else waits,
/// and only then numbered, said and answered; what follows one in its room waits behind it. Lives
/// in the server thread and never waits for the disk. `store` and `layer` outlive it.
class SqliteRoomLog final : public chat::RoomLog
{
public:
    SqliteRoomLog(Store &store, channels::ChannelLayer &layer,
                  const SqliteRoomLogOptions &options = {});
    /// What has its number is written; what else waits is neither said nor answered: close()
    /// before.
    ~SqliteRoomLog() override;

    void post(const chat::Utterance &utterance, QObject *context, Posted posted) override;
    void change(const chat::Change &change, QObject *context, Changed changed) override;
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

    /// Tells or writes what was posted now instead of when the event loop comes to it: for the end
    /// of a server's turn.
    void endTurn();
    /// Whether it tells what is said in a room ahead of its being written: soon after the start and
    /// after an import, where there is a journal, as long as the file can be written and nothing
    /// waits for it there. For tests.
    bool isAhead(const QString &room) const;
    /// Whenever something is to be told, `turn` is given what lets the room hear it and answers its
    /// people, to do at once: what they send because of it may leave in one turn of the server.
    using Turn = std::function<void(const std::function<void()> &tell)>;
    void tellIn(Turn turn) { m_turn = std::move(turn); }
    /// Called when writing begins to fail, or fails for another cause (a code of SqliteDatabase),
    /// and with no cause when it goes well again.
    void whenTroubled(std::function<void(const QString &cause)> troubled)
    {
        m_troubled = std::move(troubled);
    }

    /// The log that was taken into the file (LogFile::endImport()) is this room's now, which has
    /// nothing yet. `adopted` comes once the file has it so; never where the log is closed before.
    void adopt(const QString &room, const LogHead &head, const std::function<void()> &adopted);
    /// Where a room's log stands; an empty epoch: there is none.
    LogHead head(const QString &room) const;

    /// From now on what could not be kept is so because of `restarting`: who says again what was
    /// not answered, to the host that comes after this one, is not to be told.
    void noteRestart() { m_isRestarting = true; }
    /// Refuses further posts; `closed` comes once what was posted before is answered and, where
    /// that can be, written. What has its number is answered at once.
    void close(QObject *context, std::function<void()> closed);
    /// Rooms whose logs ended, where that could not be written, once it is closed: for the store
    /// that comes after.
    QStringList takeUnwritten();

private:
    struct Head {
        QString epoch;
        chat::LogRange range;
        int waiting = 0; ///< posts that have no number yet
        int untold = 0; ///< posts that have theirs, and are told at the turn's end
        bool isInFile = false; ///< the log is
    };
    using Answered = std::function<void(const Expected<LogAnswers::Content> &)>;
    struct Post {
        QString room;
        LogBatch::Entry entry;
        QPointer<QObject> context;
        Answered answered;
        qint64 size = 0; ///< of its text, in bytes
    };
    using Written = Expected<LogAnswers>;
    struct SearchPart {
        Search search;
        QPointer<QObject> context;
        Searched searched;
    };

    Head &headOf(const QString &room);
    void keep(Post post);
    void refuse(const QString &cause, const Post &post);
    void tell(const std::deque<Post> &posts, const Written &answers);
    void tellRoom(const Post &post, const LogAnswers::Answer &answer);
    bool isAhead(const Head &head) const;
    bool giveNumber(Post &post, Head &head);
    void tellAhead();
    void writeNumbered();
    void writeSoon();
    void write();
    void submit(LogBatch batch, std::function<void(const Written &)> done);
    bool isJournalUsed() const;
    void written(const Written &answers, double seconds, quint64 upTo);
    void answerSent(const Written &answers);
    void takeHeads(const QHash<QString, LogHead> &heads);
    void finish(const Post &post, const Expected<LogAnswers::Content> &answer);
    Error refusal(const QString &cause);
    void noteTrouble(const std::optional<Error> &error);
    void prune();
    void sweepIfDue();
    void searchNext();
    void indexIn(std::chrono::milliseconds delay);
    void index();
    bool isBusy() const;
    void endIfIdle();
    template <typename Answer, typename Ask>
    void ask(QObject *context, std::function<void(const Expected<Answer> &)> answered, Ask ask);

    Store &m_store;
    channels::ChannelLayer &m_layer;
    SqliteRoomLogOptions m_options;
    QHash<QString, Head> m_heads; ///< by room
    PendingChanges<QString, QString> m_epochs; ///< by room, to be written
    QHash<QString, std::function<void()>> m_adopting; ///< by room
    KnownIds m_ids;
    std::deque<Post> m_toTell; ///< have their numbers, and are told at the turn's end
    QList<LogBatch::Entry> m_toWrite; ///< are in the journal, and not on their way to the file
    QTimer m_aheadTimer;
    std::deque<Post> m_waiting;
    std::deque<Post> m_sent; ///< in the transaction that runs
    bool m_isWriting = false; ///< these
    int m_transactions = 0; ///< on their way
    qint64 m_unwrittenBytes = 0;
    Stats m_stats;
    quint64 m_tickets = 0;
    QHash<quint64, std::function<void(const std::any &)>> m_asked; ///< by ticket, to be answered
    std::deque<SearchPart> m_searches; ///< parts to be looked for
    bool m_isSearching = false; ///< one is on its way
    bool m_isRestarting = false; ///< the host begins anew
    QString m_trouble; ///< the cause why the last write failed; empty: it did not
    Turn m_turn;
    std::function<void(const QString &cause)> m_troubled;
    std::function<void()> m_closed;
    QPointer<QObject> m_closing;
    QTimer m_writeTimer;
    QTimer m_retryTimer;
    QTimer m_pruneTimer;
    QTimer m_sweepTimer;
    bool m_isSweepDue = true;
    QTimer m_indexTimer;
    bool m_isIndexing = false; ///< a step is on its way
    bool m_hasToPrune = true; ///< so what would be indexed may go
    QObject m_inbox; ///< where the storage thread's answers arrive
};

} // namespace parlour::storage
