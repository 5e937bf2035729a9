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
    const auto after = query.after.isEmpty() ? std::nullopt : numberOf(log, query.after);
    const qint64 changesFrom = query.changesFrom.value_or(std::numeric_limits<qint64>::max());
    SaidHere part;
    part.isLost = !query.after.isEmpty() && !log.find(query.after);
    SaidHereMaker maker(part, query);
    const auto tell = [&](const Entry &entry) { // false: the part is full
        const bool isChange = entry.target > 0;
        const qint64 from = isChange ? changesFrom : query.from;
        const bool isMeant = after ? entry.message.number > *after : entry.message.time >= from;
        if (!isMeant || !entry.origin.isEmpty() || (isChange && !query.changesFrom))
            return true;
        if (isChange)
            return maker.add(entry.message.id, changeToTell(log, entry));
        return maker.add(asItIsNow(log, entry),
                         entry.json.isEmpty() ? jsonString(entry.message.text) : entry.json);
    };
    if (std::all_of(log.deletions.begin(), log.deletions.end(), tell))
        (void)std::all_of(log.entries.begin(), log.entries.end(), tell);
    return part;
}

std::optional<qint64> MemoryRoomLog::numberOf(Log &log, const QString &id)
{
    if (const Entry *entry = log.find(id))
        return entry->message.number;
    const auto deletion =
        std::find_if(log.deletions.begin(), log.deletions.end(), [&](const Entry &entry) {
            return entry.message.id.compare(id, Qt::CaseInsensitive) == 0;
        });
    return deletion == log.deletions.end() ? std::nullopt : std::optional(deletion->message.number);
}

std::optional<Change> MemoryRoomLog::changeToTell(Log &log, const Entry &entry)
{
    const Entry *target = log.find(entry.target);
    Change change{entry.message.room, entry.message.id, {}, entry.message.sender, entry.kind};
    change.emoji = entry.emoji;
    change.time = entry.message.time;
    if (!target)
        return deletionOfForgotten(change, entry.message);
    const qint64 reacted = lastReaction(log, change, *target);
    return bringUpToDate(change, target->message, reacted) ? std::optional(change) : std::nullopt;
}

void MemoryRoomLog::lastFrom(const QString &room, const QString &origin, QObject *context,
                             LastFound found)
{
    LastEntries last;
    const Log &log = logOf(room);
    if (origin.isEmpty() && !log.deletions.empty())
        last.change = last.entry = log.deletions.back().message.id;
    for (const Entry &entry : log.entries) {
        const qint64 time = entry.message.time;
        if (entry.target == 0 && !origin.isEmpty())
            last.oldest = last.oldest > 0 ? std::min(last.oldest, time) : time;
        if (entry.origin != origin || (entry.target > 0 && !origin.isEmpty()))
            continue;
        (entry.target > 0 ? last.change : last.message) = entry.message.id;
        last.entry = entry.message.id;
        if (entry.target == 0)
            last.messageTime = time;
    }
    if (!origin.isEmpty())
        last.isWhole = rangeOf(log).oldest <= 1;
    answerLater(context, [last, found = std::move(found)] { found(last); });
}

} // namespace parlour::chat
