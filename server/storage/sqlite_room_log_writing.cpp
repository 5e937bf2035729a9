// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/chat_message.h"
#include "chat/log_answer.h"
#include "chat/room_names.h"
#include "storage/logging.h"
#include "storage/sqlite_room_log.h"
#include "storage/store.h"
#include "storage/trouble.h"

#include <QElapsedTimer>

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
    if (!m_isWriting)
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
    if (m_isWriting || (m_waiting.empty() && m_epochs.isEmpty()))
        return;
    LogBatch batch{m_epochs.take(), {}};
    while (!m_waiting.empty() && int(m_sent.size()) < m_options.postsAtOnce) {
        batch.entries.append(m_waiting.front().entry);
        m_sent.push_back(std::move(m_waiting.front()));
        m_waiting.pop_front();
    }
    m_isWriting = true;
    m_store.thread().run([this, &logs = m_store.logs(), batch = std::move(batch)] {
        QElapsedTimer timer;
        timer.start();
        Written answers = logs.write(batch);
        const double seconds = double(timer.nsecsElapsed()) / 1e9;
        answerLater(&m_inbox,
                    [this, answers = std::move(answers), seconds] { written(answers, seconds); });
    });
    searchNext();
}

void SqliteRoomLog::written(const Written &answers, double seconds)
{
    m_isWriting = false;
    ++m_stats.writes;
    m_stats.writeSeconds += seconds;
    noteTrouble(answers);
    if (answers) {
        m_epochs.written();
        takeHeads(answers->heads);
        indexIn(m_options.indexDelay);
    } else {
        m_epochs.failed();
    }
    tell(std::exchange(m_sent, {}), answers);
    if (!m_waiting.empty() || (answers && !m_epochs.isEmpty()))
        write();
    else if (!m_epochs.isEmpty())
        m_writeTimer.start(m_options.retryInterval);
    endIfIdle();
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
        m_stats.kept += it->range.count() - head->range.count();
        head->range = it->range;
        if (const auto adopted = m_adopting.take(it.key()))
            adopted();
    }
}

// As if the room began with it: from then on its file has what its epoch says.
void SqliteRoomLog::adopt(const QString &room, const LogHead &head,
                          const std::function<void()> &adopted)
{
    m_heads.insert(room, {head.epoch, head.range, 0});
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
    if (head != m_heads.end() && head->epoch == post.entry.epoch)
        --head->waiting;
    --m_stats.unwritten;
    m_unwrittenBytes -= post.size;
    Expected<LogAnswers::Content> told = answer;
    if (!answer && isTrouble(answer.error().code))
        told = refusal(answer.error().code);
    if (post.context)
        post.answered(told);
}

void SqliteRoomLog::noteTrouble(const Written &answers)
{
    const QString cause = answers ? QString() : answers.error().code;
    if (std::exchange(m_trouble, cause) == cause)
        return;
    if (m_troubled)
        m_troubled(cause);
    if (answers)
        qCInfo(lcStorage) << "the history is written again";
    else
        qCWarning(lcStorage).noquote()
            << "what is said cannot be kept, so it is refused:" << answers.error().message;
}

} // namespace parlour::storage
