// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/inspector.h"
#include "chat/frames.h"

/// The frames of ws/monitor/ as values; docs/protocol.md says what each means.
namespace parlour::chat {

/// What the feed adds to the Inspector's snapshot.
struct MonitorSnapshot {
    channels::Snapshot snapshot;
    QString title;
    int people = 0;
    int rooms = 0;
    int leftOut = 0; ///< rows beyond the bound of a list

    static constexpr int MaxRows = 1000;
};

/// One line of the live list.
struct MonitorEvent {
    qint64 time = 0; ///< ms UTC
    QString kind; ///< opened, closed, joined, left, sent, delivered, dropped
    QString channel;
    QString group;
    QString message; ///< its type
    QString from; ///< name of the sender, where the message says it
    qint64 size = 0; ///< bytes of the text
    int receivers = 0;
    QString preview; ///< first 120 characters of the text
    QString cause; ///< why dropped
};

struct MonitorActivity {
    QList<MonitorEvent> events;
    qint64 skipped = 0;

    static constexpr int MaxEvents = 200;
};

// ---- from the watcher ----

struct WatchFrame {
    bool messages = false;
};
struct CloseConnectionFrame {
    quint64 connection = 0;
};
struct PingConnectionFrame {
    quint64 connection = 0;
};

using MonitorCommand =
    std::variant<UnknownFrame, WatchFrame, CloseConnectionFrame, PingConnectionFrame>;
using MonitorFeed = std::variant<UnknownFrame, MonitorSnapshot, MonitorActivity, ErrorFrame>;

Expected<MonitorCommand> parseMonitorCommand(const QByteArray &utf8);
Expected<MonitorFeed> parseMonitorFeed(const QByteArray &utf8);

QByteArray encode(const MonitorCommand &command);
QByteArray encode(const MonitorFeed &feed);

} // namespace parlour::chat

Q_DECLARE_METATYPE(parlour::chat::MonitorSnapshot)
Q_DECLARE_METATYPE(parlour::chat::MonitorActivity)
