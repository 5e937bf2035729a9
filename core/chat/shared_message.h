// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/message.h"
#include "chat/room_log.h"

#include <chrono>
#include <optional>

/// The event chat.message as it travels between hosts and Django. What Parlour adds to it (host,
/// room, id, sender, time) rides inside: any other event in that group would close Django's members
/// of it.
namespace parlour::chat {

/// Where a message was said that no Parlour host sent.
inline constexpr QLatin1StringView ForeignOrigin{"django"};

/// What `said` (from this host's log) becomes on its way to others. With "username", which a site's
/// consumers read, and the id of what the host said `before` it in the room (empty: not known).
channels::Message makeSharedMessage(const channels::Message &said, const QString &host,
                                    const QString &before = {});

/// The id of what its host said before it in the room; empty: none, or it is not known.
QString beforeOf(const channels::Message &message);

/// The id of the host that sent it; empty: Django, or whoever else speaks its events.
QString hostOf(const channels::Message &message);

/// Who said it or did it, as the event says; `host` is hostOf() it.
Sender senderOf(const channels::Message &message, const QString &host);
/// When, as the event says; now where that is further in the future than `maxClockSkew`, or in the
/// past than `maxAge` (as far where none is given).
qint64 timeOf(const channels::Message &message, std::chrono::milliseconds maxClockSkew,
              std::optional<std::chrono::milliseconds> maxAge = {});

struct AdoptionRules {
    qint64 maxBytes = 0; ///< as JSON
    std::chrono::milliseconds maxClockSkew{0}; ///< into the future
    std::chrono::milliseconds maxAge{0};
};

/// What is to be said here of a message that came from elsewhere. It may hold anything: what is not
/// right in its extras is replaced. Fails with malformed (it has no "message",
/// or one that cannot be JSON) or too_big.
Expected<Utterance> utteranceOf(const channels::Message &message, const QString &room,
                                const AdoptionRules &rules);

} // namespace parlour::chat
