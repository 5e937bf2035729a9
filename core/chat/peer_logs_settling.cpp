// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// What the log here says of what came from other hosts.
#include "chat/house.h"
#include "chat/peer_logs.h"

#include <QDateTime>

#include <algorithm>

namespace parlour::chat {

// A change may be made before its turn has come.
void PeerLogs::settle(const Entry &entry, bool isDone)
{
    Place *place = knownPlace(entry.origin, entry.room);
    if (!place)
        return;
    const auto passed = std::find_if(place->unsettled.begin(), place->unsettled.end(),
                                     [&](const Passed &other) { return other.id == entry.id; });
    if (passed != place->unsettled.end()) {
        if (!isDone)
            goBack(entry, *place, Spot(passed->before));
        else // it may have been told again meanwhile
            place->unsettled.removeIf([&](const Passed &other) { return other.id == entry.id; });
        closeHole(entry.origin, entry.room, *place);
        return;
    }
    if (!isDone) {
        dropHeld(*place, {entry.id});
        place->changes.had.clear();
        place->changes.upTo.clear();
        return;
    }
    for (Heard &heard : place->held)
        heard.isSettled = heard.isSettled || (heard.isChange && heard.said.id == entry.id);
}

// It waits in the memory alone. Where its message is on the way, its host is asked for it again
// after a death.
void PeerLogs::await(const Entry &change, WaitingChanges::Cause cause)
{
    Place *place = knownPlace(change.origin, change.room);
    if (!place)
        return;
    for (Heard &heard : place->held) {
        if (heard.isChange && heard.said.id == change.id)
            heard.waits = cause;
    }
    const auto passed = std::find_if(place->unsettled.begin(), place->unsettled.end(),
                                     [&](const Passed &other) { return other.id == change.id; });
    if (passed == place->unsettled.end())
        return;
    passed->waits = cause;
    if (passed->isOwed())
        noteHole(change.origin, change.room, *place);
    else
        closeHole(change.origin, change.room, *place);
}

/// All from there on is asked for again, once the log may have found its way back.
void PeerLogs::goBack(const Entry &entry, Place &place, const Spot &spot)
{
    const auto isBehind = [&](const Passed &passed) { return passed.before.id == spot.id; };
    place.unsettled.erase(std::find_if(place.unsettled.begin(), place.unsettled.end(), isBehind),
                          place.unsettled.end());
    place.last = spot.id;
    place.lastTime = spot.time;
    for (Standing *standing : {&place.messages, &place.changes}) {
        standing->had.clear();
        standing->upTo.clear();
    }
    place.asked.reset();
    openHole(entry.origin, entry.room, place);
    place.unanswered = 0;
    place.hasGained = false;
    place.restsUntil = m_clock() + m_options.answerTimeout;
}

/// Behind which all may be missing in the log here, were this host to die now.
PeerLogs::Spot PeerLogs::openFrom(const Place &place)
{
    if (place.hole)
        return *place.hole;
    const auto owed = std::find_if(place.unsettled.begin(), place.unsettled.end(),
                                   [](const Passed &passed) { return passed.isOwed(); });
    if (owed != place.unsettled.end())
        return owed->before;
    return place.asked ? place.askedBehind : place.spot();
}

void PeerLogs::openHole(const QString &host, const QString &room, Place &place)
{
    place.hole = openFrom(place);
    place.isFloorNew = false;
    noteHole(host, room, place);
}

/// A death of this host does not hide it.
void PeerLogs::noteHole(const QString &host, const QString &room, const Place &place)
{
    const Spot spot = openFrom(place);
    m_house.holes().keep({host, room, spot.id, spot.time, QDateTime::currentMSecsSinceEpoch()});
}

/// Where nothing is missing any more, and what was is in the log.
void PeerLogs::closeHole(const QString &host, const QString &room, const Place &place)
{
    const bool isOwed = std::any_of(place.unsettled.begin(), place.unsettled.end(),
                                    [](const Passed &passed) { return passed.isOwed(); });
    if (place.last && !place.hole && !place.asked && !isOwed)
        m_house.holes().close(host, room);
}

} // namespace parlour::chat
