// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// What other hosts are told of a log.
#include "chat/json_writer.h"
#include "chat/log_answer.h"
#include "storage/log_file.h"
#include "storage/sqlite_database.h"

#include <limits>

namespace parlour::storage {

using chat::Change;
using chat::RoomLog;
using namespace Qt::StringLiterals;

Expected<RoomLog::SaidHere> LogFile::saidHere(const QString &room, const QString &epoch,
                                              const RoomLog::SaidHereQuery &query)
{
    RoomLog::SaidHere part;
    const Log *found = find(room, epoch);
    if (!found)
        return part;
    const Log log = *found;
    const auto after = query.after.isEmpty() ? Found(std::nullopt) : row(room, log, query.after);
    if (!after)
        return after.error();
    const bool isKnown = bool(*after);
    part.isLost = !query.after.isEmpty() && !isKnown;
    const QString kinds = query.changesFrom ? QString() : u" AND kind = 0"_s;
    const QVariantList values{log.key, isKnown ? (*after)->message.number : 0,
                              isKnown ? 0 : query.from,
                              isKnown ? 0 : query.changesFrom.value_or(0)};
    chat::SaidHereMaker maker(part, query);
    Expected<std::optional<Change>> change{std::nullopt}; // of the entry that is read
    const auto read = m_database.select(
        entriesWhere(
            u"number > ? AND origin = ''%1"
            " AND time >= CASE WHEN kind = 0 THEN ? ELSE ? END ORDER BY number"_s.arg(kinds)),
        values, [&](const QSqlQuery &line) {
            const Row entry = rowIn(line, room, log);
            if (entry.target > 0) {
                change = changeToTell(room, log, entry);
                return change && maker.add(entry.message.id, *change);
            }
            const QByteArray json = line.value(u"json"_s).toByteArray();
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
    const bool isToFollow = chat::bringUpToDate(change, (*target)->message);
    return isToFollow ? std::optional(change) : std::nullopt;
}

Expected<std::pair<QString, qint64>> LogFile::lastWhere(const Log &log, const QString &condition,
                                                        const QVariant &value)
{
    std::pair<QString, qint64> last;
    const auto read = m_database.select(
        u"SELECT id, number FROM entries WHERE log = ? AND %1 ORDER BY number DESC LIMIT 1"_s.arg(
            condition),
        {log.key, value}, [&](const QSqlQuery &line) {
            last = {line.value(0).toString(), line.value(1).toLongLong()};
            return false;
        });
    if (!read)
        return read.error();
    return last;
}

Expected<RoomLog::LastEntries> LogFile::lastFrom(const QString &room, const QString &epoch,
                                                 const QString &origin)
{
    const Log *log = find(room, epoch);
    if (!log)
        return RoomLog::LastEntries{};
    // The words of the indexes that are for it.
    const QString others = origin.isEmpty() ? QString() : u" AND origin <> ''"_s;
    const auto message = lastWhere(*log, u"origin = ? AND kind = 0"_s + others, origin);
    if (!message)
        return message.error();
    if (!origin.isEmpty())
        return RoomLog::LastEntries{message->first, {}, message->first};
    const auto change = lastWhere(*log, u"target IS NOT NULL AND origin = '' AND number > ?"_s, 0);
    if (!change)
        return change.error();
    return RoomLog::LastEntries{message->first, change->first,
                                message->second > change->second ? message->first : change->first};
}

} // namespace parlour::storage
