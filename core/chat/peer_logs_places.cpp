// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// Which hosts are kept up with, in which rooms.
#include "chat/house.h"
#include "chat/peer_logs.h"

namespace parlour::chat {

/// Null: there is no place for another one.
PeerLogs::Place *PeerLogs::placeOf(const QString &host, const QString &room)
{
    const auto known = m_places.find(host);
    if (known != m_places.end()) {
        if (const auto place = known->find(room); place != known->end())
            return &*place;
    }
    if (m_placesKnown >= m_options.maxPlaces)
        forgetIdlePlaces();
    if (m_placesKnown >= m_options.maxPlaces)
        return nullptr;
    ++m_placesKnown;
    Place *place = &m_places[host][room];
    readLast(host, room);
    return place;
}

void PeerLogs::readLast(const QString &host, const QString &room)
{
    m_log.lastFrom(room, host, this,
                   [this, host, room](const Expected<RoomLog::LastEntries> &found) {
                       const auto known = m_places.find(host);
                       if (known == m_places.end() || !known->contains(room))
                           return; // the room has ended
                       Place &place = (*known)[room];
                       if (!place.last) {
                           place.last = found.valueOr({}).message;
                           place.messages.had = *place.last;
                       }
                       goOn(host, room, place, false);
                       compare(host, room, place);
                   });
}

void PeerLogs::forgetRoom(const QString &room)
{
    m_own.remove(room);
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

/// They are read again when their hosts speak.
void PeerLogs::forgetIdlePlaces()
{
    for (auto &places : m_places) {
        m_placesKnown -= int(places.removeIf([](const auto &place) {
            return place->last && place->held.empty() && !place->asked && !place->hole;
        }));
    }
    m_places.removeIf([](const auto &places) { return places->isEmpty(); });
}

} // namespace parlour::chat
