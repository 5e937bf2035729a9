// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/frame_parts.h"
#include "chat/monitor_frames.h"

using namespace Qt::StringLiterals;

namespace parlour::chat {

namespace {

MonitorCommand monitorCommand(const QString &type, const JsonReader &json)
{
    if (type == "watch"_L1)
        return WatchFrame{json.flag("messages")};
    if (type == "close"_L1)
        return CloseConnectionFrame{quint64(json.integer("connection"))};
    if (type == "ping"_L1)
        return PingConnectionFrame{quint64(json.integer("connection"))};
    return UnknownFrame{type};
}

QByteArray written(const WatchFrame &frame)
{
    return beginFrame("watch"_L1).field("messages"_L1, frame.messages).endObject().take();
}

QByteArray written(const CloseConnectionFrame &frame)
{
    return beginFrame("close"_L1).field("connection"_L1, frame.connection).endObject().take();
}

QByteArray written(const PingConnectionFrame &frame)
{
    return beginFrame("ping"_L1).field("connection"_L1, frame.connection).endObject().take();
}

} // namespace

Expected<MonitorCommand> parseMonitorCommand(const QByteArray &utf8)
{
    return readFrame<MonitorCommand>(utf8, monitorCommand);
}

QByteArray encode(const MonitorCommand &command)
{
    return std::visit([](const auto &content) { return written(content); }, command);
}

} // namespace parlour::chat
