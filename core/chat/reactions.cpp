// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/reactions.h"

#include "chat/frame_parts.h"
#include "chat/text_rules.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parlour::chat {

namespace {

bool isAsciiLetter(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z');
}

qsizetype reactionsIn(const QList<Reaction> &reactions)
{
    qsizetype count = 0;
    for (const Reaction &reaction : reactions)
        count += reaction.people.size();
    return count;
}

Error tooManyReactions()
{
    return {u"too_many_reactions"_s,
            u"A message has at most %1 reactions, of %2 kinds."_s.arg(ReactionLimits::InAll)
                .arg(ReactionLimits::Different)};
}

} // namespace

bool isEmoji(const QString &text)
{
    const auto isOther = [](QChar c) { return isAsciiLetter(c) || c.isSpace(); };
    return !isBlank(text) && text.size() <= 2 * ReactionLimits::CodePoints
        && codePoints(text) <= ReactionLimits::CodePoints && !hasForbiddenCharacters(text)
        && std::none_of(text.begin(), text.end(), isOther);
}

Expected<bool> react(QList<Reaction> &reactions, const QString &emoji, const Sender &person,
                     bool on, qsizetype times)
{
    const auto found =
        std::find_if(reactions.begin(), reactions.end(),
                     [&](const Reaction &reaction) { return reaction.emoji == emoji; });
    const bool isKnown = found != reactions.end();
    const auto isPerson = [&](const Sender &other) { return other.id == person.id; };
    if (!on) {
        if (!isKnown || found->people.removeIf(isPerson) == 0)
            return false;
        if (found->people.isEmpty())
            reactions.erase(found);
        return true;
    }
    if (isKnown && std::any_of(found->people.begin(), found->people.end(), isPerson))
        return false;
    if (reactionsIn(reactions) >= times * ReactionLimits::InAll
        || (!isKnown && reactions.size() >= times * ReactionLimits::Different))
        return tooManyReactions();
    if (isKnown)
        found->people.append(person);
    else
        reactions.append({emoji, {person}});
    return true;
}

QByteArray jsonOf(const QList<Reaction> &reactions)
{
    JsonWriter json;
    json.beginArray();
    for (const Reaction &reaction : reactions)
        write(json, reaction);
    return json.endArray().take();
}

QList<Reaction> reactionsOf(const QByteArray &json)
{
    const QByteArray object = "{\"reactions\":" + json + '}';
    const auto document = parseJson(object);
    simdjson::dom::object members;
    if (!document || document->get(members) != simdjson::SUCCESS)
        return {};
    JsonProblem problem;
    const auto reactions = JsonReader(members, problem).list("reactions", readReaction);
    return problem.isSet() ? QList<Reaction>() : reactions;
}

} // namespace parlour::chat
