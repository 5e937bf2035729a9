// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/json_writer.h"
#include "chat/log_answer.h"
#include "chat/memory_room_log.h"

#include <algorithm>
#include <limits>

namespace parlour::chat {

void MemoryRoomLog::saidHere(const QString &room, const SaidHereQuery &query, QObject *context,
                             SaidHereRead read)
{
    answerLater(context,
                [said = saidHere(logOf(room), query), read = std::move(read)] { read(said); });
}

RoomLog::SaidHere MemoryRoomLog::saidHere(Log &log, const SaidHereQuery &query)
{
    const Entry *after = query.after.isEmpty() ? nullptr : log.find(query.after);
    const qint64 changesFrom = query.changesFrom.value_or(std::numeric_limits<qint64>::max());
    SaidHere part;
    part.isLost = !query.after.isEmpty() && !after;
    SaidHereMaker maker(part, query);
    for (const Entry &entry : log.entries) {
        const bool isChange = entry.target > 0;
        const qint64 from = isChange ? changesFrom : query.from;
        const bool isMeant =
            after ? entry.message.number > after->message.number : entry.message.time >= from;
        if (!isMeant || !entry.origin.isEmpty() || (isChange && !query.changesFrom))
            continue;
        const bool fits = isChange
            ? maker.add(entry.message.id, changeToTell(log, entry))
            : maker.add(asItIsNow(log, entry),
                        entry.json.isEmpty() ? jsonString(entry.message.text) : entry.json);
        if (!fits)
            break;
    }
    return part;
}

std::optional<Change> MemoryRoomLog::changeToTell(Log &log, const Entry &entry)
{
    const Entry *target = log.find(entry.target);
    Change change{entry.message.room, entry.message.id, {}, entry.message.sender, entry.kind};
    change.emoji = entry.emoji;
    change.time = entry.message.time;
    if (!target)
        return deletionOfForgotten(change, entry.message);
    return bringUpToDate(change, target->message) ? std::optional(change) : std::nullopt;
}

void MemoryRoomLog::lastFrom(const QString &room, const QString &origin, QObject *context,
                             LastFound found)
{
    LastEntries last;
    const Log &log = logOf(room);
    for (const Entry &entry : log.entries) {
        if (entry.origin != origin || (entry.target > 0 && !origin.isEmpty()))
            continue;
        (entry.target > 0 ? last.change : last.message) = entry.message.id;
        last.entry = entry.message.id;
    }
    answerLater(context, [last, found = std::move(found)] { found(last); });
}

} // namespace parlour::chat
