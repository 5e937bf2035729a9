// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/message.h"
#include "chat/frames.h"
#include "chat/message_change.h"
#include "chat/shared_message.h"

#include <optional>

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
channels::Message makeSharedChange(const channels::Message &changed, const QString &host,
                                   const Predecessors &predecessors);
/// The same of a change that the log has for longer.
channels::Message makeSharedChange(const Change &change, const QString &host);
/// As makeSharedChange() wrote them; nothing where its host is of a version that does not.
std::optional<Predecessors> predecessorsOfChange(const channels::Message &message);
/// Fails (malformed) for whatever a host would not send. Its time is what that host's clock said:
/// all compare the same times, though they be wrong, and who changes it next gives a later one.
Expected<Change> sharedChangeOf(const channels::Message &message);

/// The event parlour.typing.
channels::Message makeSharedTyping(const TypingElsewhere &typing);
/// Fails as sharedChangeOf().
Expected<TypingElsewhere> sharedTypingOf(const channels::Message &message);

} // namespace parlour::chat
