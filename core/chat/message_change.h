// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"
#include "chat/frame_values.h"

#include <optional>

/// What changes a message that a log has, and by which rules.
namespace parlour::chat {

/// A change that somebody wants: what the log does not decide itself.
struct Change {
    enum class Kind { Edit = 1, Delete = 2, React = 3 };

    QString room;
    QString id; ///< a UUID; asked for again, it is one change
    QString of; ///< the message's id
    Sender by;
    Kind kind = Kind::Edit;
    QString text = {}; ///< of an edit
    QString emoji = {}; ///< of a reaction
    bool on = true; ///< else the reaction is taken back
    bool isModerator = false; ///< may delete what others say
    QString origin = {}; ///< the id of the host where it was asked for; empty: here
    qint64 time = 0; ///< ms UTC, when it was asked for; 0: now
};

/// As frames call it.
QString nameOf(Change::Kind kind);

/// Makes of the message what it is then, and says whether that is another one. `origin` is the id
/// of the host where the message was said; empty: here. Fails with no_such_message, not_allowed or
/// too_many_reactions.
channels::Expected<bool> apply(const Change &change, ChatMessage &message, const QString &origin);

/// As of what parlour.v1 clients say and edit: bad_text or text_too_long; nothing where it is
/// right.
std::optional<channels::Error> whatIsWrongWithText(const QString &text);

/// The answer to a change of what the log does not have.
channels::Error noSuchMessage();

/// What others say of it when they reply to it.
Quote quoteOf(const ChatMessage &message);

/// Of all that people wrote of it, in UTF-16 units.
qsizetype textSize(const ChatMessage &message);

} // namespace parlour::chat
