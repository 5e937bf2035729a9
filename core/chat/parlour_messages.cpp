// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/parlour_consumer.h"
#include "chat/reactions.h"
#include "chat/text_rules.h"

using namespace Qt::StringLiterals;

/// What a parlour.v1 client may say in a room, and do with what was said.
namespace parlour::chat {

namespace {

constexpr qsizetype MaxTextLength = 4000;

Error badId(const QString &what)
{
    return {u"bad_id"_s, what + u" needs an id: a UUID."_s};
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

std::optional<Error> whatIsWrongWith(const SayFrame &frame)
{
    if (!isUuid(frame.id))
        return badId(u"A message"_s);
    if (!frame.reply.isEmpty() && !isUuid(frame.reply))
        return badId(u"The message that is replied to"_s);
    return whatIsWrongWithText(frame.text);
}

} // namespace

void ParlourConsumer::handleFrame(const SayFrame &frame)
{
    RoomVisit *visit = visitOf(frame.room, frame.id);
    if (!visit)
        return;
    if (const auto wrong = whatIsWrongWith(frame))
        sendError(*wrong, visit->room().title(), frame.id);
    else
        visit->say(frame);
}

template <typename Frame>
void ParlourConsumer::change(const Frame &frame, const std::optional<Error> &isWrong, Change change)
{
    RoomVisit *visit = visitOf(frame.room, frame.id);
    if (!visit)
        return;
    const QString title = visit->room().title();
    if (!isUuid(frame.id)) {
        sendError(badId(u"A change"_s), title, frame.id);
    } else if (!isUuid(frame.of)) {
        sendError(badId(u"The message that is changed"_s), title, frame.id);
    } else if (isWrong) {
        sendError(*isWrong, title, frame.id);
    } else {
        change.id = frame.id;
        change.of = frame.of;
        visit->change(std::move(change));
    }
}

void ParlourConsumer::handleFrame(const EditFrame &frame)
{
    Change wanted;
    wanted.text = frame.text;
    change(frame, whatIsWrongWithText(frame.text), wanted);
}

void ParlourConsumer::handleFrame(const DeleteFrame &frame)
{
    const QString role = m_stay->person().role;
    Change wanted;
    wanted.kind = Change::Kind::Delete;
    wanted.isModerator = role == "owner"_L1 || role == "moderator"_L1;
    change(frame, {}, wanted);
}

void ParlourConsumer::handleFrame(const ReactFrame &frame)
{
    Change wanted;
    wanted.kind = Change::Kind::React;
    wanted.emoji = frame.emoji;
    wanted.on = frame.on;
    std::optional<Error> wrong;
    if (!isEmoji(frame.emoji))
        wrong = Error{u"bad_emoji"_s, u"A reaction is an emoji, without letters and spaces."_s};
    else if (m_stay->person().role == "read-only"_L1)
        wrong = Error{u"not_allowed"_s, u"You may read here, and nothing more."_s};
    change(frame, wrong, wanted);
}

} // namespace parlour::chat
