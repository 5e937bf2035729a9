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

/// What a log knows of a message beside it.
struct MessagePast {
    QString origin = {}; ///< the id of the host where it was said; empty: here
    qint64 reacted = 0; ///< ms UTC: who reacts did so before with the same emoji; 0: never
};

/// Makes of the message what it is then, and says whether the change is to be kept: it makes
/// another one of it, or is another host's reaction that is later than what is known, by which
/// earlier ones are told. Changes that were asked for at several hosts make the same of it in any
/// order: a deletion stays, else the latest counts. Fails with no_such_message, not_allowed or
/// too_many_reactions.
channels::Expected<bool> apply(const Change &change, ChatMessage &message, const MessagePast &past);

/// Fills in what a log does not keep of a change, by what the message is now, so that others can
/// follow: the text, whether a reaction is there, and since when (`reacted` is MessagePast's).
/// False where there is nothing to follow any more.
bool bringUpToDate(Change &change, const ChatMessage &message, qint64 reacted);

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
