// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/room_visit.h"

#include "chat/json_writer.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parlour::chat {

namespace {

// Said while the log was asked, or while members are listed; a turn's worth is a few.
constexpr size_t MaxWaiting = 1000;

RoomVisit::News newsOf(const ChatMessage &message)
{
    return {
        message.id, {message.epoch, message.number}, encode(ServerFrame{MessageFrame{message}})};
}

RoomVisit::News newsOf(const ChangedFrame &changed)
{
    return {changed.id, {changed.epoch, changed.number}, encode(ServerFrame{changed})};
}

} // namespace

RoomVisit::Visitor::~Visitor() = default;

RoomVisit::RoomVisit(Visitor &visitor, Room &room, PresentPerson &person, RoomLog &log)
    : m_visitor(visitor)
    , m_room(room)
    , m_person(person)
    , m_log(log)
{
    m_room.enter(m_person);
}

RoomVisit::~RoomVisit()
{
    m_room.leave(m_person);
}

void RoomVisit::begin(const JoinedFrame &joined, const std::optional<Position> &position,
                      int partSize)
{
    m_joined = joined;
    m_partSize = std::max(partSize, 1);
    if (position) {
        m_shown = *position;
        readPart();
        return;
    }
    m_asked = m_log.position(m_room.title());
    m_log.last(m_room.title(), partSize, this,
               [this](const Expected<RoomLog::Page> &page) { showLast(page); });
}

void RoomVisit::readHistory(const AskHistoryFrame &frame)
{
    if (frame.before && m_stage == Stage::Live && !m_isPaging) {
        readOlder(*frame.before, frame.count);
    } else if (frame.after && m_stage == Stage::Paused) {
        m_shown = *frame.after;
        readPart();
    } else {
        refuse({u"out_of_turn"_s,
                u"Ask for history when the answer to what was asked before is there."_s});
    }
}

void RoomVisit::readPart()
{
    m_stage = Stage::Reading;
    m_after = m_shown.number;
    m_asked = m_log.position(m_room.title());
    m_log.since(m_room.title(), m_shown, m_partSize, this,
                [this](const Expected<RoomLog::Catchup> &missed) { showPart(missed); });
}

void RoomVisit::readOlder(qint64 number, int count)
{
    m_isPaging = true;
    m_log.before(m_room.title(), number, std::clamp(count, 1, m_partSize), this,
                 [this, number](const Expected<RoomLog::Page> &page) { showOlder(number, page); });
}

// A log that cannot be read is no reason to keep people apart.
void RoomVisit::showLast(const Expected<RoomLog::Page> &page)
{
    const RoomLog::Page shown = page.valueOr({m_asked});
    sendJoined(shown.end);
    HistoryFrame frame{m_room.title(), shown.end.epoch, shown.messages, {}, {}, shown.hasOlder};
    frame.first = shown.first;
    frame.number = shown.number;
    sendHistory(frame);
    m_shown = shown.end;
    listMembers();
}

void RoomVisit::showPart(const Expected<RoomLog::Catchup> &missed)
{
    RoomLog::Catchup part = missed.valueOr({m_asked});
    // What was said meanwhile is in the log, and may as well come with the next part.
    part.hasMore = std::exchange(m_hasMissed, false) || part.hasMore;
    sendJoined(part.end);
    sendHistory({m_room.title(),
                 part.end.epoch,
                 part.messages,
                 m_after,
                 {},
                 part.hasMore,
                 part.isLost || !missed,
                 part.first,
                 part.number,
                 part.changed});
    if (!missed)
        refuse({u"not_read"_s, u"What you missed could not be read: "_s + missed.error().message,
                missed.error().cause});
    if (!part.hasMore) {
        m_shown = part.end;
        listMembers();
        return;
    }
    m_waiting.clear();
    m_stage = Stage::Paused;
    if (part.number > 0)
        m_shown = {part.end.epoch, part.number};
}

void RoomVisit::showOlder(qint64 number, const Expected<RoomLog::Page> &page)
{
    m_isPaging = false;
    if (!page) {
        refuse({u"not_read"_s, u"Older messages could not be read: "_s + page.error().message,
                page.error().cause});
        return;
    }
    HistoryFrame frame{m_room.title(), page->end.epoch, page->messages, {}, number, page->hasOlder};
    frame.first = page->first;
    frame.number = page->number;
    sendHistory(frame);
}

void RoomVisit::sendJoined(const Position &end)
{
    if (std::exchange(m_isJoined, true))
        return;
    m_joined.room.epoch = end.epoch;
    m_joined.room.number = end.number;
    m_joined.room.people = m_room.people();
    m_visitor.sendFrame(encode(ServerFrame{m_joined}));
}

void RoomVisit::sendHistory(const HistoryFrame &frame)
{
    for (const ChatMessage &message : frame.messages)
        m_unacknowledged.remove(message.id);
    m_visitor.sendFrame(encode(ServerFrame{frame}));
}

void RoomVisit::listMembers()
{
    m_stage = Stage::Listing;
    m_membersComing = connect(&m_room, &Room::membersListed, this, &RoomVisit::showMembers);
    m_room.requestMembers();
}

void RoomVisit::showMembers(const QByteArray &frame)
{
    disconnect(m_membersComing);
    m_visitor.sendFrame(frame);
    connect(&m_room, &Room::noticed, this,
            [this](const QByteArray &notice) { m_visitor.sendFrame(notice); });
    connect(&m_room, &Room::typed, this, [this](const QString &id, const QByteArray &typing) {
        if (id != m_person.person().id)
            m_visitor.sendFrame(typing);
    });
    m_stage = Stage::Live;
    const auto waiting = std::exchange(m_waiting, {});
    for (const News &news : waiting)
        show(news);
    const auto kept = std::exchange(m_kept, {});
    for (const News &own : kept)
        acknowledge(own);
}

void RoomVisit::receive(const News &news)
{
    if (m_stage == Stage::Live)
        show(news);
    else if (m_stage == Stage::Paused)
        return; // it is in the log, and comes with a part
    else if (m_waiting.size() < MaxWaiting)
        m_waiting.push_back(news);
    else if (m_stage == Stage::Reading && m_after)
        m_hasMissed = true;
    else
        m_visitor.fellBehind();
}

void RoomVisit::show(const News &news)
{
    if (hasShown(news.position))
        return;
    m_unacknowledged.remove(news.id);
    m_shown = news.position;
    m_visitor.sendFrame(news.frame);
}

bool RoomVisit::hasShown(const Position &position) const
{
    return position.epoch == m_shown.epoch && position.number <= m_shown.number;
}

void RoomVisit::refuse(const Error &error, const QString &id)
{
    m_visitor.sendError({error.code, error.message, m_room.title(), id, 0, error.cause});
}

Sender RoomVisit::sender() const
{
    return {m_person.person().id, m_person.person().name};
}

void RoomVisit::say(const SayFrame &frame)
{
    m_unacknowledged.insert(frame.id);
    Utterance utterance{m_room.title(), frame.id, sender(), frame.text, jsonString(frame.text)};
    utterance.reply = frame.reply;
    m_log.post(utterance, this,
               [this, id = frame.id](const Expected<ChatMessage> &posted) { answer(id, posted); });
}

void RoomVisit::change(Change change)
{
    change.room = m_room.title();
    change.by = sender();
    m_unacknowledged.insert(change.id);
    m_log.change(change, this, [this, id = change.id](const Expected<ChangedFrame> &changed) {
        answer(id, changed);
    });
}

template <typename Frame>
void RoomVisit::answer(const QString &id, const Expected<Frame> &kept)
{
    if (kept) {
        if (m_stage == Stage::Live && !m_unacknowledged.contains(id))
            return; // it came with what the room got: nothing to write
        News own = newsOf(*kept);
        own.id = id; // as this client wrote it
        acknowledge(own);
        return;
    }
    Error error = kept.error();
    if (error.cause == "restarting"_L1)
        return; // what is not answered is said again, when its client is back
    m_unacknowledged.remove(id);
    if (error.code == "not_logged"_L1)
        error.message.prepend("It could not be kept, so it was not said: "_L1);
    refuse(error, id);
}

// What the room got is the acknowledgement, and comes through the layer; but not again where it was
// said before, changed nothing, or came with a part of what was missed.
void RoomVisit::acknowledge(const News &kept)
{
    if (m_stage == Stage::Live) {
        if (hasShown(kept.position) && m_unacknowledged.remove(kept.id))
            m_visitor.sendFrame(kept.frame);
    } else if (m_kept.size() < MaxWaiting) {
        m_kept.push_back(kept);
    } else {
        m_visitor.fellBehind();
    }
}

} // namespace parlour::chat
