// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/chat_message.h"
#include "chat/log_answer.h"
#include "chat/room_names.h"
#include "storage/logging.h"
#include "storage/post_journal.h"
#include "storage/sqlite_room_log.h"
#include "storage/store.h"
#include "storage/trouble.h"

#include <QElapsedTimer>

#include <algorithm>
#include <utility>

namespace parlour::storage {

using namespace Qt::StringLiterals;

namespace {

/// Else the rules of the chat do not allow it.
bool isTrouble(const QString &code)
{
    const QStringList rules{u"bad_id"_s, u"no_such_message"_s, u"not_allowed"_s,
                            u"too_many_reactions"_s};
    return !rules.contains(code);
}

} // namespace

// At the turn's end, so that its posts share a transaction.
void SqliteRoomLog::writeSoon()
{
    if (!m_isWriting || !m_toTell.empty())
        m_writeTimer.start(0);
}

void SqliteRoomLog::endTurn()
{
    if (m_writeTimer.isActive())
        write();
}

void SqliteRoomLog::write()
{
    m_writeTimer.stop();
    tellAhead();
    const bool isOwed = !m_trouble.isEmpty() && isJournalUsed();
    if (m_isWriting || (m_waiting.empty() && m_epochs.isEmpty() && !isOwed))
        return;
    LogBatch batch{m_epochs.take(), {}};
    while (!m_waiting.empty() && int(m_sent.size()) < m_options.postsAtOnce) {
        batch.entries.append(m_waiting.front().entry);
        m_sent.push_back(std::move(m_waiting.front()));
        m_waiting.pop_front();
    }
    m_isWriting = true;
    submit(std::move(batch), [this](const Written &answers) { answerSent(answers); });
    searchNext();
}

/// Together with what has its number; `done` hears how it went.
void SqliteRoomLog::submit(LogBatch batch, std::function<void(const Written &)> done)
{
    m_aheadTimer.stop();
    batch.numbered = std::exchange(m_toWrite, {});
    const quint64 upTo = m_store.journal() ? m_store.journal()->handOver() : 0;
    ++m_transactions;
    m_store.thread().run(
        [this, &logs = m_store.logs(), batch = std::move(batch), upTo, done = std::move(done)] {
            QElapsedTimer timer;
            timer.start();
            Written answers = logs.write(batch);
            const double seconds = double(timer.nsecsElapsed()) / 1e9;
            answerLater(&m_inbox, [this, answers = std::move(answers), seconds, upTo, done] {
                written(answers, seconds, upTo);
                done(answers);
                endIfIdle();
            });
        });
}

void SqliteRoomLog::written(const Written &answers, double seconds, quint64 upTo)
{
    --m_transactions;
    ++m_stats.writes;
    m_stats.writeSeconds += seconds;
    const bool isOwed = answers && answers->owed;
    if (isOwed)
        noteTrouble(answers->owed->why);
    else
        noteTrouble(answers ? std::optional<Error>() : answers.error());
    if (!m_trouble.isEmpty() && isJournalUsed())
        m_retryTimer.start(m_options.retryInterval);
    if (!answers)
        return;
    if (auto *journal = m_store.journal())
        journal->written(upTo, isOwed ? answers->owed->rooms : QSet<QString>());
    takeHeads(answers->heads);
    indexIn(m_options.indexDelay);
    if (!isBusy() && !isOwed && m_ids.isCrowded())
        m_ids.learnAnew(); // all that was noted and kept is in the file now
}

void SqliteRoomLog::answerSent(const Written &answers)
{
    m_isWriting = false;
    if (answers)
        m_epochs.written();
    else
        m_epochs.failed();
    tell(std::exchange(m_sent, {}), answers);
    if (!m_waiting.empty() || (answers && !m_epochs.isEmpty()))
        write();
    else if (!m_epochs.isEmpty())
        m_retryTimer.start(m_options.retryInterval);
}

// The rooms hear it first, and the answers come right behind, in the same turn: each turn of the
// event loop between would cost as much as the writing.
void SqliteRoomLog::tell(const std::deque<Post> &posts, const Written &answers)
{
    const auto tellRooms = [&] {
        for (size_t i = 0; answers && i < posts.size(); ++i) {
            if (const auto &answer = answers->entries.at(qsizetype(i)); answer.isNew)
                tellRoom(posts[i], answer);
        }
    };
    const auto tellAll = [&] {
        m_layer.sendAtOnce(tellRooms);
        for (size_t i = 0; i < posts.size(); ++i)
            finish(posts[i], answers ? answers->entries.at(qsizetype(i)).content : answers.error());
    };
    if (m_turn && !posts.empty())
        m_turn(tellAll);
    else
        tellAll();
}

void SqliteRoomLog::takeHeads(const QHash<QString, LogHead> &heads)
{
    for (auto it = heads.cbegin(); it != heads.cend(); ++it) {
        const auto head = m_heads.find(it.key());
        if (head == m_heads.end() || head->epoch != it->epoch)
            continue; // forgotten meanwhile
        // The file may not have yet what was told ahead.
        const chat::LogRange range{it->range.oldest,
                                   std::max(it->range.newest, head->range.newest)};
        m_stats.kept += range.count() - head->range.count();
        head->range = range;
        head->isInFile = true;
        if (const auto adopted = m_adopting.take(it.key())) {
            m_ids.learn(); // those of the import
            adopted();
        }
    }
}

// As if the room began with it: from then on its file has what its epoch says.
void SqliteRoomLog::adopt(const QString &room, const LogHead &head,
                          const std::function<void()> &adopted)
{
    m_heads.insert(room, {head.epoch, head.range, 0, 0, false});
    m_stats.kept += head.range.count();
    m_epochs.set(room, head.epoch);
    m_adopting.insert(room, adopted);
    writeSoon();
}

LogHead SqliteRoomLog::head(const QString &room) const
{
    const auto head = m_heads.constFind(room);
    return head == m_heads.cend() ? LogHead{} : LogHead{head->epoch, head->range};
}

// Cannot fail: the names of rooms' groups are valid.
void SqliteRoomLog::tellRoom(const Post &post, const LogAnswers::Answer &answer)
{
    const LogAnswers::Content &content = *answer.content;
    const QString group = chat::roomGroup(post.room);
    if (const auto *utterance = std::get_if<chat::Utterance>(&post.entry.content)) {
        (void)m_layer.groupSend(group, chat::eventOf(*utterance, std::get<ChatMessage>(content)));
    } else {
        auto change = std::get<chat::Change>(post.entry.content);
        change.time = answer.time;
        (void)m_layer.groupSend(group,
                                chat::makeChatChanged(change, std::get<ChangedFrame>(content)));
    }
}

void SqliteRoomLog::finish(const Post &post, const Expected<LogAnswers::Content> &answer)
{
    const auto head = m_heads.find(post.room);
    if (head != m_heads.end() && head->epoch == post.entry.epoch && post.entry.number == 0)
        --head->waiting;
    --m_stats.unwritten;
    m_unwrittenBytes -= post.size;
    Expected<LogAnswers::Content> told = answer;
    if (!answer && isTrouble(answer.error().code))
        told = refusal(answer.error().code);
    if (post.context)
        post.answered(told);
}

void SqliteRoomLog::noteTrouble(const std::optional<Error> &error)
{
    const QString cause = error ? error->code : QString();
    if (std::exchange(m_trouble, cause) == cause)
        return;
    if (m_troubled)
        m_troubled(cause);
    if (!error)
        qCInfo(lcStorage) << "the history is written again";
    else
        // What was told before that is owed.
        qCWarning(lcStorage).noquote()
            << "what is said cannot be kept, so it is refused:" << error->message;
}

} // namespace parlour::storage
