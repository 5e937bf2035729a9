// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// What is missing of other hosts, and their answers.
#include "chat/house.h"
#include "chat/peer_logs.h"
#include "chat/shared_change.h"
#include "chat/text_rules.h"

#include <QDateTime>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace parlour::chat {

using channels::Message;

namespace {

QString idIn(const Message &message)
{
    return message.value(u"id"_s).toString();
}

/// As it was told: what is very old counts as said now.
qint64 timeIn(const Message &told, const Utterance &said)
{
    const qint64 time = told.value(u"time"_s).toLongLong();
    return time > 0 ? time : said.time;
}

/// The ids of all that the part stands for, in order.
QStringList entriesOf(const PeerLogPart &part)
{
    if (!part.entries.isEmpty())
        return part.entries;
    QStringList ids;
    for (const Message &message : part.said)
        ids.append(idIn(message));
    return ids;
}

QHash<QString, Message> byId(const PeerLogPart &part)
{
    QHash<QString, Message> told;
    for (const auto *messages : {&part.said, &part.changed}) {
        for (const Message &message : *messages)
            told.insert(idIn(message), message);
    }
    return told;
}

} // namespace

bool PeerLogs::isBusy(const Place &place) const
{
    const Time now = m_clock();
    return (place.asked && now - *place.asked < m_options.answerTimeout)
        || (place.restsUntil && now < *place.restsUntil);
}

/// Of a host of which nothing is here.
qint64 PeerLogs::wantedFrom() const
{
    return std::max(std::min(m_since, m_started), keptFrom());
}

qint64 PeerLogs::keptFrom() const
{
    return QDateTime::currentMSecsSinceEpoch() - m_options.maxAge.count();
}

/// What is earlier was here and let go of, or would be.
qint64 PeerLogs::goneUntil(const RoomLog::LastEntries &last) const
{
    return last.isWhole ? keptFrom() : std::max(keptFrom(), last.oldest);
}

/// No change is older than its message. A log without a message has none that could have been
/// changed.
qint64 PeerLogs::changesFrom(const QString &room) const
{
    if (!m_log.hasHistory(room))
        return wantedFrom();
    const qint64 oldest = std::min(m_oldest.value(room, m_started), m_started);
    return std::max<qint64>(0, oldest - m_options.changesSlack.count());
}

void PeerLogs::noteOldest(const QString &room, qint64 time)
{
    if (time > 0)
        m_oldest.insert(room, std::min(m_oldest.value(room, time), time));
}

void PeerLogs::ask(const QString &host, const QString &room, Place &place)
{
    if (place.hole && !place.isFloorNew)
        return readFloor(host, room, place);
    place.unanswered = place.asked ? place.unanswered + 1 : 0;
    if (place.unanswered > 0)
        noteHole(host, room, place);
    if (place.unanswered >= m_options.maxUnanswered) {
        openHole(host, room, place);
        endAsking(host, room, place, true);
        return;
    }
    place.asked = m_clock();
    place.askedBehind = place.hole.value_or(place.spot());
    place.messages.asked = place.messages.told;
    place.changes.asked = place.changes.told;
    (void)say(
        PeerLogAsk{host, room, place.askedBehind.id, place.askedBehind.time, changesFrom(room)});
}

/// What was let go of since the hole was seen is not to come back.
void PeerLogs::readFloor(const QString &host, const QString &room, Place &place)
{
    if (std::exchange(place.isReading, true))
        return;
    m_log.lastFrom(room, host, this,
                   [this, host, room](const Expected<RoomLog::LastEntries> &last) {
                       Place *known = knownPlace(host, room);
                       if (!known || !std::exchange(known->isReading, false) || !last)
                           return; // another time
                       setFloor(*known, goneUntil(*last));
                       compare(host, room, *known);
                   });
}

void PeerLogs::setFloor(Place &place, qint64 time) const
{
    place.floor = time - m_rules.maxClockSkew.count();
    place.isFloorNew = true;
}

void PeerLogs::endAsking(const QString &host, const QString &room, Place &place, bool isAllThere)
{
    place.asked.reset();
    goOn(host, room, place, isAllThere);
}

void PeerLogs::doubt(const Entry &entry, bool isChange)
{
    hearStanding(entry.origin, {entry.room, entry.id}, isChange);
}

void PeerLogs::hear(const QString &host, const PeerStanding &standing)
{
    for (const PeerStanding::Room &told : standing.rooms)
        hearStanding(host, told, false);
    for (const PeerStanding::Room &told : standing.changes)
        hearStanding(host, told, true);
}

// What nobody here hears is not logged; but what is in the log is changed there too.
void PeerLogs::hearStanding(const QString &host, const PeerStanding::Room &told, bool ofChanges)
{
    const Room *room = m_house.rooms().find(told.room);
    if (!room || (room->isEmpty() && (!ofChanges || !m_log.hasHistory(told.room))))
        return;
    Place *place = placeOf(host, told.room);
    if (!place)
        return;
    (ofChanges ? place->changes : place->messages).told = told.id;
    compare(host, told.room, *place);
}

void PeerLogs::compare(const QString &host, const QString &room, Place &place)
{
    const bool isBehind = place.messages.isBehind() || place.changes.isBehind() || place.hole;
    if (place.last && !isBusy(place) && isBehind)
        ask(host, room, place);
}

/// One of the entries that an answer stands for; `told` is empty where there is nothing to follow
/// any more.
void PeerLogs::takeTold(Place &place, const Entry &entry, const Message &told)
{
    const auto isMeant = [&](const auto &content) {
        return content.origin == entry.origin && content.room == entry.room
            && content.id == entry.id;
    };
    QString cause;
    if (told.type() == "chat.message"_L1) {
        const auto said = utteranceOf(told, entry.room, m_rules);
        if (said && isMeant(*said) && timeIn(told, *said) >= place.floor)
            return pass(place, {*said, {}});
        if (!said || !isMeant(*said))
            cause = said ? u"malformed"_s : said.error().code;
    } else if (!told.type().isEmpty()) {
        const auto change = sharedChangeOf(told);
        if (change && isMeant(*change)) {
            place.changes.had = change->id;
            advance(place, entry.id, false);
            Q_EMIT changeTold(*change);
            return;
        }
        cause = u"malformed"_s;
    }
    if (!cause.isEmpty())
        m_channel->countDropped(cause, told);
    if (isUuid(entry.id))
        advance(place, entry.id, true);
}

void PeerLogs::hear(const QString &host, const PeerLogPart &part)
{
    Place *known = knownPlace(host, part.room);
    if (part.to != m_house.info().id || !known || !m_house.rooms().find(part.room))
        return;
    if (!known->asked || part.after != known->askedBehind.id)
        return; // out of turn: it was asked for twice
    Place &place = *known;
    const QStringList entries = entriesOf(part);
    const auto told = byId(part);
    if (!entries.isEmpty()) { // what they follow may be older than what came last
        place.last = place.askedBehind.id;
        place.lastTime = place.askedBehind.time;
    }
    for (const QString &id : entries)
        takeTold(place, {.room = part.room, .origin = host, .id = id}, told.value(id));
    dropHeld(place, QSet<QString>(entries.begin(), entries.end()));
    const bool hasGained = !entries.isEmpty() && *place.last != place.askedBehind.id;
    place.hole.reset();
    place.hasGained = place.hasGained || hasGained;
    if (part.lost)
        m_channel->countDropped(u"peer_forgot"_s, {});
    if (part.more && hasGained) {
        place.asked.reset();
        ask(host, part.room, place);
        return;
    }
    place.messages.upTo = place.messages.asked;
    place.changes.upTo = place.changes.asked;
    endAsking(host, part.room, place, !std::exchange(place.hasGained, false));
    closeHole(host, part.room, place);
}

} // namespace parlour::chat
