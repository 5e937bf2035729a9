// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/chat_message.h"

#include "chat/json_value.h"

using namespace Qt::StringLiterals;

namespace parlour::chat {

namespace {

enum EncodingSlot { PlainSlot, ParlourSlot };

QByteArray plainFrame(const QByteArray &json)
{
    return "{\"message\": " + json + '}';
}

} // namespace

channels::Message makeChatMessage(const ChatMessage &content, const QByteArray &json,
                                  const QString &origin)
{
    const bool isText = json.startsWith('"');
    QVariantMap body{
        {u"message"_s, isText ? QVariant(content.text) : variantOfJson(json)},
        {u"room"_s, content.room},
        {u"id"_s, content.id},
        {u"epoch"_s, content.epoch},
        {u"number"_s, content.number},
        {u"sender"_s, QVariantMap{{u"id"_s, content.sender.id}, {u"name"_s, content.sender.name}}},
        {u"time"_s, content.time},
    };
    if (!isText)
        body.insert(u"text"_s, content.text);
    if (!origin.isEmpty())
        body.insert(u"host"_s, origin);
    const channels::Message message(u"chat.message"_s, std::move(body));
    message.keepEncoding(PlainSlot, plainFrame(json));
    return message;
}

std::optional<ChatMessage> chatMessageOf(const channels::Message &message)
{
    ChatMessage content;
    content.room = message.value(u"room"_s).toString();
    content.number = message.value(u"number"_s).toLongLong();
    if (content.room.isEmpty() || content.number < 1)
        return std::nullopt;
    content.id = message.value(u"id"_s).toString();
    content.epoch = message.value(u"epoch"_s).toString();
    const QVariantMap sender = message.value(u"sender"_s).toMap();
    content.sender = {sender.value(u"id"_s).toString(), sender.value(u"name"_s).toString()};
    content.time = message.value(u"time"_s).toLongLong();
    const bool hasText = message.body().contains(u"text"_s);
    content.text = message.value(hasText ? u"text"_s : u"message"_s).toString();
    return content;
}

QByteArray plainEncoding(const channels::Message &message)
{
    return message.encoding(PlainSlot, [](const channels::Message &made) {
        return plainFrame(jsonOfVariant(made.value(u"message"_s)));
    });
}

QByteArray parlourEncoding(const channels::Message &message, const ChatMessage &content)
{
    return message.encoding(ParlourSlot, [&](const channels::Message &) {
        return encode(ServerFrame{MessageFrame{content}});
    });
}

} // namespace parlour::chat
