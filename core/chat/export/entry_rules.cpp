// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/export/entry_rules.h"

#include "chat/json_reader.h"
#include "chat/reactions.h"
#include "chat/text_rules.h"

namespace parlour::chat {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype MaxEntryName = 64; ///< code points; hosts give at most 40, and numbers

QString wrongInPerson(const Sender &person, const QString &field)
{
    if (!isId(person.id))
        return u"the field \"%1.id\" must be 1 to 64 letters, digits and '-'"_s.arg(field);
    if (isBlank(person.name) || codePoints(person.name) > MaxEntryName
        || hasForbiddenCharacters(person.name))
        return u"the field \"%1.name\" must be a name: 1 to %2 characters, of one line"_s.arg(field)
            .arg(MaxEntryName);
    return {};
}

QString wrongInReactions(const QList<Reaction> &reactions)
{
    qsizetype all = 0;
    for (const Reaction &reaction : reactions) {
        if (!isEmoji(reaction.emoji))
            return u"the field \"reactions[].emoji\" must be an emoji"_s;
        if (reaction.people.isEmpty())
            return u"the field \"reactions[].people\" must not be empty"_s;
        all += reaction.people.size();
        for (const Sender &person : reaction.people) {
            if (const QString wrong = wrongInPerson(person, u"reactions[].people[]"_s);
                !wrong.isEmpty())
                return wrong;
        }
    }
    if (reactions.size() > ReactionLimits::Different || all > ReactionLimits::InAll)
        return u"there are more than %1 reactions, or more than %2 kinds of them"_s
            .arg(ReactionLimits::InAll)
            .arg(ReactionLimits::Different);
    return {};
}

QString wrongInMessage(const ExportEntry &entry)
{
    const ChatMessage &message = entry.message;
    if (message.reply && !isId(message.reply->id))
        return u"the field \"reply\" must be the id of a message"_s;
    if (!entry.json.isEmpty()) {
        if (const auto value = parseJson(entry.json); !value)
            return u"the field \"json\": "_s + value.error().message;
    }
    const bool hasContent = !message.text.isEmpty() || !entry.json.isEmpty() || message.reply
        || message.edited > 0 || !message.reactions.isEmpty();
    if (message.isDeleted && hasContent)
        return u"a deleted message has no text, nothing that was said of it and no reactions"_s;
    return wrongInReactions(message.reactions);
}

} // namespace

QString whatNoLogHolds(const ExportEntry &entry)
{
    if (entry.kind == ExportEntry::Kind::Unknown)
        return {};
    if (!isId(entry.message.id))
        return u"the field \"id\" must be 1 to 64 letters, digits and '-'"_s;
    if (!entry.origin.isEmpty() && !isId(entry.origin))
        return u"the field \"origin\" must be the id of a host"_s;
    if (const QString wrong = wrongInPerson(entry.message.sender, u"sender"_s); !wrong.isEmpty())
        return wrong;
    const auto &reactions = entry.message.reactions;
    if (entry.kind == ExportEntry::Kind::React && !reactions.isEmpty()
        && !isEmoji(reactions.constFirst().emoji))
        return u"the field \"emoji\" must be an emoji"_s;
    if (entry.kind == ExportEntry::Kind::Delete && entry.message.reply
        && !isId(entry.message.reply->id))
        return u"the field \"message\" must be the id of a message"_s;
    return entry.kind == ExportEntry::Kind::Message ? wrongInMessage(entry) : QString();
}

} // namespace parlour::chat
