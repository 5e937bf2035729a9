// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/log_answer.h"

#include "chat/chat_message.h"

namespace parlour::chat {

ChatMessage deletedOf(const ChatMessage &message)
{
    ChatMessage deleted{message.room, message.id, message.epoch, message.number, message.sender,
                        message.time, {}};
    deleted.isDeleted = true;
    return deleted;
}

ChatMessage messageOf(const Utterance &said, const QString &epoch, qint64 number)
{
    ChatMessage message{said.room, said.id, epoch, number, said.sender, said.time, said.text};
    if (!said.reply.isEmpty())
        message.reply = Quote{said.reply};
    message.edited = said.edited;
    message.reactions = said.reactions;
    return said.deletion ? deletedOf(message) : message;
}

channels::Message eventOf(const Utterance &said, const ChatMessage &message)
{
    if (!said.deletion)
        return makeChatMessage(message, said.json, said.origin);
    const Change &deletion = *said.deletion;
    return makeChatChanged(deletion,
                           {message.room, message.epoch, message.number, deletion.id,
                            nameOf(deletion.kind), deletion.by, message});
}

void setBounds(RoomLog::Page &page, const LogWindow &window)
{
    if (window.end <= window.first || (page.messages.isEmpty() && page.hasOlder))
        return; // it covers nothing
    page.first = page.hasOlder ? page.messages.first().number : window.first;
    page.number = window.end - 1;
}

RoomLog::Catchup lostBefore(const RoomLog::Page &page)
{
    RoomLog::Catchup part{page.end, page.first, page.number, page.messages};
    part.isLost = true;
    return part;
}

std::optional<Change> deletionOfForgotten(Change change, const ChatMessage &entry)
{
    if (change.kind != Change::Kind::Delete || !entry.reply)
        return std::nullopt;
    change.of = entry.reply->id;
    change.isModerator = true;
    return change;
}

} // namespace parlour::chat
