// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "storage/log_file.h"

#include "chat/json_writer.h"
#include "chat/log_answer.h"
#include "storage/sqlite_database.h"

#include <algorithm>
#include <utility>

namespace parlour::storage {

using namespace Qt::StringLiterals;

namespace {

// How many more than is kept an entry lets go, until there are no more.
constexpr qint64 DropsPerEntry = 8;

/// So many more stay until they go at once, or with the next pruning: what lets one go costs as
/// much as what lets some go. None where few are kept.
qint64 beyond(qint64 mostMessages)
{
    constexpr qint64 PerThousand = 8;
    constexpr qint64 Most = 32;
    return std::min(mostMessages / 1000 * PerThousand, Most);
}

/// Others can be read and written.
bool isOfSomePages(const Error &error)
{
    return error.code == "corrupt"_L1 || error.code == "unreadable"_L1;
}

} // namespace

QString roomOf(const LogBatch::Entry &entry)
{
    return std::visit([](const auto &content) { return content.room; }, entry.content);
}

QByteArray jsonToKeep(const chat::Utterance &utterance)
{
    const bool isText = utterance.deletion || utterance.json == chat::jsonString(utterance.text);
    return isText ? QByteArray() : utterance.json;
}

LogFile::LogFile(SqliteDatabase &database, const Retention &retention)
    : m_database(database)
    , m_retention(retention)
{
}

const LogFile::Log *LogFile::find(const QString &room) const
{
    if (const auto change = m_changes.constFind(room); change != m_changes.constEnd())
        return *change ? &**change : nullptr;
    const auto log = m_logs.constFind(room);
    return log == m_logs.constEnd() ? nullptr : &*log;
}

const LogFile::Log *LogFile::find(const QString &room, const QString &epoch) const
{
    const Log *log = find(room);
    return log && log->epoch == epoch ? log : nullptr;
}

Expected<LogAnswers> LogFile::write(const LogBatch &batch)
{
    LogAnswers answers;
    m_owed.append(batch.numbered);
    m_stuck.clear();
    auto heads = writeOnce(batch, answers.entries);
    if (!heads && !m_owed.isEmpty() && isOfSomePages(heads.error())) {
        m_owedBecause = heads.error();
        findStuck();
        heads = writeOnce(batch, answers.entries);
    }
    if (!heads) {
        m_owedBecause = heads.error();
        return heads.error();
    }
    m_owed.removeIf(
        [this](const LogBatch::Entry &entry) { return !m_stuck.contains(roomOf(entry)); });
    if (owes())
        answers.owed = {m_owedBecause, m_stuck};
    answers.heads = *heads;
    return answers;
}

LogFile::Heads LogFile::writeOnce(const LogBatch &batch, QList<Answer> &answers)
{
    answers.clear();
    const bool isLate = m_owed.size() > batch.numbered.size(); // the journal may be on the disk
    return commit(
        [&]() -> Expected<void> {
            for (auto it = batch.epochs.cbegin(); it != batch.epochs.cend(); ++it) {
                if (const auto set = setEpoch(it.key(), it.value()); !set)
                    return set;
            }
            for (const LogBatch::Entry &entry : std::as_const(m_owed)) {
                if (const auto kept = appendOwed(entry); !kept)
                    return kept;
            }
            for (const LogBatch::Entry &entry : batch.entries) {
                if (m_stuck.contains(roomOf(entry))) {
                    answers.append({m_owedBecause, false});
                    continue;
                }
                const auto answer =
                    std::visit([&](const auto &content) { return append(content, entry.epoch); },
                               entry.content);
                if (!answer)
                    return answer.error();
                answers.append(*answer);
            }
            return {};
        },
        isLate ? Durability::Power : Durability::Process);
}

Expected<QHash<QString, LogHead>> LogFile::commit(const std::function<Expected<void>()> &work,
                                                  Durability durability)
{
    const auto all = [&]() -> Expected<void> {
        const auto worked = work();
        return worked ? saveRanges() : worked;
    };
    const auto done = durability == Durability::Power ? m_database.transactionOnDisk(all)
                                                      : m_database.transaction(all);
    const auto changes = std::exchange(m_changes, {});
    if (m_staged && std::exchange(m_staged->isTaken, false) && done)
        m_staged.reset();
    const bool isBehind = std::exchange(m_becomesBehind, false);
    if (!done)
        return done.error();
    m_isBehind |= isBehind;
    QHash<QString, LogHead> heads;
    for (auto it = changes.cbegin(); it != changes.cend(); ++it) {
        if (!*it) {
            m_logs.remove(it.key());
            continue;
        }
        m_logs.insert(it.key(), **it);
        heads.insert(it.key(), {(*it)->epoch, (*it)->range});
    }
    return heads;
}

Expected<void> LogFile::setEpoch(const QString &room, const std::optional<QString> &epoch)
{
    if (const Log *log = find(room)) {
        if (epoch == log->epoch && !isStaged(*epoch))
            return {};
        if (const auto forgotten = forget(room, *log); !forgotten)
            return forgotten;
    }
    if (!epoch)
        return {};
    if (isStaged(*epoch))
        return takeStaged(room);
    const auto begun = m_database.change(
        u"INSERT INTO logs (room, epoch, oldest, newest) VALUES (?, ?, 1, 0)"_s, {room, *epoch});
    if (!begun)
        return begun.error();
    const auto key = m_database.value(u"SELECT last_insert_rowid()"_s);
    if (!key)
        return key.error();
    m_changes.insert(room, Log{key->toLongLong(), *epoch, {}});
    return {};
}

Expected<void> LogFile::forget(const QString &room, const Log &log)
{
    const qint64 key = log.key; // the log itself goes
    m_oldestTimes.remove(key);
    m_changes.insert(room, std::nullopt);
    for (const auto &sql :
         {u"INSERT INTO forgotten (log) VALUES (?)"_s, u"DELETE FROM logs WHERE key = ?"_s}) {
        if (const auto done = m_database.change(sql, {key}); !done)
            return done.error();
    }
    return {};
}

Error LogFile::closedRoom()
{
    return {u"closed"_s, u"the room was closed"_s};
}

Expected<LogFile::Answer> LogFile::append(const chat::Utterance &utterance, const QString &epoch)
{
    const Log *found = find(utterance.room, epoch);
    if (!found)
        return Answer{closedRoom(), false};
    const Log log = *found;
    ChatMessage message = chat::messageOf(utterance, log.epoch, log.range.newest + 1);
    const auto isNew = insert(log, message, utterance);
    if (!isNew)
        return isNew.error();
    if (!*isNew) {
        const auto known = row(utterance.room, log, utterance.id);
        if (!known)
            return known.error();
        if (!*known || (*known)->target > 0 || (*known)->message.sender.id != utterance.sender.id)
            return Answer{chat::somebodyElsesId(), false};
        message = (*known)->message;
    }
    if (const auto quoted = quote(log, message); !quoted)
        return quoted.error();
    if (*isNew) {
        noteTime(log, message.time);
        if (const auto taken = takeIn(utterance.room, log, true); !taken)
            return taken.error();
    }
    return Answer{LogAnswers::Content(message), *isNew};
}

Expected<void> LogFile::takeIn(const QString &room, Log log, bool isMessage)
{
    ++log.range.newest;
    log.messages += isMessage ? 1 : 0;
    m_changes.insert(room, log);
    const qint64 more = beyond(m_retention.messagesPerRoom);
    if (!isOverfull(log, more))
        return {};
    return drop(room, more + DropsPerEntry,
                [this](const Log &left, qint64) { return isOverfull(left); });
}

// Known ids are rare: they are not looked for before.
Expected<bool> LogFile::insert(const Log &log, const ChatMessage &message,
                               const chat::Utterance &utterance)
{
    const auto inserted = m_database.change(
        u"INSERT INTO entries"
        " (log, number, kind, id, sender, name, time, text, json, origin, reply, edited, deleted,"
        " reactions)"
        " VALUES (?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (log, id) DO NOTHING"_s,
        {log.key, message.number, message.id, message.sender.id, message.sender.name, message.time,
         message.text, jsonToKeep(utterance), utterance.origin,
         message.reply ? message.reply->id : QString(), message.edited, message.isDeleted,
         reactionsToKeep(message.reactions)});
    if (!inserted)
        return inserted.error();
    return *inserted > 0;
}

} // namespace parlour::storage
