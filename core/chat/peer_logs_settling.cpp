// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// What the log here says of what came from other hosts.
#include "chat/house.h"
#include "chat/peer_logs.h"

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
    for (Passed &passed : place->unsettled) {
        if (passed.id != change.id)
            continue;
        passed.isVain = cause == WaitingChanges::Cause::Asked;
        if (!passed.isVain)
            noteHole(change.origin, change.room, passed.before);
    }
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
    if (!place.hole)
        place.hole = spot;
    noteHole(entry.origin, entry.room, *place.hole);
    place.asked.reset();
    place.unanswered = 0;
    place.hasGained = false;
    place.restsUntil = m_clock() + m_options.answerTimeout;
}

/// A death of this host does not hide it.
void PeerLogs::noteHole(const QString &host, const QString &room, const Spot &spot)
{
    m_house.holes().keep({host, room, spot.id, spot.time});
}

/// Where nothing is missing any more, and what was is in the log.
void PeerLogs::closeHole(const QString &host, const QString &room, const Place &place)
{
    const bool isInLog = std::all_of(place.unsettled.begin(), place.unsettled.end(),
                                     [](const Passed &passed) { return passed.isVain; });
    if (place.last && !place.hole && !place.asked && isInLog)
        m_house.holes().close(host, room);
}

} // namespace parlour::chat
