// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/frame_parts.h"
#include "chat/frames.h"
#include "chat/key_proof.h"

using namespace Qt::StringLiterals;

namespace parlour::chat {

namespace {

WelcomeFrame readWelcome(const JsonReader &json)
{
    WelcomeFrame frame;
    const JsonReader host = json.object("host");
    frame.host = {host.text("id"), host.text("title"), host.text("version")};
    frame.person = readPerson(json.object("person"));
    frame.token = json.optionalText("token");
    frame.rooms = json.list("rooms", readRoom);
    frame.room = json.optionalText("room");
    frame.watched = json.optionalFlag("watched");
    frame.read = json.optionalList("read", readRead);
    return frame;
}

HistoryFrame readHistory(const JsonReader &json)
{
    HistoryFrame frame{json.text("room"), json.text("epoch"), json.list("messages", readMessage)};
    if (json.has("after"))
        frame.after = json.integer("after");
    if (json.has("before"))
        frame.before = json.integer("before");
    frame.more = json.optionalFlag("more");
    frame.lost = json.optionalFlag("lost");
    frame.number = json.optionalInteger("number");
    if (frame.number > 0)
        frame.first = json.integer("first");
    frame.changed = json.optionalList("changed", readMessage);
    return frame;
}

JoinedFrame readJoined(const JsonReader &json)
{
    JoinedFrame frame{readRoom(json)};
    if (json.has("read"))
        frame.read = readPosition(json.object("read"), "number");
    return frame;
}

ChangedFrame readChanged(const JsonReader &json)
{
    return {json.text("room"),
            json.text("epoch"),
            json.integer("number"),
            json.text("id"),
            json.text("what"),
            readSender(json.object("by")),
            readMessage(json.object("message"))};
}

MembersFrame readMembers(const JsonReader &json)
{
    MembersFrame frame;
    frame.room = json.text("room");
    if (json.has("people"))
        frame.people = json.list("people", readPerson);
    frame.joined = json.optionalList("joined", readPerson);
    frame.left = json.optionalList("left", readPerson);
    frame.changed = json.optionalList("changed", readPerson);
    return frame;
}

ServerFrame serverFrame(const QString &type, const JsonReader &json)
{
    if (type == "message"_L1)
        return MessageFrame{readMessage(json)};
    if (type == "changed"_L1)
        return readChanged(json);
    if (type == "typing"_L1)
        return PersonTypingFrame{json.text("room"), readSender(json.object("person")),
                                 json.flag("typing")};
    if (type == "read"_L1)
        return readRead(json);
    if (type == "members"_L1)
        return readMembers(json);
    if (type == "room"_L1)
        return RoomFrame{readRoom(json)};
    if (type == "closed"_L1)
        return ClosedFrame{json.text("room")};
    if (type == "welcome"_L1)
        return readWelcome(json);
    if (type == "challenge"_L1)
        return ChallengeFrame{json.bytes("nonce", KeySizes::Nonce),
                              json.optionalBytes("fingerprint", KeySizes::Fingerprint)};
    if (type == "joined"_L1)
        return readJoined(json);
    if (type == "left"_L1)
        return LeftFrame{json.text("room")};
    if (type == "history"_L1)
        return readHistory(json);
    if (type == "topic"_L1)
        return TopicFrame{json.text("room"), json.text("topic"), json.text("by")};
    if (type == "renamed"_L1)
        return RenamedFrame{readPerson(json.object("person"))};
    if (type == "watched"_L1)
        return WatchedFrame{json.flag("watched")};
    if (type == "shared"_L1)
        return SharedFrame{json.text("state") == "up"_L1};
    if (type == "found"_L1)
        return readFound(json);
    if (type == "linked"_L1)
        return readLinked(json);
    if (type == "error"_L1)
        return readError(json);
    return UnknownFrame{type};
}

QByteArray written(const ChallengeFrame &frame)
{
    return beginFrame("challenge"_L1)
        .optionalBytes("nonce"_L1, frame.nonce)
        .optionalBytes("fingerprint"_L1, frame.fingerprint)
        .endObject()
        .take();
}

QByteArray written(const WelcomeFrame &frame)
{
    JsonWriter json = beginFrame("welcome"_L1);
    json.key("host"_L1)
        .beginObject()
        .field("id"_L1, frame.host.id)
        .field("title"_L1, frame.host.title)
        .field("version"_L1, frame.host.version)
        .endObject();
    json.key("person"_L1);
    write(json, frame.person);
    json.optionalField("token"_L1, frame.token).key("rooms"_L1).beginArray();
    for (const RoomState &room : frame.rooms) {
        json.beginObject();
        writeFields(json, room);
        json.endObject();
    }
    json.endArray();
    json.optionalField("room"_L1, frame.room).field("watched"_L1, frame.watched);
    if (!frame.read.isEmpty())
        writeList(json, "read"_L1, frame.read);
    return json.endObject().take();
}

QByteArray written(const RoomFrame &frame)
{
    JsonWriter json = beginFrame("room"_L1);
    writeFields(json, frame.room);
    return json.endObject().take();
}

QByteArray written(const ClosedFrame &frame)
{
    return beginFrame("closed"_L1).field("room"_L1, frame.room).endObject().take();
}

QByteArray written(const JoinedFrame &frame)
{
    JsonWriter json = beginFrame("joined"_L1);
    writeFields(json, frame.room);
    if (frame.read) {
        json.key("read"_L1).beginObject();
        writeFields(json, frame.read, "number"_L1);
        json.endObject();
    }
    return json.endObject().take();
}

QByteArray written(const LeftFrame &frame)
{
    return beginFrame("left"_L1).field("room"_L1, frame.room).endObject().take();
}

QByteArray written(const HistoryFrame &frame)
{
    JsonWriter json = beginFrame("history"_L1);
    json.field("room"_L1, frame.room).field("epoch"_L1, frame.epoch);
    if (frame.after)
        json.field("after"_L1, *frame.after);
    if (frame.before)
        json.field("before"_L1, *frame.before);
    if (frame.number > 0)
        json.field("first"_L1, frame.first).field("number"_L1, frame.number);
    writeList(json, "messages"_L1, frame.messages);
    if (!frame.changed.isEmpty())
        writeList(json, "changed"_L1, frame.changed);
    json.field("more"_L1, frame.more);
    if (frame.after)
        json.field("lost"_L1, frame.lost);
    return json.endObject().take();
}

QByteArray written(const MembersFrame &frame)
{
    JsonWriter json = beginFrame("members"_L1);
    json.field("room"_L1, frame.room);
    if (frame.people) {
        writeList(json, "people"_L1, *frame.people);
    } else {
        writeList(json, "joined"_L1, frame.joined);
        writeList(json, "left"_L1, frame.left);
        writeList(json, "changed"_L1, frame.changed);
    }
    return json.endObject().take();
}

QByteArray written(const MessageFrame &frame)
{
    JsonWriter json = beginFrame("message"_L1);
    writeFields(json, frame.message);
    return json.endObject().take();
}

QByteArray written(const ChangedFrame &frame)
{
    JsonWriter json = beginFrame("changed"_L1);
    json.field("room"_L1, frame.room)
        .field("epoch"_L1, frame.epoch)
        .field("number"_L1, frame.number)
        .field("id"_L1, frame.id)
        .field("what"_L1, frame.what)
        .key("by"_L1);
    write(json, frame.by);
    json.key("message"_L1);
    write(json, frame.message);
    return json.endObject().take();
}

QByteArray written(const PersonTypingFrame &frame)
{
    JsonWriter json = beginFrame("typing"_L1);
    json.field("room"_L1, frame.room).key("person"_L1);
    write(json, frame.person);
    return json.field("typing"_L1, frame.typing).endObject().take();
}

QByteArray written(const TopicFrame &frame)
{
    return beginFrame("topic"_L1)
        .field("room"_L1, frame.room)
        .field("topic"_L1, frame.topic)
        .field("by"_L1, frame.by)
        .endObject()
        .take();
}

QByteArray written(const RenamedFrame &frame)
{
    JsonWriter json = beginFrame("renamed"_L1);
    json.key("person"_L1);
    write(json, frame.person);
    return json.endObject().take();
}

QByteArray written(const WatchedFrame &frame)
{
    return beginFrame("watched"_L1).field("watched"_L1, frame.watched).endObject().take();
}

QByteArray written(const SharedFrame &frame)
{
    return beginFrame("shared"_L1)
        .field("state"_L1, frame.up ? u"up"_s : u"away"_s)
        .endObject()
        .take();
}

} // namespace

Expected<ServerFrame> parseServerFrame(QByteArrayView utf8)
{
    return readFrame<ServerFrame>(utf8, serverFrame);
}

QByteArray encode(const ServerFrame &frame)
{
    return std::visit([](const auto &content) { return written(content); }, frame);
}

} // namespace parlour::chat
