// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/frame_parts.h"

using namespace Qt::StringLiterals;

namespace parlour::chat {

namespace {

Quote readQuote(const JsonReader &json)
{
    Quote quote{json.text("id"), json.optionalInteger("number")};
    if (quote.number > 0) {
        quote.sender = readSender(json.object("sender"));
        quote.text = json.optionalText("text");
    }
    return quote;
}

void write(JsonWriter &json, const Quote &quote)
{
    json.beginObject().field("id"_L1, quote.id);
    if (quote.number > 0) {
        json.field("number"_L1, quote.number).key("sender"_L1);
        write(json, quote.sender);
        json.optionalField("text"_L1, quote.text);
    }
    json.endObject();
}

} // namespace

Person readPerson(const JsonReader &json)
{
    return {json.text("id"),  json.text("name"),         json.text("role"),
            json.text("via"), json.optionalText("host"), json.optionalFlag("away")};
}

RoomState readRoom(const JsonReader &json)
{
    RoomState room;
    room.room = json.text("room");
    room.title = json.text("title");
    room.topic = json.text("topic");
    room.epoch = json.text("epoch");
    room.number = json.integer("number");
    room.people = json.smallInteger("people");
    room.listed = json.flag("listed");
    return room;
}

Sender readSender(const JsonReader &json)
{
    return {json.text("id"), json.text("name")};
}

Reaction readReaction(const JsonReader &json)
{
    return {json.text("emoji"), json.list("people", readSender)};
}

ChatMessage readMessage(const JsonReader &json)
{
    ChatMessage message;
    message.room = json.text("room");
    message.id = json.text("id");
    message.epoch = json.text("epoch");
    message.number = json.integer("number");
    message.sender = readSender(json.object("sender"));
    message.time = json.integer("time");
    message.text = json.text("text");
    if (json.has("reply"))
        message.reply = readQuote(json.object("reply"));
    message.edited = json.optionalInteger("edited");
    message.isDeleted = json.optionalFlag("deleted");
    message.reactions = json.optionalList("reactions", readReaction);
    return message;
}

ReadFrame readRead(const JsonReader &json)
{
    return {json.text("room"), {json.text("epoch"), json.integer("number")}};
}

ErrorFrame readError(const JsonReader &json)
{
    return {json.text("code"),       json.text("message"),          json.optionalText("room"),
            json.optionalText("id"), json.optionalInteger("retry"), json.optionalText("cause")};
}

std::optional<Position> readPosition(const JsonReader &json, const char *number)
{
    if (!json.has("epoch") && !json.has(number))
        return std::nullopt;
    return Position{json.text("epoch"), json.integer(number)};
}

void write(JsonWriter &json, const Person &person)
{
    json.beginObject()
        .field("id"_L1, person.id)
        .field("name"_L1, person.name)
        .field("role"_L1, person.role)
        .field("via"_L1, person.via)
        .optionalField("host"_L1, person.host);
    if (person.away)
        json.field("away"_L1, true);
    json.endObject();
}

void write(JsonWriter &json, const ChatMessage &message)
{
    json.beginObject();
    writeFields(json, message);
    json.endObject();
}

void write(JsonWriter &json, const Sender &sender)
{
    json.beginObject().field("id"_L1, sender.id).field("name"_L1, sender.name).endObject();
}

void write(JsonWriter &json, const Reaction &reaction)
{
    json.beginObject().field("emoji"_L1, reaction.emoji);
    writeList(json, "people"_L1, reaction.people);
    json.endObject();
}

void write(JsonWriter &json, const ReadFrame &read)
{
    json.beginObject().field("room"_L1, read.room);
    writeFields(json, read.position, "number"_L1);
    json.endObject();
}

void writeFields(JsonWriter &json, const RoomState &room)
{
    json.field("room"_L1, room.room)
        .field("title"_L1, room.title)
        .field("topic"_L1, room.topic)
        .field("epoch"_L1, room.epoch)
        .field("number"_L1, room.number)
        .field("people"_L1, room.people)
        .field("listed"_L1, room.listed);
}

void writeFields(JsonWriter &json, const ChatMessage &message)
{
    json.field("room"_L1, message.room)
        .field("id"_L1, message.id)
        .field("epoch"_L1, message.epoch)
        .field("number"_L1, message.number)
        .key("sender"_L1);
    write(json, message.sender);
    json.field("time"_L1, message.time).field("text"_L1, message.text);
    if (message.reply) {
        json.key("reply"_L1);
        write(json, *message.reply);
    }
    if (message.edited > 0)
        json.field("edited"_L1, message.edited);
    if (message.isDeleted)
        json.field("deleted"_L1, true);
    if (!message.reactions.isEmpty())
        writeList(json, "reactions"_L1, message.reactions);
}

void writeFields(JsonWriter &json, const std::optional<Position> &position,
                 QLatin1StringView number)
{
    if (position)
        json.field("epoch"_L1, position->epoch).field(number, position->number);
}

QByteArray written(const UnknownFrame &frame)
{
    return JsonWriter().beginObject().field("type"_L1, frame.type).endObject().take();
}

QByteArray written(const ReadFrame &frame)
{
    JsonWriter json = beginFrame("read"_L1);
    json.field("room"_L1, frame.room);
    writeFields(json, frame.position, "number"_L1);
    return json.endObject().take();
}

QByteArray written(const ErrorFrame &frame)
{
    JsonWriter json = beginFrame("error"_L1);
    json.field("code"_L1, frame.code)
        .field("message"_L1, frame.message)
        .optionalField("room"_L1, frame.room)
        .optionalField("id"_L1, frame.id);
    if (frame.retryMs > 0)
        json.field("retry"_L1, frame.retryMs);
    json.optionalField("cause"_L1, frame.cause);
    return json.endObject().take();
}

JsonWriter beginFrame(QLatin1StringView type)
{
    JsonWriter json;
    json.beginObject().field("type"_L1, QString(type));
    return json;
}

} // namespace parlour::chat
