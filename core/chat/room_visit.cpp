// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/room_visit.h"

#include "chat/chat_message.h"
#include "chat/json_writer.h"

using namespace Qt::StringLiterals;

namespace parlour::chat {

namespace {
// Said while the log was asked for its last messages; a turn's worth is a few.
constexpr size_t MaxWaiting = 1000;
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

void RoomVisit::begin(const RoomState &state, int historyCount)
{
    m_log.last(m_room.title(), historyCount, this,
               [this, state](const Expected<RoomLog::Page> &page) { showHistory(state, page); });
}

void RoomVisit::showHistory(const RoomState &state, const Expected<RoomLog::Page> &page)
{
    // A log that cannot be read is no reason to keep people apart.
    const RoomLog::Page shown = page ? *page : RoomLog::Page{{state.epoch, state.number}, {}};
    m_shown = shown.end;
    RoomState now = state;
    now.epoch = m_shown.epoch;
    now.number = m_shown.number;
    now.people = m_room.people();
    m_visitor.sendFrame(encode(ServerFrame{JoinedFrame{now}}));
    m_visitor.sendFrame(
        encode(ServerFrame{HistoryFrame{m_room.title(), m_shown.epoch, shown.messages}}));
    m_membersComing = connect(&m_room, &Room::membersListed, this, &RoomVisit::showMembers);
    m_room.requestMembers();
}

void RoomVisit::showMembers(const QByteArray &frame)
{
    disconnect(m_membersComing);
    m_visitor.sendFrame(frame);
    connect(&m_room, &Room::noticed, this,
            [this](const QByteArray &notice) { m_visitor.sendFrame(notice); });
    m_isLive = true;
    const auto waiting = std::exchange(m_waiting, {});
    for (const Said &said : waiting)
        show(said);
}

void RoomVisit::receive(const channels::Message &message, const ChatMessage &content)
{
    if (m_isLive)
        show({message, content});
    else if (m_waiting.size() < MaxWaiting)
        m_waiting.push_back({message, content});
    else
        m_visitor.fellBehind();
}

void RoomVisit::show(const Said &said)
{
    m_unacknowledged.remove(said.content.id);
    if (said.content.epoch == m_shown.epoch && said.content.number <= m_shown.number)
        return;
    m_shown = {said.content.epoch, said.content.number};
    m_visitor.sendFrame(parlourEncoding(said.message, said.content));
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
    const bool isOld = posted->epoch == m_shown.epoch && posted->number <= m_shown.number;
    if (m_isLive && isOld && m_unacknowledged.remove(id))
        m_visitor.sendFrame(encode(ServerFrame{MessageFrame{*posted}}));
}

} // namespace parlour::chat
