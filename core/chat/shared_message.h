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

/// What a host said or changed in a room before a message or change: ids; empty: nothing, or it is
/// not known.
struct Predecessors {
    QString ofItsKind; ///< to a message the last message, to a change the last change
    QString entry; ///< the last of both
};
void write(QVariantMap &body, const Predecessors &predecessors);
Predecessors predecessorsOf(const channels::Message &message);

/// What `said` (from this host's log) becomes on its way to others. With "username", which a site's
/// consumers read.
channels::Message makeSharedMessage(const channels::Message &said, const QString &host,
                                    const Predecessors &predecessors = {});

/// The id of the host that sent it; empty: Django, or whoever else speaks its events.
QString hostOf(const channels::Message &message);

/// Who said it or did it, as the event says; `host` is hostOf() it.
Sender senderOf(const channels::Message &message, const QString &host);
/// When, as the event says; now where that is further in the future than `maxClockSkew`, or in the
/// past than `maxAge`.
qint64 timeOf(const channels::Message &message, std::chrono::milliseconds maxClockSkew,
              std::chrono::milliseconds maxAge);

/// The end of the year 9999, ms UTC: no clock says more of a change, and there is place behind it.
inline constexpr qint64 MaxChangeTime = 253'402'300'799'999;
/// More than clocks differ.
inline constexpr std::chrono::hours MaxChangeAhead{24};
/// Whether an edit or a reaction of this time is further ahead of the clock here: so far that no
/// later one may ever come, and it would stay.
bool isTooFarAhead(qint64 time);

struct AdoptionRules {
    qint64 maxBytes = 0; ///< as JSON
    std::chrono::milliseconds maxClockSkew{0}; ///< of messages, into the future
    std::chrono::milliseconds maxAge{0};
};

/// What is to be said here of a message that came from elsewhere. It may hold anything: what is not
/// right in its extras is replaced. Fails with malformed (it has no "message",
/// or one that cannot be JSON) or too_big.
Expected<Utterance> utteranceOf(const channels::Message &message, const QString &room,
                                const AdoptionRules &rules);

} // namespace parlour::chat
