// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/chat_message.h"
#include "chat/memory_room_log.h"
#include "chat/room_names.h"

#include <QDateTime>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parlour::chat {

Expected<MemoryRoomLog::Entry *> MemoryRoomLog::targetOf(Log &log, const Change &change,
                                                         bool isKnown)
{
    Entry *entry = isKnown ? log.find(log.find(change.id)->target) : log.find(change.of);
    if (!entry || entry->target > 0)
        return noSuchMessage();
    return entry;
}

Expected<ChangedFrame> MemoryRoomLog::append(const Change &wanted)
{
    Log &log = logOf(wanted.room);
    Change change = wanted;
    if (change.time <= 0)
        change.time = QDateTime::currentMSecsSinceEpoch();
    const Entry *known = log.find(change.id);
    if (known && (known->target == 0 || known->message.sender.id != change.by.id))
        return somebodyElsesId();
    const auto target = targetOf(log, change, known);
    if (!target)
        return target.error();
    const qint64 reacted = lastReaction(log, change, **target);
    if (change.origin.isEmpty())
        change.time = std::max(change.time, reacted + 1);
    ChatMessage message = (*target)->message;
    const auto isOther =
        known ? Expected<bool>(false) : apply(change, message, {(*target)->origin, reacted});
    if (!isOther)
        return isOther.error();
    const qint64 number =
        *isOther ? log.number + 1 : std::max((*target)->lastChange, message.number);
    ChangedFrame done{change.room,
                      log.epoch,
                      number,
                      change.id,
                      nameOf(change.kind),
                      change.by,
                      asItIsNow(log, Entry{message})};
    if (!*isOther)
        return done;
    if (const auto sent = m_layer.groupSend(roomGroup(change.room), makeChatChanged(change, done));
        !sent)
        return Error{u"not_logged"_s, sent.error().message};
    make(log, change, message, **target);
    return done;
}

/// Makes `message` of the target, and keeps the change.
void MemoryRoomLog::make(Log &log, const Change &change, const ChatMessage &message, Entry &target)
{
    grow(change.room, log, bytesOf(message) - bytesOf(target.message));
    if (change.kind != Change::Kind::React) {
        grow(change.room, log, -target.json.size());
        target.json.clear();
    }
    if (message.isDeleted) {
        for (qint64 at = target.lastChange; at > message.number; --at) {
            if (Entry *entry = log.find(at); entry && entry->target == message.number)
                entry->emoji.clear();
        }
    }
    target.message = message;
    target.lastChange = log.number + 1;
    Entry entry{{change.room, change.id, log.epoch, target.lastChange, change.by, change.time, {}},
                message.number};
    entry.origin = change.origin;
    entry.kind = change.kind;
    entry.emoji = change.emoji;
    if (change.kind == Change::Kind::Delete)
        entry.message.reply = Quote{message.id}; // to tell others once the message is forgotten
    keep(log, entry);
}

/// When, ms UTC, who does this did so before, or the opposite of it; 0: never.
qint64 MemoryRoomLog::lastReaction(const Log &log, const Change &change, const Entry &target)
{
    if (change.kind != Change::Kind::React || target.lastChange == 0)
        return 0;
    const auto last =
        std::find_if(log.entries.rbegin(), log.entries.rend(), [&](const Entry &entry) {
            return entry.target == target.message.number && entry.emoji == change.emoji
                && entry.message.sender.id == change.by.id;
        });
    return last == log.entries.rend() ? 0 : last->message.time;
}

} // namespace parlour::chat
