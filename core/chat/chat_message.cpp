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

QVariantMap asMap(const Sender &sender)
{
    return {{u"id"_s, sender.id}, {u"name"_s, sender.name}};
}

Sender senderIn(const QVariantMap &body)
{
    const QVariantMap sender = body.value(u"sender"_s).toMap();
    return {sender.value(u"id"_s).toString(), sender.value(u"name"_s).toString()};
}

QVariantMap asMap(const Quote &quote)
{
    return {{u"id"_s, quote.id},
            {u"number"_s, quote.number},
            {u"sender"_s, asMap(quote.sender)},
            {u"text"_s, quote.text}};
}

Quote quoteIn(const QVariantMap &body)
{
    return {body.value(u"id"_s).toString(), body.value(u"number"_s).toLongLong(), senderIn(body),
            body.value(u"text"_s).toString()};
}

QVariantList asList(const QList<Reaction> &reactions)
{
    QVariantList list;
    for (const Reaction &reaction : reactions) {
        QVariantList people;
        for (const Sender &person : reaction.people)
            people.append(asMap(person));
        list.append(QVariantMap{{u"emoji"_s, reaction.emoji}, {u"people"_s, people}});
    }
    return list;
}

QList<Reaction> reactionsIn(const QVariantMap &body)
{
    QList<Reaction> reactions;
    const QVariantList list = body.value(u"reactions"_s).toList();
    for (const QVariant &value : list) {
        const QVariantMap one = value.toMap();
        Reaction reaction{one.value(u"emoji"_s).toString(), {}};
        const QVariantList people = one.value(u"people"_s).toList();
        for (const QVariant &person : people)
            reaction.people.append(senderIn({{u"sender"_s, person}}));
        reactions.append(reaction);
    }
    return reactions;
}

QVariantMap bodyOf(const ChatMessage &content, const QByteArray &json, const QString &origin)
{
    const bool isText = json.startsWith('"');
    QVariantMap body{
        {u"message"_s, isText ? QVariant(content.text) : variantOfJson(json)},
        {u"room"_s, content.room},
        {u"id"_s, content.id},
        {u"epoch"_s, content.epoch},
        {u"number"_s, content.number},
        {u"sender"_s, asMap(content.sender)},
        {u"time"_s, content.time},
    };
    if (!isText)
        body.insert(u"text"_s, content.text);
    if (content.reply)
        body.insert(u"reply"_s, asMap(*content.reply));
    if (content.edited > 0)
        body.insert(u"edited"_s, content.edited);
    if (!content.reactions.isEmpty())
        body.insert(u"reactions"_s, asList(content.reactions));
    if (!origin.isEmpty())
        body.insert(u"host"_s, origin);
    return body;
}

std::optional<ChatMessage> readContent(const channels::Message &message)
{
    ChatMessage content;
    content.room = message.value(u"room"_s).toString();
    content.number = message.value(u"number"_s).toLongLong();
    if (content.room.isEmpty() || content.number < 1)
        return std::nullopt;
    content.id = message.value(u"id"_s).toString();
    content.epoch = message.value(u"epoch"_s).toString();
    content.sender = senderIn(message.body());
    content.time = message.value(u"time"_s).toLongLong();
    const bool hasText = message.body().contains(u"text"_s);
    content.text = message.value(hasText ? u"text"_s : u"message"_s).toString();
    if (message.body().contains(u"reply"_s))
        content.reply = quoteIn(message.value(u"reply"_s).toMap());
    content.edited = message.value(u"edited"_s).toLongLong();
    content.reactions = reactionsIn(message.body());
    return content;
}

} // namespace

channels::Message makeChatMessage(const ChatMessage &content, const QByteArray &json,
                                  const QString &origin)
{
    const auto message = channels::Message::deferred(
        u"chat.message"_s, [content, json, origin] { return bodyOf(content, json, origin); });
    message.keepEncoding(PlainSlot, plainFrame(json));
    (void)message.reading<std::optional<ChatMessage>>(
        [&content](const channels::Message &) { return content; });
    return message;
}

const std::optional<ChatMessage> &chatMessageOf(const channels::Message &message)
{
    return message.reading<std::optional<ChatMessage>>(readContent);
}

QVariantMap changeBody(const Change &change)
{
    QVariantMap body{{u"room"_s, change.room},
                     {u"id"_s, change.id},
                     {u"of"_s, change.of},
                     {u"what"_s, nameOf(change.kind)},
                     {u"sender"_s, asMap(change.by)},
                     {u"time"_s, change.time}};
    if (change.kind == Change::Kind::Edit)
        body.insert(u"text"_s, change.text);
    if (change.kind == Change::Kind::React) {
        body.insert(u"emoji"_s, change.emoji);
        body.insert(u"on"_s, change.on);
    }
    if (change.isModerator)
        body.insert(u"moderator"_s, true);
    if (!change.origin.isEmpty())
        body.insert(u"host"_s, change.origin);
    return body;
}

channels::Message makeChatChanged(const Change &change, const ChangedFrame &done)
{
    QVariantMap body = changeBody(change);
    body.insert(u"of"_s, done.message.id);
    body.insert(u"epoch"_s, done.epoch);
    body.insert(u"number"_s, done.number);
    if (change.kind == Change::Kind::Edit)
        body.insert(u"time"_s, done.message.edited);
    const channels::Message message(u"chat.changed"_s, std::move(body));
    message.keepEncoding(ParlourSlot, encode(ServerFrame{done}));
    return message;
}

QByteArray changedEncoding(const channels::Message &message)
{
    return message.encoding(ParlourSlot, [](const channels::Message &) { return QByteArray(); });
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
