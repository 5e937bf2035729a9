// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// What is said, told ahead of its being written.
#include "chat/log_answer.h"
#include "storage/post_journal.h"
#include "storage/sqlite_room_log.h"
#include "storage/store.h"

#include <utility>

namespace parlour::storage {

namespace {

QString idOf(const LogBatch::Content &content)
{
    return std::visit([](const auto &wanted) { return wanted.id; }, content);
}

} // namespace

bool SqliteRoomLog::isAhead(const Head &head) const
{
    return m_store.journal() && m_stats.isOpen && m_trouble.isEmpty() && m_ids.isComplete()
        && head.isInFile && head.waiting == 0;
}

bool SqliteRoomLog::isAhead(const QString &room) const
{
    const auto head = m_heads.constFind(room);
    return head != m_heads.cend() && isAhead(*head);
}

bool SqliteRoomLog::isJournalUsed() const
{
    return m_store.journal() && !m_store.journal()->isEmpty();
}

/// Where it is kept by the journal, behind all that was posted in its room before.
bool SqliteRoomLog::giveNumber(Post &post, Head &head)
{
    const bool isNew = m_ids.note(head.epoch, idOf(post.entry.content));
    if (!isNew || !isAhead(head) || !PostJournal::isFor(post.entry.content))
        return false;
    post.entry.number = head.range.newest + 1;
    if (!m_store.journal()->append(post.entry)) {
        post.entry.number = 0; // there is no place
        return false;
    }
    m_toWrite.append(post.entry);
    ++head.range.newest;
    ++head.untold;
    ++m_stats.kept;
    return true;
}

// One that closed its room in the same turn is gone with it.
void SqliteRoomLog::tellAhead()
{
    if (m_toTell.empty())
        return;
    const std::deque<Post> told = std::exchange(m_toTell, {});
    LogAnswers answers;
    for (const Post &post : told) {
        const auto &said = std::get<chat::Utterance>(post.entry.content);
        const auto head = m_heads.find(post.room);
        if (head == m_heads.end() || head->epoch != post.entry.epoch) {
            answers.entries.append({LogFile::closedRoom(), false});
            continue;
        }
        --head->untold;
        const LogAnswers::Content message = chat::messageOf(said, head->epoch, post.entry.number);
        answers.entries.append({message, true});
    }
    if (m_toWrite.size() >= m_options.postsAtOnce)
        writeNumbered();
    else if (!m_aheadTimer.isActive())
        m_aheadTimer.start(m_options.aheadDelay);
    tell(told, answers);
}

void SqliteRoomLog::writeNumbered()
{
    if (!m_toWrite.isEmpty())
        submit({}, [](const Written &) {});
}

} // namespace parlour::storage
