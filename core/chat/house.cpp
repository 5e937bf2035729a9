// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/house.h"

#include "chat/room_bridge.h"

using namespace Qt::StringLiterals;

namespace parlour::chat {

House::House(const ChatOptions &options, RoomLog &log, HouseStore &store, QObject *parent)
    : QObject(parent)
    , m_info{store.memory().hostId, options.title, QStringLiteral(PARLOUR_VERSION)}
    , m_people(options.maxPeople, store, options.clock)
    , m_rooms(log, store,
              {options.maxListedRooms, options.maxListedRoomsPerPerson, options.maxUnlistedRooms,
               options.maxRooms, options.comeback})
    , m_reads(options.maxReadPositions, store)
    , m_holes(store)
{
    connect(&m_rooms, &Rooms::announced, this, &House::noticed);
    (void)m_rooms.create(u"general"_s, {}, {});
    m_holes.forgetIf([this](const KeptHole &hole) { return !m_rooms.find(hole.room); });
    connect(&m_rooms, &Rooms::ending, this, [this](const Room *room) {
        m_holes.forgetIf([room](const KeptHole &hole) { return hole.room == room->title(); });
    });
}

void House::addWatcher()
{
    if (++m_watchers == 1)
        tellEverybody(WatchedFrame{true});
}

void House::removeWatcher()
{
    if (--m_watchers == 0)
        tellEverybody(WatchedFrame{false});
}

void House::tellEverybody(const ServerFrame &frame)
{
    Q_EMIT noticed(encode(frame));
}

void House::whenJoined(const Room &room, QObject *context, const std::function<void()> &joined)
{
    if (m_bridge)
        m_bridge->whenJoined(room, context, joined);
    else
        joined();
}

void House::setTyping(Room &room, const QString &person, bool isTyping,
                      std::chrono::steady_clock::time_point now)
{
    if (room.setTyping(person, isTyping, now) && m_bridge)
        m_bridge->shareTyping(room, person, isTyping);
}

std::optional<SharedFrame> House::sharedState() const
{
    return m_bridge ? m_bridge->state() : std::nullopt;
}

} // namespace parlour::chat
