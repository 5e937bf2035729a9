// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/message_change.h"

#include "chat/reactions.h"
#include "chat/text_rules.h"

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
    if (change.text == message.text)
        return false;
    message.text = change.text;
    message.edited = change.time;
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

Expected<bool> apply(const Change &change, ChatMessage &message, const QString &origin)
{
    if (message.isDeleted)
        return change.kind == Change::Kind::Delete ? Expected<bool>(false) : noSuchMessage();
    switch (change.kind) {
    case Change::Kind::Edit:
        return edit(change, message);
    case Change::Kind::Delete:
        return remove(change, message, origin);
    case Change::Kind::React:
        break;
    }
    return react(message.reactions, change.emoji, change.by, change.on);
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
