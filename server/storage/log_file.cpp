// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "storage/log_file.h"

#include "chat/json_writer.h"
#include "storage/sqlite_database.h"

#include <utility>

namespace parlour::storage {

using namespace Qt::StringLiterals;

namespace {

// How many more than is kept a message lets go, until there are no more.
constexpr qint64 DropsPerMessage = 8;

/// Null where the text says it all.
QVariant jsonToKeep(const chat::Utterance &utterance)
{
    const bool isText = utterance.json == chat::jsonString(utterance.text);
    return isText ? QVariant(QMetaType(QMetaType::QByteArray)) : QVariant(utterance.json);
}

} // namespace

LogFile::LogFile(SqliteDatabase &database, const Retention &retention)
    : m_database(database)
    , m_retention(retention)
{
}

Expected<QHash<QString, LogHead>> LogFile::load()
{
    QHash<QString, LogHead> heads;
    const auto read = m_database.select(
        u"SELECT key, room, epoch, oldest, newest FROM logs"_s, {}, [&](const QSqlQuery &row) {
            const Log log{row.value(0).toLongLong(),
                          row.value(2).toString(),
                          {row.value(3).toLongLong(), row.value(4).toLongLong()}};
            m_logs.insert(row.value(1).toString(), log);
            heads.insert(row.value(1).toString(), {log.epoch, log.range});
            return true;
        });
    if (!read)
        return read.error();
    return heads;
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
    const auto heads = commit([&]() -> Expected<void> {
        for (auto it = batch.epochs.cbegin(); it != batch.epochs.cend(); ++it) {
            if (const auto set = setEpoch(it.key(), it.value()); !set)
                return set;
        }
        for (const LogBatch::Said &said : batch.said) {
            const auto answer = append(said);
            if (!answer)
                return answer.error();
            answers.said.append(*answer);
        }
        return {};
    });
    if (!heads)
        return heads.error();
    answers.heads = *heads;
    return answers;
}

Expected<QHash<QString, LogHead>> LogFile::commit(const std::function<Expected<void>()> &work)
{
    const auto done = m_database.transaction([&]() -> Expected<void> {
        const auto worked = work();
        return worked ? saveRanges() : worked;
    });
    const auto changes = std::exchange(m_changes, {});
    if (!done)
        return done.error();
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

Expected<void> LogFile::saveRanges()
{
    for (const auto &changed : std::as_const(m_changes)) {
        if (!changed)
            continue;
        const auto saved =
            m_database.change(u"UPDATE logs SET oldest = ?, newest = ? WHERE key = ?"_s,
                              {changed->range.oldest, changed->range.newest, changed->key});
        if (!saved)
            return saved.error();
    }
    return {};
}

Expected<void> LogFile::setEpoch(const QString &room, const std::optional<QString> &epoch)
{
    if (const Log *log = find(room)) {
        if (epoch == log->epoch)
            return {};
        if (const auto forgotten = forget(room, *log); !forgotten)
            return forgotten;
    }
    if (!epoch)
        return {};
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
    m_changes.insert(room, std::nullopt);
    for (const auto &sql :
         {u"INSERT INTO forgotten (log) VALUES (?)"_s, u"DELETE FROM logs WHERE key = ?"_s}) {
        if (const auto done = m_database.change(sql, {key}); !done)
            return done.error();
    }
    return {};
}

Expected<LogAnswers::Answer> LogFile::append(const LogBatch::Said &said)
{
    const chat::Utterance &utterance = said.utterance;
    const Log *found = find(utterance.room, said.epoch);
    if (!found)
        return LogAnswers::Answer{Error{u"closed"_s, u"the room was closed"_s}, false};
    Log log = *found;
    const ChatMessage message{utterance.room,   utterance.id,   log.epoch,     log.range.newest + 1,
                              utterance.sender, utterance.time, utterance.text};
    const auto kept = known(log, message);
    if (!kept)
        return kept.error();
    if (*kept && (*kept)->sender.id == message.sender.id)
        return LogAnswers::Answer{**kept, false};
    if (*kept)
        return LogAnswers::Answer{chat::somebodyElsesId(), false};

    if (const auto inserted = insert(log, message, utterance); !inserted)
        return inserted.error();
    log.range.newest = message.number;
    m_changes.insert(utterance.room, log);
    if (m_retention.messagesPerRoom > 0) {
        const auto dropped = dropUpTo(utterance.room,
                                      std::min(log.range.newest - m_retention.messagesPerRoom,
                                               log.range.oldest + DropsPerMessage - 1));
        if (!dropped)
            return dropped.error();
    }
    return LogAnswers::Answer{message, true};
}

Expected<std::optional<ChatMessage>> LogFile::known(const Log &log, const ChatMessage &wanted)
{
    std::optional<ChatMessage> found;
    const auto read = m_database.select(
        u"SELECT number, id, sender, name, time, text FROM entries WHERE log = ? AND id = ?"_s,
        {log.key, wanted.id}, [&](const QSqlQuery &row) {
            found = ChatMessage{wanted.room,
                                row.value(1).toString(),
                                log.epoch,
                                row.value(0).toLongLong(),
                                {row.value(2).toString(), row.value(3).toString()},
                                row.value(4).toLongLong(),
                                row.value(5).toString()};
            return false;
        });
    if (!read)
        return read.error();
    return found;
}

Expected<void> LogFile::insert(const Log &log, const ChatMessage &message,
                               const chat::Utterance &utterance)
{
    const auto inserted = m_database.change(
        u"INSERT INTO entries (log, number, kind, id, sender, name, time, text, json, origin)"
        " VALUES (?, ?, 0, ?, ?, ?, ?, ?, ?, ?)"_s,
        {log.key, message.number, message.id, message.sender.id, message.sender.name, message.time,
         message.text, jsonToKeep(utterance), utterance.origin});
    if (!inserted)
        return inserted.error();
    return {};
}

} // namespace parlour::storage
