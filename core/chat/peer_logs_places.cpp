// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// Which hosts are kept up with, in which rooms.
#include "chat/house.h"
#include "chat/peer_logs.h"

#include <algorithm>

namespace parlour::chat {

PeerLogs::Place *PeerLogs::knownPlace(const QString &host, const QString &room)
{
    const auto known = m_places.find(host);
    if (known == m_places.end())
        return nullptr;
    const auto place = known->find(room);
    return place == known->end() ? nullptr : &*place;
}

/// Null: there is no place for another one.
PeerLogs::Place *PeerLogs::placeOf(const QString &host, const QString &room)
{
    if (Place *known = knownPlace(host, room))
        return known;
    if (m_placesKnown >= m_options.maxPlaces)
        forgetIdlePlaces();
    if (m_placesKnown >= m_options.maxPlaces)
        return nullptr;
    ++m_placesKnown;
    Place *place = &m_places[host][room];
    readLast(host, room, *place);
    return place;
}

void PeerLogs::readLast(const QString &host, const QString &room, Place &place)
{
    if (!std::exchange(place.isReading, true))
        m_log.lastFrom(room, host, this,
                       [this, host, room](const Expected<RoomLog::LastEntries> &last) {
                           beginPlace(host, room, last);
                       });
}

void PeerLogs::beginPlace(const QString &host, const QString &room,
                          const Expected<RoomLog::LastEntries> &last)
{
    Place *place = knownPlace(host, room);
    if (!place || place->last)
        return; // the room has ended, and may have been made again
    place->isReading = false;
    if (!last)
        return; // another time
    const bool isKnown = !last->message.isEmpty();
    place->last = last->message;
    place->lastTime = isKnown ? last->messageTime : std::max(wantedFrom(), goneUntil(*last));
    place->hole = keptHole(host, room, *place);
    setFloor(*place, isKnown ? goneUntil(*last) : place->lastTime);
    place->messages.had = last->message;
    if (last->oldest > 0)
        noteOldest(room, last->oldest);
    else if (m_log.hasHistory(room)) // it could not be read: all changes are asked for then
        m_oldest.insert(room, 0);
    noteOldest(room, place->hole ? place->hole->time : place->lastTime);
    goOn(host, room, *place, false);
    compare(host, room, *place);
}

/// What is missing since an earlier start. Of a log that ends before it, and was damaged then,
/// both ends are not known: all from there on is asked for.
std::optional<PeerLogs::Spot> PeerLogs::keptHole(const QString &host, const QString &room,
                                                 const Place &place) const
{
    const auto hole = m_house.holes().of(host, room);
    if (!hole)
        return std::nullopt;
    if (!place.last->isEmpty() && hole->time > place.lastTime)
        return Spot{{}, place.lastTime};
    return Spot{hole->after, hole->time};
}

void PeerLogs::forgetRoom(const QString &room)
{
    m_own.remove(room);
    m_oldest.remove(room);
    for (auto &places : m_places) {
        const auto place = places.find(room);
        if (place == places.end())
            continue;
        for (const Heard &heard : place->held)
            m_heldBytes -= sizeOf(heard);
        places.erase(place);
        --m_placesKnown;
    }
}

template <typename IsIdle>
void PeerLogs::forgetPlaces(IsIdle isIdle)
{
    for (auto &places : m_places) {
        m_placesKnown -= int(places.removeIf([&](const auto &place) {
            return place->last && place->held.empty() && !isBusy(*place) && isIdle(*place);
        }));
    }
    m_places.removeIf([](const auto &places) { return places->isEmpty(); });
}

/// They are read again when their hosts speak. First those of which nothing more is known than the
/// log knows; where there are none, those of hosts too that have not answered.
void PeerLogs::forgetIdlePlaces()
{
    const int before = m_placesKnown;
    forgetPlaces([](const Place &place) {
        return !place.asked && !place.hole && place.unsettled.isEmpty();
    });
    if (m_placesKnown == before)
        forgetPlaces([](const Place &) { return true; });
}

} // namespace parlour::chat
