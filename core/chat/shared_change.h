// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/message.h"
#include "chat/frames.h"
#include "chat/message_change.h"

#include <chrono>

/// What hosts tell each other of their rooms beside chat.message, in a group of their own on the
/// shared layer (no Django consumer is in it): what was changed, and who writes.
namespace parlour::chat {

inline constexpr QLatin1StringView RoomsGroup{"parlour.rooms"};

/// Somebody of another host writes, or does not any more.
struct TypingElsewhere {
    QString host; ///< its id
    QString room;
    QString person; ///< the id
    bool isTyping = false;
};

/// The event parlour.changed for other hosts, of the chat.changed that this host's log made.
channels::Message makeSharedChange(const channels::Message &changed, const QString &host);
/// Fails (malformed) for whatever a host would not send. A time further than `maxClockSkew` from
/// now is now.
Expected<Change> sharedChangeOf(const channels::Message &message,
                                std::chrono::milliseconds maxClockSkew);

/// The event parlour.typing.
channels::Message makeSharedTyping(const TypingElsewhere &typing);
/// Fails as sharedChangeOf().
Expected<TypingElsewhere> sharedTypingOf(const channels::Message &message);

} // namespace parlour::chat
