// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/message.h"
#include "chat/frames.h"

#include <QStringList>

#include <optional>
#include <variant>

/// What hosts tell each other of their logs, so that what one of them missed is had again. In a
/// group of their own on the shared layer; docs/protocol.md says how they are used.
namespace parlour::chat {

inline constexpr QLatin1StringView PeerLogGroup{"parlour.logs"};

/// Up to where a host's own people have spoken and changed something, room by room. Sent every few
/// seconds.
struct PeerStanding {
    struct Room {
        QString room;
        QString id; ///< of the last message that was said at that host, or of the last change

        friend bool operator==(const Room &, const Room &) = default;
    };
    QList<Room> rooms;
    QList<Room> changes = {};
};
/// What was said and changed at host `of` in a room, behind a message or change, is wanted.
struct PeerLogAsk {
    QString of;
    QString room;
    QString after; ///< its id; empty: nothing of it is known here
    qint64 from = 0; ///< ms UTC: no older messages, where `after` tells nothing
    std::optional<qint64> changes = {}; ///< likewise of changes; none: these are not wanted
};
/// A part of the answer.
struct PeerLogPart {
    QString to; ///< the host that asked
    QString room;
    QString after; ///< as it was asked
    QList<channels::Message> said; ///< oldest first, as they were shared
    bool more = false; ///< there is a further part, behind the last of them
    bool lost = false; ///< something between `after` and the first of them is gone
    QList<channels::Message> changed = {}; ///< oldest first, as they were shared
    /// The ids of all that the part stands for, in order: also of what is told no more. Empty: of a
    /// host that tells of messages alone.
    QStringList entries = {};
};

using PeerLogContent = std::variant<PeerStanding, PeerLogAsk, PeerLogPart>;
struct PeerLogMessage {
    QString host; ///< id of who says it
    PeerLogContent content;
};

/// In one message, at most.
inline constexpr int MaxPeerRooms = 200;
inline constexpr int MaxPeerMessages = 100; ///< and changes

channels::Message encodePeerLog(const PeerLogMessage &message);
/// Fails (unregistered) for another type, and (malformed) for whatever a host would not send. What
/// was said is judged when it is put into the log.
Expected<PeerLogMessage> parsePeerLog(const channels::Message &message);

} // namespace parlour::chat
