// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/snapshot_json.h"

#include "chat/bridge_json.h"
#include "chat/frame_parts.h"

using namespace Qt::StringLiterals;

namespace parlour::chat {

using channels::ChannelInfo;
using channels::ConnectionInfo;
using channels::GroupInfo;
using channels::Totals;

namespace {

ConnectionInfo readConnection(const JsonReader &json)
{
    ConnectionInfo info;
    info.id = quint64(json.integer("id"));
    info.transport = json.text("transport");
    info.secure = json.flag("secure");
    info.client = json.text("client");
    info.path = json.text("path");
    info.userAgent = json.text("userAgent");
    info.subprotocol = json.text("subprotocol");
    info.since = json.integer("since");
    info.messagesIn = json.integer("messagesIn");
    info.messagesOut = json.integer("messagesOut");
    info.bytesIn = json.integer("bytesIn");
    info.bytesOut = json.integer("bytesOut");
    info.queuedMessages = json.smallInteger("queuedMessages");
    info.queuedBytes = json.integer("queuedBytes");
    info.roundTripMs = json.smallInteger("roundTripMs", -1);
    return info;
}

ChannelInfo readChannel(const JsonReader &json)
{
    ChannelInfo info;
    info.name = json.text("name");
    info.kind = json.text("kind");
    info.consumer = json.text("consumer");
    info.connection = quint64(json.integer("connection"));
    info.person = json.text("person");
    info.personId = json.text("personId");
    info.groups = json.texts("groups");
    info.queued = json.smallInteger("queued");
    info.capacity = json.smallInteger("capacity");
    info.delivered = json.integer("delivered");
    info.dropped = json.integer("dropped");
    info.since = json.integer("since");
    return info;
}

GroupInfo readGroup(const JsonReader &json)
{
    GroupInfo info;
    info.name = json.text("name");
    info.members = json.smallInteger("members");
    info.messages = json.integer("messages");
    info.lastMessage = json.integer("lastMessage");
    return info;
}

Totals readTotals(const JsonReader &json)
{
    Totals totals;
    totals.messagesIn = json.integer("messagesIn");
    totals.messagesOut = json.integer("messagesOut");
    totals.bytesIn = json.integer("bytesIn");
    totals.bytesOut = json.integer("bytesOut");
    totals.connectionsAccepted = json.integer("connectionsAccepted");
    totals.handshakesRefused = json.integer("handshakesRefused");
    json.object("dropped").forEachInteger(
        [&](const QString &cause, qint64 count) { totals.dropped.insert(cause, count); });
    return totals;
}

void write(JsonWriter &json, const ConnectionInfo &info)
{
    json.beginObject()
        .field("id"_L1, info.id)
        .field("transport"_L1, info.transport)
        .field("secure"_L1, info.secure)
        .field("client"_L1, info.client)
        .field("path"_L1, info.path)
        .field("userAgent"_L1, info.userAgent)
        .field("subprotocol"_L1, info.subprotocol)
        .field("since"_L1, info.since)
        .field("messagesIn"_L1, info.messagesIn)
        .field("messagesOut"_L1, info.messagesOut)
        .field("bytesIn"_L1, info.bytesIn)
        .field("bytesOut"_L1, info.bytesOut)
        .field("queuedMessages"_L1, info.queuedMessages)
        .field("queuedBytes"_L1, info.queuedBytes)
        .field("roundTripMs"_L1, info.roundTripMs)
        .endObject();
}

void write(JsonWriter &json, const ChannelInfo &info)
{
    json.beginObject()
        .field("name"_L1, info.name)
        .field("kind"_L1, info.kind)
        .field("consumer"_L1, info.consumer)
        .field("connection"_L1, info.connection)
        .field("person"_L1, info.person)
        .field("personId"_L1, info.personId);
    json.key("groups"_L1).beginArray();
    for (const QString &group : info.groups)
        json.value(group);
    json.endArray()
        .field("queued"_L1, info.queued)
        .field("capacity"_L1, info.capacity)
        .field("delivered"_L1, info.delivered)
        .field("dropped"_L1, info.dropped)
        .field("since"_L1, info.since)
        .endObject();
}

void write(JsonWriter &json, const GroupInfo &info)
{
    json.beginObject()
        .field("name"_L1, info.name)
        .field("members"_L1, info.members)
        .field("messages"_L1, info.messages)
        .field("lastMessage"_L1, info.lastMessage)
        .endObject();
}

void write(JsonWriter &json, const Totals &totals)
{
    json.beginObject()
        .field("messagesIn"_L1, totals.messagesIn)
        .field("messagesOut"_L1, totals.messagesOut)
        .field("bytesIn"_L1, totals.bytesIn)
        .field("bytesOut"_L1, totals.bytesOut)
        .field("connectionsAccepted"_L1, totals.connectionsAccepted)
        .field("handshakesRefused"_L1, totals.handshakesRefused)
        .key("dropped"_L1)
        .beginObject();
    for (auto it = totals.dropped.cbegin(); it != totals.dropped.cend(); ++it)
        json.key(it.key()).value(it.value());
    json.endObject().endObject();
}

template <typename T>
void writeRows(JsonWriter &json, QLatin1StringView name, const QList<T> &rows)
{
    json.key(name).beginArray();
    for (const T &row : rows)
        write(json, row);
    json.endArray();
}

} // namespace

MonitorSnapshot readSnapshot(const JsonReader &json)
{
    MonitorSnapshot frame;
    channels::Snapshot &snapshot = frame.snapshot;
    snapshot.time = json.integer("time");
    snapshot.started = json.integer("started");
    frame.title = json.text("title");
    snapshot.connections = json.list("connections", readConnection);
    snapshot.channels = json.list("channels", readChannel);
    snapshot.groups = json.list("groups", readGroup);
    snapshot.totals = readTotals(json.object("totals"));
    frame.people = json.smallInteger("people");
    frame.rooms = json.smallInteger("rooms");
    snapshot.eventLoopLagMs = json.number("eventLoopLagMs");
    snapshot.memoryBytes = json.integer("memoryBytes", -1);
    if (json.has("bridge"))
        snapshot.bridge = readBridge(json.object("bridge"));
    frame.leftOut = json.smallInteger("left_out");
    return frame;
}

QByteArray written(const MonitorSnapshot &frame)
{
    const channels::Snapshot &snapshot = frame.snapshot;
    JsonWriter json = beginFrame("snapshot"_L1);
    json.field("time"_L1, snapshot.time)
        .field("started"_L1, snapshot.started)
        .field("title"_L1, frame.title);
    writeRows(json, "connections"_L1, snapshot.connections);
    writeRows(json, "channels"_L1, snapshot.channels);
    writeRows(json, "groups"_L1, snapshot.groups);
    json.key("totals"_L1);
    write(json, snapshot.totals);
    json.field("people"_L1, frame.people)
        .field("rooms"_L1, frame.rooms)
        .field("eventLoopLagMs"_L1, snapshot.eventLoopLagMs)
        .field("memoryBytes"_L1, snapshot.memoryBytes);
    if (snapshot.bridge)
        write(json.key("bridge"_L1), *snapshot.bridge);
    return json.field("left_out"_L1, frame.leftOut).endObject().take();
}

} // namespace parlour::chat
