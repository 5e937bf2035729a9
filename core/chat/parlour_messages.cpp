// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/parlour_consumer.h"
#include "chat/reactions.h"
#include "chat/text_rules.h"

#include <algorithm>

using namespace Qt::StringLiterals;

/// What a parlour.v1 client may say in a room, and do with what was said.
namespace parlour::chat {

namespace {

Error badId(const QString &what)
{
    return {u"bad_id"_s, what + u" needs an id: a UUID."_s};
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
    Change wanted;
    wanted.kind = Change::Kind::Delete;
    wanted.isModerator = isOwner() || m_stay->person().role == "moderator"_L1;
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

void ParlourConsumer::handleFrame(const TypingFrame &frame)
{
    if (const RoomVisit *visit = visitOf(frame.room))
        m_house.setTyping(visit->room(), m_stay->person().id, frame.typing, m_options.clock());
}

// What is beyond the log's end was not there to be seen; of an older epoch nothing is.
void ParlourConsumer::handleFrame(const ReadFrame &frame)
{
    const RoomVisit *visit = visitOf(frame.room);
    if (!visit)
        return;
    const QString title = visit->room().title();
    const Position end = m_log.position(title);
    const Position seen{end.epoch, std::min(frame.position.number, end.number)};
    if (frame.position.epoch == end.epoch
        && m_house.reads().advance(m_stay->person().id, title, seen))
        m_stay->tellOthers(encode(ServerFrame{ReadFrame{title, seen}}));
}

} // namespace parlour::chat
