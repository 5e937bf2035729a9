// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/export/export_json.h"

#include "chat/frame_parts.h"
#include "chat/json_writer.h"

#include <utility>

namespace parlour::chat {

using namespace Qt::StringLiterals;

namespace {

void writeMessage(JsonWriter &json, const ExportEntry &entry)
{
    const ChatMessage &message = entry.message;
    json.field("text"_L1, message.text);
    // As a text: its bytes are what plain clients get, down to the spaces.
    json.optionalField("json"_L1, QString::fromUtf8(entry.json));
    if (message.reply)
        json.field("reply"_L1, message.reply->id);
    if (message.edited > 0)
        json.field("edited"_L1, message.edited);
    if (message.isDeleted)
        json.field("deleted"_L1, true);
    if (!message.reactions.isEmpty())
        writeList(json, "reactions"_L1, message.reactions);
}

} // namespace

QString nameOf(ExportEntry::Kind kind)
{
    switch (kind) {
    case ExportEntry::Kind::Message:
        return u"message"_s;
    case ExportEntry::Kind::Edit:
        return u"edit"_s;
    case ExportEntry::Kind::Delete:
        return u"delete"_s;
    case ExportEntry::Kind::React:
        return u"react"_s;
    case ExportEntry::Kind::Unknown:
        break;
    }
    return u"unknown"_s;
}

QByteArray JsonRoomWriter::beginning(const ExportHead &head)
{
    JsonWriter json;
    json.beginObject()
        .field("format"_L1, u"parlour.export"_s)
        .field("version"_L1, ExportHead::Version)
        .field("room"_L1, head.room)
        .field("topic"_L1, head.topic)
        .key("host"_L1)
        .beginObject()
        .field("id"_L1, head.host.id)
        .field("title"_L1, head.host.title)
        .field("version"_L1, head.host.version)
        .endObject()
        .field("epoch"_L1, head.epoch)
        .field("first"_L1, head.first)
        .field("number"_L1, head.number)
        .field("exported"_L1, head.time)
        .optionalField("note"_L1, head.note)
        .key("entries"_L1)
        .beginArray();
    return json.take();
}

QByteArray JsonRoomWriter::written(const ExportEntry &entry)
{
    const ChatMessage &message = entry.message;
    JsonWriter json;
    json.beginObject().field("number"_L1, message.number).field("kind"_L1, nameOf(entry.kind));
    if (entry.kind != ExportEntry::Kind::Unknown) {
        json.field("id"_L1, message.id).key("sender"_L1);
        chat::write(json, message.sender);
        json.field("time"_L1, message.time).optionalField("origin"_L1, entry.origin);
        if (entry.kind == ExportEntry::Kind::Message)
            writeMessage(json, entry);
        else
            json.field("of"_L1, entry.target);
        if (entry.kind == ExportEntry::Kind::React && !message.reactions.isEmpty())
            json.field("emoji"_L1, message.reactions.constFirst().emoji);
        if (entry.kind == ExportEntry::Kind::Delete && message.reply)
            json.field("message"_L1, message.reply->id);
    }
    if (entry.isMissing)
        json.field("missing"_L1, true);
    json.endObject();
    return (std::exchange(m_hasEntries, true) ? ",\n" : "\n") + json.take();
}

QByteArray JsonRoomWriter::ending()
{
    return "\n]}\n";
}

} // namespace parlour::chat
