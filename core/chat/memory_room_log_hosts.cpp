// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/json_writer.h"
#include "chat/log_answer.h"
#include "chat/memory_room_log.h"

#include <algorithm>

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
    SaidHere part;
    part.isLost = !query.after.isEmpty() && !after;
    AnswerSpace space;
    for (const Entry &entry : log.entries) {
        const bool isMeant =
            after ? entry.message.number > after->message.number : entry.message.time >= query.from;
        const bool isSaidHere = entry.target == 0 && entry.origin.isEmpty();
        if (!isMeant || !isSaidHere || entry.message.isDeleted)
            continue;
        part.hasMore = part.said.size() >= query.count || !space.takes(entry.message);
        if (part.hasMore)
            break;
        part.said.append({asItIsNow(log, entry),
                          entry.json.isEmpty() ? jsonString(entry.message.text) : entry.json});
    }
    return part;
}

void MemoryRoomLog::lastFrom(const QString &room, const QString &origin, QObject *context,
                             LastFound found)
{
    const Log &log = logOf(room);
    const auto last =
        std::find_if(log.entries.rbegin(), log.entries.rend(), [&](const Entry &entry) {
            return entry.target == 0 && entry.origin == origin;
        });
    const QString id = last == log.entries.rend() ? QString() : last->message.id;
    answerLater(context, [id, found = std::move(found)] { found(id); });
}

} // namespace parlour::chat
