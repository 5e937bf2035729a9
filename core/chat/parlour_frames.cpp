// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/close_codes.h"
#include "chat/parlour_consumer.h"
#include "chat/room_names.h"

using namespace Qt::StringLiterals;

/// What a parlour.v1 client may ask for, frame by frame.
namespace parlour::chat {

namespace {

int closeCodeOf(const Error &refusal)
{
    if (refusal.code == "host_full"_L1)
        return close_code::HostFull;
    return refusal.code == "bad_link"_L1 ? close_code::LinkRefused : close_code::HelloRefused;
}

} // namespace

void ParlourConsumer::handleFrame(const HelloFrame &frame)
{
    if (frame.key.isEmpty()) {
        enter(frame);
        return;
    }
    m_challenge.emplace(frame, fingerprintSeen());
    sendText(encode(ServerFrame{m_challenge->frame()}));
}

void ParlourConsumer::handleFrame(const ProofFrame &frame)
{
    const KeyChallenge challenge = *std::exchange(m_challenge, std::nullopt);
    if (challenge.isAnsweredBy(frame, m_options.verifyKey))
        enter(challenge.hello());
    else
        refuseEntry(close_code::ProofRefused,
                    {u"bad_proof"_s, u"The signature is not one of the key that was named."_s});
}

void ParlourConsumer::refuseEntry(int closeCode, const Error &error)
{
    sendError(error);
    close(closeCode, error.message);
}

void ParlourConsumer::enter(const HelloFrame &hello)
{
    auto arrival = m_house.people().arrive(hello, isOwner());
    if (!arrival) {
        refuseEntry(closeCodeOf(arrival.error()), arrival.error());
        return;
    }
    m_helloTimer.reset();
    m_stay = std::move(arrival->stay);
    m_known = m_stay->person();
    channel()->setPerson(m_stay->person().id, m_stay->person().name);
    listen();
    welcome(arrival->token);
    if (!m_fixedRoom.isEmpty())
        handleFrame(JoinFrame{m_fixedRoom, hello.position});
}

void ParlourConsumer::listen()
{
    QObject::connect(&m_stay->presence(), &PresentPerson::changed, channel(),
                     [this] { personChanged(); });
    QObject::connect(&m_house, &House::noticed, channel(),
                     [this](const QByteArray &notice) { sendText(notice); });
    QObject::connect(&m_stay->presence(), &PresentPerson::told, channel(),
                     [this](const QByteArray &frame, const Stay *by) {
                         if (by != m_stay.get())
                             sendText(frame);
                     });
}

void ParlourConsumer::welcome(const QString &token)
{
    sendText(encode(ServerFrame{
        WelcomeFrame{m_house.info(), m_stay->person(), token, m_house.rooms().listed(), m_fixedRoom,
                     m_house.isWatched(), m_house.reads().all(m_stay->person().id)}}));
    if (const auto state = m_house.sharedState())
        sendText(encode(ServerFrame{*state}));
}

void ParlourConsumer::handleFrame(const JoinFrame &frame)
{
    const auto title = titleOf(frame.room);
    if (!title || hasTooManyRooms(*title))
        return;
    const auto room = m_house.rooms().open(*title);
    if (!room)
        sendError(room.error(), *title);
    else
        visit(**room, frame.position);
}

// Joining twice is joining anew: the client has lost its view, say.
void ParlourConsumer::visit(Room &room, const std::optional<Position> &position)
{
    if (auto added = groupAdd(room.group()); !added) {
        sendError({u"bad_room"_s, added.error().message, room.title(), {}, 0});
        return;
    }
    auto visit =
        std::make_unique<RoomVisit>(static_cast<Visitor &>(*this), room, m_stay->presence(), m_log);
    RoomVisit *made = visit.get();
    m_visits[room.title()] = std::move(visit);
    m_house.whenJoined(room, made, [this, made, position] {
        const Room &joined = made->room();
        made->begin({m_house.rooms().state(joined),
                     m_house.reads().of(m_stay->person().id, joined.title())},
                    position, m_options.historyCount);
    });
}

void ParlourConsumer::handleFrame(const AskHistoryFrame &frame)
{
    if (RoomVisit *visit = visitOf(frame.room))
        visit->readHistory(frame);
}

void ParlourConsumer::handleFrame(const LeaveFrame &frame)
{
    const RoomVisit *visit = visitOf(frame.room);
    if (!visit)
        return;
    const QString title = visit->room().title();
    (void)groupDiscard(visit->room().group());
    m_visits.erase(title);
    sendText(encode(ServerFrame{LeftFrame{title}}));
}

void ParlourConsumer::handleFrame(const CreateFrame &frame)
{
    const auto title = titleOf(frame.room);
    if (!title || hasTooManyRooms(*title))
        return;
    const Person &person = m_stay->person();
    if (person.role == "guest"_L1 || person.role == "read-only"_L1) {
        sendError({u"not_allowed"_s, u"Guests cannot make rooms."_s, *title, {}, 0});
        return;
    }
    const auto topic = checkTopic(frame.topic);
    if (!topic) {
        sendError(topic.error(), *title);
        return;
    }
    const auto room = m_house.rooms().create(*title, *topic, person.id);
    if (!room)
        sendError(room.error(), *title);
    else if (!m_visits.contains(*title))
        visit(**room);
}

void ParlourConsumer::handleFrame(const SetTopicFrame &frame)
{
    RoomVisit *visit = visitOf(frame.room);
    if (!visit)
        return;
    Room &room = visit->room();
    const Person &person = m_stay->person();
    if (!isOwner() && room.creator() != person.id) {
        sendError({u"not_allowed"_s,
                   u"Only the host's owner and who made the room set its topic."_s,
                   room.title(),
                   {},
                   0});
        return;
    }
    const auto topic = checkTopic(frame.topic);
    if (!topic)
        sendError(topic.error(), room.title());
    else
        m_house.rooms().setTopic(room, *topic, person.name);
}

void ParlourConsumer::handleFrame(const RenameFrame &frame)
{
    const auto renamed = m_house.people().rename(m_stay->presence(), frame.name);
    if (!renamed)
        sendError(renamed.error());
}

void ParlourConsumer::handleFrame(const AwayFrame &frame)
{
    m_stay->setAway(frame.away);
}

void ParlourConsumer::handleFrame(const LinkFrame &)
{
    const auto linked = m_house.people().link(m_stay->person().id);
    if (linked)
        sendText(encode(ServerFrame{*linked}));
    else
        sendError(linked.error());
}

std::optional<QString> ParlourConsumer::titleOf(const QString &room, const QString &id)
{
    const auto title = checkRoomTitle(room);
    if (!title) {
        sendError(title.error(), room, id);
        return std::nullopt;
    }
    if (m_fixedRoom.isEmpty() || *title == m_fixedRoom)
        return *title;
    sendError({u"wrong_room"_s, u"This connection is for the room \"%1\"."_s.arg(m_fixedRoom),
               *title, id, 0});
    return std::nullopt;
}

RoomVisit *ParlourConsumer::visitOf(const QString &room, const QString &id)
{
    const auto title = titleOf(room, id);
    if (!title)
        return nullptr;
    const auto visit = m_visits.find(*title);
    if (visit != m_visits.end())
        return visit->second.get();
    sendError({u"not_a_member"_s, u"You are not in the room \"%1\". Join it first."_s.arg(*title),
               *title, id, 0});
    return nullptr;
}

bool ParlourConsumer::hasTooManyRooms(const QString &room)
{
    if (m_visits.contains(room) || int(m_visits.size()) < m_options.maxRoomsPerClient)
        return false;
    sendError({u"too_many_rooms"_s,
               u"You are in %1 rooms already. Leave one first."_s.arg(m_visits.size()),
               room,
               {},
               0});
    return true;
}

} // namespace parlour::chat
