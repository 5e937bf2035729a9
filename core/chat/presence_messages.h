// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/message.h"
#include "chat/frames.h"

#include <variant>

/// What hosts tell each other of who is with them, in a group of their own on the shared layer (no
/// Django consumer is in it). docs/protocol.md says how they are used.
namespace parlour::chat {

inline constexpr QLatin1StringView PresenceGroup{"parlour.presence"};
/// Of the names of a host's channels on the shared layer. No other program's begin like that.
inline constexpr QLatin1StringView SharedPrefix{"parlour"};

/// Who came to a room of a host or is another one now, and who left it; or who is in it.
struct RoomPresence {
    QString room;
    QList<Person> here; ///< their `host` is left to the reader
    QStringList gone; ///< ids

    friend bool operator==(const RoomPresence &, const RoomPresence &) = default;
};

/// The host lives: sent every few seconds.
struct PresenceAlive {
    QString title;
    QString channel; ///< one of the host's on the shared layer
    qint64 sequence = 0; ///< of its last changes
};
/// What changed since the changes before.
struct PresenceChanges {
    qint64 sequence = 0;
    QList<RoomPresence> rooms;
};
/// A part of everything, as it stands after the changes of that number.
struct PresenceState {
    qint64 sequence = 0;
    int part = 0;
    int parts = 1;
    QList<RoomPresence> rooms;
};
/// Everything is wanted: that host, and the others where `of` is empty, may send it again.
struct PresenceAsk {
    QString of;
};
/// The host stops.
struct PresenceGoodbye {
};

using PresenceContent =
    std::variant<PresenceAlive, PresenceChanges, PresenceState, PresenceAsk, PresenceGoodbye>;
struct PresenceMessage {
    QString host; ///< id of who says it
    PresenceContent content;
};

/// People in one message, at most; a sender splits what is more.
inline constexpr qsizetype MaxPresencePeople = 200;

/// `rooms` in pieces that fit a message each; at least one.
QList<QList<RoomPresence>> presencePieces(const QList<RoomPresence> &rooms);

channels::Message encodePresence(const PresenceMessage &message);
/// Fails (unregistered) for another type, and (malformed) for whatever a host would not send.
Expected<PresenceMessage> parsePresence(const channels::Message &message);

} // namespace parlour::chat
