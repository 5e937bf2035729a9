// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/message_change.h"

#include "chat/reactions.h"
#include "chat/text_rules.h"
#include "chat/token_store.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace parlour::chat {

using channels::Error;
using channels::Expected;

namespace {

constexpr qsizetype QuoteLength = 140; ///< code points
constexpr qsizetype MaxTextLength = 4000; ///< code points

Error notAllowed(const QString &why)
{
    return {u"not_allowed"_s, why};
}

Expected<bool> edit(const Change &change, ChatMessage &message)
{
    if (change.by.id != message.sender.id)
        return notAllowed(u"Only who said a message changes its text."_s);
    const bool isAskedHere = change.origin.isEmpty();
    if (isAskedHere && change.text == message.text)
        return false;
    // Whoever sees the newest text changes that one, whatever another host's clock said.
    const qint64 time = isAskedHere ? std::max(change.time, message.edited + 1) : change.time;
    if (std::pair(time, change.text) <= std::pair(message.edited, message.text))
        return false;
    message.text = change.text;
    message.edited = time;
    return true;
}

// What was said on a host is moderated there; others follow its moderators in what they have of it.
Expected<bool> remove(const Change &change, ChatMessage &message, const QString &origin)
{
    const bool isModerator =
        change.isModerator && (change.origin.isEmpty() || change.origin == origin);
    if (change.by.id != message.sender.id && !isModerator) {
        return notAllowed(u"Only who said a message, the host's owner and moderators delete it."_s);
    }
    message.text.clear();
    message.reply.reset();
    message.edited = 0;
    message.isDeleted = true;
    message.reactions.clear();
    return true;
}

/// Who is known here by a token is on no other host.
bool isForged(const Change &change, const ChatMessage &message, const QString &origin)
{
    return change.origin != origin && change.by.id == message.sender.id
        && isIdOfToken(change.by.id);
}

bool isThere(const QList<Reaction> &reactions, const QString &emoji, const Sender &person)
{
    return std::any_of(reactions.begin(), reactions.end(), [&](const Reaction &reaction) {
        return reaction.emoji == emoji
            && std::any_of(reaction.people.begin(), reaction.people.end(),
                           [&](const Sender &other) { return other.id == person.id; });
    });
}

// What another host tells counts by its time, also where it changes nothing: what was done before
// it, and is told behind it, must not undo it.
Expected<bool> react(const Change &change, ChatMessage &message, qint64 before)
{
    const bool isAskedHere = change.origin.isEmpty();
    const bool isLater = change.time > before
        || (change.time == before && change.on
            && !isThere(message.reactions, change.emoji, change.by));
    if (!isAskedHere && !isLater)
        return false;
    const auto isOther = react(message.reactions, change.emoji, change.by, change.on,
                               isAskedHere ? 1 : ReactionLimits::OverHosts);
    if (!isOther || isAskedHere)
        return isOther;
    return true;
}

} // namespace

QString nameOf(Change::Kind kind)
{
    switch (kind) {
    case Change::Kind::Edit:
        return u"edit"_s;
    case Change::Kind::Delete:
        return u"delete"_s;
    case Change::Kind::React:
        break;
    }
    return u"react"_s;
}

Expected<bool> apply(const Change &change, ChatMessage &message, const MessagePast &past)
{
    if (isForged(change, message, past.origin))
        return notAllowed(u"Who said it is on another host, and cannot be."_s);
    if (message.isDeleted) {
        const bool isKnownToAsker = change.origin.isEmpty() && change.kind != Change::Kind::Delete;
        return isKnownToAsker ? Expected<bool>(noSuchMessage()) : Expected<bool>(false);
    }
    switch (change.kind) {
    case Change::Kind::Edit:
        return edit(change, message);
    case Change::Kind::Delete:
        return remove(change, message, past.origin);
    case Change::Kind::React:
        break;
    }
    return react(change, message, past.reacted);
}

bool bringUpToDate(Change &change, const ChatMessage &message, qint64 reacted)
{
    change.of = message.id;
    if (change.kind == Change::Kind::Delete) {
        change.isModerator = change.by.id != message.sender.id;
        return message.isDeleted;
    }
    if (change.kind == Change::Kind::React) {
        change.on = isThere(message.reactions, change.emoji, change.by);
        change.time = std::max(change.time, reacted);
        return !message.isDeleted && !change.emoji.isEmpty();
    }
    change.text = message.text;
    change.time = message.edited;
    return !message.isDeleted && message.edited > 0;
}

std::optional<Error> whatIsWrongWithText(const QString &text)
{
    if (text.trimmed().isEmpty())
        return Error{u"bad_text"_s, u"The message is empty."_s};
    if (codePoints(text) > MaxTextLength) {
        return Error{u"text_too_long"_s,
                     u"A message has at most %1 characters."_s.arg(MaxTextLength)};
    }
    return std::nullopt;
}

Error noSuchMessage()
{
    return {u"no_such_message"_s, u"The room has no such message any more."_s};
}

Quote quoteOf(const ChatMessage &message)
{
    return {message.id, message.number, message.sender, firstCodePoints(message.text, QuoteLength)};
}

qsizetype textSize(const ChatMessage &message)
{
    qsizetype size = message.text.size();
    if (message.reply)
        size += message.reply->text.size();
    for (const Reaction &reaction : message.reactions) {
        size += reaction.emoji.size();
        for (const Sender &person : reaction.people)
            size += person.id.size() + person.name.size();
    }
    return size;
}

} // namespace parlour::chat
