// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/frame_parts.h"
#include "chat/monitor_frames.h"
#include "chat/snapshot_json.h"

using namespace Qt::StringLiterals;

namespace parlour::chat {

namespace {

MonitorEvent readEvent(const JsonReader &json)
{
    MonitorEvent event;
    event.time = json.integer("time");
    event.kind = json.text("kind");
    event.channel = json.text("channel");
    event.group = json.text("group");
    event.message = json.text("message");
    event.from = json.text("from");
    event.size = json.integer("size");
    event.receivers = json.smallInteger("receivers");
    event.preview = json.text("preview");
    event.cause = json.text("cause");
    return event;
}

MonitorFeed monitorFeed(const QString &type, const JsonReader &json)
{
    if (type == "snapshot"_L1)
        return readSnapshot(json);
    if (type == "activity"_L1)
        return MonitorActivity{json.list("events", readEvent), json.integer("skipped")};
    if (type == "error"_L1)
        return readError(json);
    return UnknownFrame{type};
}

void write(JsonWriter &json, const MonitorEvent &event)
{
    json.beginObject()
        .field("time"_L1, event.time)
        .field("kind"_L1, event.kind)
        .field("channel"_L1, event.channel)
        .field("group"_L1, event.group)
        .field("message"_L1, event.message)
        .field("from"_L1, event.from)
        .field("size"_L1, event.size)
        .field("receivers"_L1, event.receivers)
        .field("preview"_L1, event.preview)
        .field("cause"_L1, event.cause)
        .endObject();
}

QByteArray written(const MonitorActivity &frame)
{
    JsonWriter json = beginFrame("activity"_L1);
    json.key("events"_L1).beginArray();
    for (const MonitorEvent &event : frame.events)
        write(json, event);
    return json.endArray().field("skipped"_L1, frame.skipped).endObject().take();
}

} // namespace

Expected<MonitorFeed> parseMonitorFeed(const QByteArray &utf8)
{
    return readFrame<MonitorFeed>(utf8, monitorFeed);
}

QByteArray encode(const MonitorFeed &feed)
{
    return std::visit([](const auto &content) { return written(content); }, feed);
}

} // namespace parlour::chat
