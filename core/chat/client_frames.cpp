// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/frame_parts.h"
#include "chat/frames.h"
#include "chat/key_proof.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parlour::chat {

namespace {

AskHistoryFrame readAskHistory(const JsonReader &json)
{
    AskHistoryFrame frame{json.text("room")};
    if (!json.has("before")) {
        frame.after = Position{json.text("epoch"), json.integer("after")};
        return frame;
    }
    frame.before = json.integer("before");
    if (json.has("count")) {
        const qint64 count = json.integer("count", -JsonLimits::Integer);
        frame.count = int(std::clamp<qint64>(count, 1, AskHistoryFrame::MaxCount));
    }
    return frame;
}

ClientFrame clientFrame(const QString &type, const JsonReader &json)
{
    if (type == "say"_L1)
        return SayFrame{json.text("room"), json.text("id"), json.text("text"),
                        json.optionalText("reply")};
    if (type == "edit"_L1)
        return EditFrame{json.text("room"), json.text("id"), json.text("of"), json.text("text")};
    if (type == "delete"_L1)
        return DeleteFrame{json.text("room"), json.text("id"), json.text("of")};
    if (type == "react"_L1)
        return ReactFrame{json.text("room"), json.text("id"), json.text("of"), json.text("emoji"),
                          json.flag("on")};
    if (type == "typing"_L1)
        return TypingFrame{json.text("room"), json.flag("typing")};
    if (type == "read"_L1)
        return readRead(json);
    if (type == "hello"_L1)
        return HelloFrame{json.text("name"),
                          json.optionalText("token"),
                          json.optionalText("client"),
                          json.optionalBytes("key", KeySizes::PublicKey),
                          readPosition(json, "number"),
                          json.optionalText("link")};
    if (type == "proof"_L1)
        return ProofFrame{json.bytes("signature", KeySizes::Signature)};
    if (type == "join"_L1)
        return JoinFrame{json.text("room"), readPosition(json, "number")};
    if (type == "history"_L1)
        return readAskHistory(json);
    if (type == "leave"_L1)
        return LeaveFrame{json.text("room")};
    if (type == "create"_L1)
        return CreateFrame{json.text("room"), json.optionalText("topic")};
    if (type == "topic"_L1)
        return SetTopicFrame{json.text("room"), json.text("topic")};
    if (type == "rename"_L1)
        return RenameFrame{json.text("name")};
    if (type == "away"_L1)
        return AwayFrame{json.flag("away")};
    if (type == "search"_L1)
        return readSearch(json);
    if (type == "link"_L1)
        return LinkFrame{};
    return UnknownFrame{type};
}

QByteArray written(const HelloFrame &frame)
{
    JsonWriter json = beginFrame("hello"_L1);
    json.field("name"_L1, frame.name)
        .optionalBytes("key"_L1, frame.key)
        .optionalField("token"_L1, frame.token)
        .optionalField("link"_L1, frame.link)
        .optionalField("client"_L1, frame.client);
    writeFields(json, frame.position, "number"_L1);
    return json.endObject().take();
}

QByteArray written(const ProofFrame &frame)
{
    return beginFrame("proof"_L1).optionalBytes("signature"_L1, frame.signature).endObject().take();
}

QByteArray written(const JoinFrame &frame)
{
    JsonWriter json = beginFrame("join"_L1);
    json.field("room"_L1, frame.room);
    writeFields(json, frame.position, "number"_L1);
    return json.endObject().take();
}

QByteArray written(const AskHistoryFrame &frame)
{
    JsonWriter json = beginFrame("history"_L1);
    json.field("room"_L1, frame.room);
    writeFields(json, frame.after, "after"_L1);
    if (frame.before)
        json.field("before"_L1, *frame.before).field("count"_L1, frame.count);
    return json.endObject().take();
}

QByteArray written(const LeaveFrame &frame)
{
    return beginFrame("leave"_L1).field("room"_L1, frame.room).endObject().take();
}

QByteArray written(const CreateFrame &frame)
{
    return beginFrame("create"_L1)
        .field("room"_L1, frame.room)
        .field("topic"_L1, frame.topic)
        .endObject()
        .take();
}

QByteArray written(const SayFrame &frame)
{
    return beginFrame("say"_L1)
        .field("room"_L1, frame.room)
        .field("id"_L1, frame.id)
        .field("text"_L1, frame.text)
        .optionalField("reply"_L1, frame.reply)
        .endObject()
        .take();
}

/// Begins what all changes of a message have.
template <typename Frame>
JsonWriter beginChange(QLatin1StringView type, const Frame &frame)
{
    JsonWriter json = beginFrame(type);
    json.field("room"_L1, frame.room).field("id"_L1, frame.id).field("of"_L1, frame.of);
    return json;
}

QByteArray written(const EditFrame &frame)
{
    return beginChange("edit"_L1, frame).field("text"_L1, frame.text).endObject().take();
}

QByteArray written(const DeleteFrame &frame)
{
    return beginChange("delete"_L1, frame).endObject().take();
}

QByteArray written(const ReactFrame &frame)
{
    return beginChange("react"_L1, frame)
        .field("emoji"_L1, frame.emoji)
        .field("on"_L1, frame.on)
        .endObject()
        .take();
}

QByteArray written(const TypingFrame &frame)
{
    return beginFrame("typing"_L1)
        .field("room"_L1, frame.room)
        .field("typing"_L1, frame.typing)
        .endObject()
        .take();
}

QByteArray written(const SetTopicFrame &frame)
{
    return beginFrame("topic"_L1)
        .field("room"_L1, frame.room)
        .field("topic"_L1, frame.topic)
        .endObject()
        .take();
}

QByteArray written(const RenameFrame &frame)
{
    return beginFrame("rename"_L1).field("name"_L1, frame.name).endObject().take();
}

QByteArray written(const AwayFrame &frame)
{
    return beginFrame("away"_L1).field("away"_L1, frame.away).endObject().take();
}

} // namespace

Expected<ClientFrame> parseClientFrame(QByteArrayView utf8)
{
    return readFrame<ClientFrame>(utf8, clientFrame);
}

QByteArray encode(const ClientFrame &frame)
{
    return std::visit([](const auto &content) { return written(content); }, frame);
}

} // namespace parlour::chat
