// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/room_visit.h"

#include "chat/chat_message.h"
#include "chat/json_writer.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parlour::chat {

namespace {

// Said while the log was asked, or while members are listed; a turn's worth is a few.
constexpr size_t MaxWaiting = 1000;
// Of one frame's messages together, in UTF-16 units, of which each is six bytes of JSON at most: a
// frame that is over the limit of unread output would cut the same client off again and again.
constexpr qsizetype MaxPartText = qsizetype(256) * 1024;

/// How many of these fit into one frame; one does in any case.
template <typename Iterator>
qsizetype fitting(Iterator begin, Iterator end)
{
    qsizetype text = 0;
    const auto over = std::find_if(begin, end, [&text](const ChatMessage &message) {
        text += message.text.size();
        return text > MaxPartText;
    });
    return over == begin ? std::min<qsizetype>(1, end - begin) : over - begin;
}

/// Keeps the last ones that fit; the page has older ones then.
void cut(RoomLog::Page &page)
{
    const qsizetype surplus =
        page.messages.size() - fitting(page.messages.crbegin(), page.messages.crend());
    page.messages.remove(0, surplus);
    page.hasOlder = page.hasOlder || surplus > 0;
}

/// Keeps the first ones that fit; there is a further part then.
void cut(RoomLog::Catchup &part)
{
    const qsizetype fit = fitting(part.messages.cbegin(), part.messages.cend());
    part.hasMore = part.hasMore || fit < part.messages.size();
    part.messages.resize(fit);
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

void RoomVisit::begin(const RoomState &state, const std::optional<Position> &position, int partSize)
{
    m_state = state;
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
        refuse(u"out_of_turn"_s,
               u"Ask for history when the answer to what was asked before is there."_s);
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
    RoomLog::Page shown = page ? *page : RoomLog::Page{m_asked, {}, false};
    cut(shown);
    sendJoined(shown.end);
    sendHistory({m_room.title(), shown.end.epoch, shown.messages, {}, {}, shown.hasOlder});
    m_shown = shown.end;
    listMembers();
}

void RoomVisit::showPart(const Expected<RoomLog::Catchup> &missed)
{
    RoomLog::Catchup part = missed ? *missed : RoomLog::Catchup{m_asked, {}, true, false};
    cut(part);
    // What was said meanwhile is in the log, and may as well come with the next part.
    part.hasMore = std::exchange(m_hasMissed, false) || part.hasMore;
    sendJoined(part.end);
    sendHistory(
        {m_room.title(), part.end.epoch, part.messages, m_after, {}, part.hasMore, part.isLost});
    if (!missed)
        refuse(u"not_read"_s, u"What you missed could not be read: "_s + missed.error().message);
    if (!part.hasMore) {
        m_shown = part.end;
        listMembers();
        return;
    }
    m_waiting.clear();
    m_stage = Stage::Paused;
    if (!part.messages.isEmpty())
        m_shown = {part.messages.last().epoch, part.messages.last().number};
}

void RoomVisit::showOlder(qint64 number, const Expected<RoomLog::Page> &page)
{
    m_isPaging = false;
    if (!page) {
        refuse(u"not_read"_s, u"Older messages could not be read: "_s + page.error().message);
        return;
    }
    RoomLog::Page older = *page;
    cut(older);
    sendHistory({m_room.title(), older.end.epoch, older.messages, {}, number, older.hasOlder});
}

void RoomVisit::sendJoined(const Position &end)
{
    if (std::exchange(m_isJoined, true))
        return;
    m_state.epoch = end.epoch;
    m_state.number = end.number;
    m_state.people = m_room.people();
    m_visitor.sendFrame(encode(ServerFrame{JoinedFrame{m_state}}));
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
    m_stage = Stage::Live;
    const auto waiting = std::exchange(m_waiting, {});
    for (const Said &said : waiting)
        show(said);
    const auto kept = std::exchange(m_kept, {});
    for (const ChatMessage &message : kept)
        acknowledge(message, message.id);
}

void RoomVisit::receive(const channels::Message &message, const ChatMessage &content)
{
    if (m_stage == Stage::Live)
        show({message, content});
    else if (m_stage == Stage::Paused)
        return; // it is in the log, and comes with a part
    else if (m_waiting.size() < MaxWaiting)
        m_waiting.push_back({message, content});
    else if (m_stage == Stage::Reading && m_after)
        m_hasMissed = true;
    else
        m_visitor.fellBehind();
}

void RoomVisit::show(const Said &said)
{
    m_unacknowledged.remove(said.content.id);
    if (hasShown(said.content))
        return;
    m_shown = {said.content.epoch, said.content.number};
    m_visitor.sendFrame(parlourEncoding(said.message, said.content));
}

bool RoomVisit::hasShown(const ChatMessage &message) const
{
    return message.epoch == m_shown.epoch && message.number <= m_shown.number;
}

void RoomVisit::refuse(const QString &code, const QString &message)
{
    m_visitor.sendError({code, message, m_room.title(), {}, 0});
}

void RoomVisit::say(const QString &id, const QString &text)
{
    m_unacknowledged.insert(id);
    const Person &person = m_person.person();
    m_log.post({m_room.title(), id, {person.id, person.name}, text, jsonString(text)}, this,
               [this, id](const Expected<ChatMessage> &posted) { acknowledge(posted, id); });
}

// The message itself is the acknowledgement, and comes through the layer; but not again where it
// was said before.
void RoomVisit::acknowledge(const Expected<ChatMessage> &posted, const QString &id)
{
    if (!posted) {
        m_unacknowledged.remove(id);
        const Error &error = posted.error();
        const bool isBadId = error.code == "bad_id"_L1;
        m_visitor.sendError(
            {isBadId ? error.code : u"not_logged"_s,
             isBadId ? error.message
                     : u"The message could not be kept, so it was not said: "_s + error.message,
             m_room.title(), id, 0});
        return;
    }
    if (m_stage == Stage::Live) {
        if (hasShown(*posted) && m_unacknowledged.remove(id))
            m_visitor.sendFrame(encode(ServerFrame{MessageFrame{*posted}}));
    } else if (m_kept.size() < MaxWaiting) {
        m_kept.push_back(*posted);
    } else {
        m_visitor.fellBehind();
    }
}

} // namespace parlour::chat
