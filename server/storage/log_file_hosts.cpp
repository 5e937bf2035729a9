// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// What other hosts are told of a log.
#include "chat/json_writer.h"
#include "chat/log_answer.h"
#include "storage/log_file.h"
#include "storage/sqlite_database.h"

#include <algorithm>

namespace parlour::storage {

using chat::Change;
using chat::RoomLog;
using namespace Qt::StringLiterals;

namespace {
/// Where there are so many fewer than are kept, all that is gone was too old.
constexpr qint64 FullFrom = 100;
} // namespace

Expected<RoomLog::SaidHere> LogFile::saidHere(const QString &room, const QString &epoch,
                                              const RoomLog::SaidHereQuery &query)
{
    RoomLog::SaidHere part;
    const Log *found = find(room, epoch);
    if (!found)
        return part;
    if (!owedTo(room, epoch).isEmpty())
        return m_owedBecause; // it will be written, and is asked for again
    const Log log = *found;
    const auto after = query.after.isEmpty() ? Found(std::nullopt) : row(room, log, query.after);
    if (!after)
        return after.error();
    const bool isKnown = bool(*after);
    // Behind a deletion that outlasted other entries something may be missing.
    part.isLost =
        !query.after.isEmpty() && (!isKnown || (*after)->message.number < log.range.oldest);
    const QString kinds = query.changesFrom ? QString() : u" AND kind = 0"_s;
    chat::SaidHereMaker maker(part, query);
    Expected<std::optional<Change>> change{std::nullopt}; // of the entry that is read
    const auto read = m_database.select(
        entriesWhere(
            u"number > ? AND origin = ''%1"
            " AND time >= CASE WHEN kind = 0 THEN ? ELSE ? END ORDER BY number"_s.arg(kinds)),
        {log.key, isKnown ? (*after)->message.number : 0, isKnown ? 0 : query.from,
         isKnown ? 0 : query.changesFrom.value_or(0)},
        [&](const sqlite::Statement &line) {
            const Row entry = rowIn(line, room, log);
            if (entry.target > 0) {
                change = changeToTell(room, log, entry);
                return change && maker.add(entry.message.id, *change);
            }
            const QByteArray json = line.value(13).toByteArray();
            return maker.add(entry.message,
                             json.isEmpty() ? chat::jsonString(entry.message.text) : json);
        });
    if (!read || !change)
        return read ? change.error() : read.error();
    return part;
}

Expected<std::optional<Change>> LogFile::changeToTell(const QString &room, const Log &log,
                                                      const Row &entry)
{
    const auto target = row(room, log, entry.target);
    if (!target)
        return target.error();
    Change change{room, entry.message.id, {}, entry.message.sender, Change::Kind(entry.kind)};
    if (!entry.message.reactions.isEmpty())
        change.emoji = entry.message.reactions.constFirst().emoji;
    change.time = entry.message.time;
    if (!*target)
        return chat::deletionOfForgotten(change, entry.message);
    const auto reacted = lastReaction(log, change, **target);
    if (!reacted)
        return reacted.error();
    const bool isToFollow = chat::bringUpToDate(change, (*target)->message, *reacted);
    return isToFollow ? std::optional(change) : std::nullopt;
}

Expected<LogFile::LastEntry> LogFile::lastWhere(const Log &log, const QString &condition,
                                                const sqlite::Value &value)
{
    LastEntry last;
    const auto read = m_database.select(
        u"SELECT id, number, time FROM entries WHERE log = ? AND %1 ORDER BY number DESC LIMIT 1"_s
            .arg(condition),
        {log.key, value}, [&](const sqlite::Statement &line) {
            last = {line.value(0).toString(), line.value(1).toLongLong(),
                    line.value(2).toLongLong()};
            return false;
        });
    if (!read)
        return read.error();
    return last;
}

Expected<RoomLog::LastEntries> LogFile::lastFrom(const QString &room, const QString &epoch,
                                                 const QString &origin)
{
    RoomLog::LastEntries last;
    const Log *log = find(room, epoch);
    if (!log)
        return last;
    if (!owedTo(room, epoch).isEmpty())
        return m_owedBecause;
    // The words of the indexes that are for it.
    const QString others = origin.isEmpty() ? QString() : u" AND origin <> ''"_s;
    const auto message = lastWhere(*log, u"origin = ? AND kind = 0"_s + others, origin);
    if (!message)
        return message.error();
    last = {message->id, {}, message->id, 0, message->time};
    if (!origin.isEmpty()) {
        last.oldest = oldestTime(*log).valueOr(0); // reads all of the log, and may meet bad pages
        last.isWhole = log->range.oldest <= 1 || !isOverfull(*log, -FullFrom);
        return last;
    }
    const auto change = lastWhere(*log, u"target IS NOT NULL AND origin = '' AND number > ?"_s, 0);
    if (!change)
        return change.error();
    last.change = change->id;
    if (change->number > message->number)
        last.entry = change->id;
    return last;
}

/// Of its messages, ms UTC; 0: there are none. Once it was read it is kept up to date by what
/// comes: what is let go later was older at most.
Expected<qint64> LogFile::oldestTime(const Log &log)
{
    if (const auto known = m_oldestTimes.constFind(log.key); known != m_oldestTimes.cend())
        return *known;
    const auto read =
        m_database.value(u"SELECT min(time) FROM entries WHERE log = ? AND kind = 0"_s, {log.key});
    if (!read)
        return read.error();
    const qint64 oldest = read->toLongLong();
    if (oldest > 0)
        m_oldestTimes.insert(log.key, oldest);
    return oldest;
}

void LogFile::noteTime(const Log &log, qint64 time)
{
    if (const auto known = m_oldestTimes.find(log.key); known != m_oldestTimes.end())
        *known = std::min(*known, time);
}

} // namespace parlour::storage
