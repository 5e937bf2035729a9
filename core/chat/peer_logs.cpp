// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/peer_logs.h"

#include "chat/chat_message.h"
#include "chat/house.h"
#include "chat/json_writer.h"
#include "chat/presence_messages.h"
#include "chat/shared_message.h"

#include <QDateTime>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace parlour::chat {

using channels::Message;

PeerLogs::PeerLogs(House &house, channels::ChannelLayer &shared, RoomLog &log,
                   const AdoptionRules &rules, const PeerLogOptions &options,
                   const channels::Clock &clock)
    : m_house(house)
    , m_shared(shared)
    , m_log(log)
    , m_rules(rules)
    , m_options(options)
    , m_clock(clock)
    , m_started(QDateTime::currentMSecsSinceEpoch())
    , m_since(options.since > 0 ? options.since : m_started)
    , m_channel(shared.newChannel(*this, QString(SharedPrefix)).value())
{
    m_house.holes().forgetIf([since = keptFrom()](const KeptHole &hole) {
        return hole.since < since; // all of it was let go of
    });
    m_channel->setConsumer(u"PeerLogs"_s);
    (void)shared.groupAdd(QString(PeerLogGroup), *m_channel);
    const auto rooms = house.rooms().all();
    for (const Room *room : rooms)
        watch(room->title());
    connect(&house.rooms(), &Rooms::made, this, [this](Room *room) { watch(room->title()); });
    connect(&house.rooms(), &Rooms::ending, this,
            [this](Room *room) { forgetRoom(room->title()); });
    connect(&m_telling, &QTimer::timeout, this, [this] {
        tellStanding();
        lookAtHeld();
    });
    m_telling.start(options.heartbeat);
}

PeerLogs::~PeerLogs() = default;

void PeerLogs::receiveMessage(const Message &message)
{
    const auto parsed = parsePeerLog(message);
    if (!parsed) {
        m_channel->countDropped(parsed.error().code, message);
        return;
    }
    if (parsed->host != m_house.info().id)
        std::visit([&](const auto &content) { hear(parsed->host, content); }, parsed->content);
}

void PeerLogs::take(const Heard &heard)
{
    const QString &host = heard.said.origin;
    const QString &room = heard.said.room;
    Place *place = placeOf(host, room);
    if (!place) {
        if (!heard.isChange)
            Q_EMIT due(heard.said);
        return;
    }
    const bool isWaiting = place->asked || isBusy(*place);
    if (place->last && place->held.empty() && !isWaiting && isNext(*place, heard)) {
        pass(*place, heard);
        return;
    }
    if (!hold(*place, heard)) {
        (heard.isChange ? place->changes : place->messages).told = heard.said.id;
        compare(host, room, *place); // so it is asked for
        return;
    }
    if (place->last && !isBusy(*place))
        goOn(host, room, *place, false);
}

// Where nobody is, what was said is not heard: changes alone are followed then.
void PeerLogs::takeChange(const Change &change, const Predecessors &predecessors)
{
    const Room *room = m_house.rooms().find(change.room);
    if (!room || (room->isEmpty() && !m_log.hasHistory(change.room)))
        return;
    if (!room->isEmpty()) {
        Utterance stands;
        stands.room = change.room;
        stands.id = change.id;
        stands.origin = change.origin;
        take({stands, predecessors.entry, true});
        return;
    }
    Place *place = placeOf(change.origin, change.room);
    const QString &before = predecessors.ofItsKind;
    if (place && (before == place->changes.had || before == place->changes.upTo))
        place->changes.had = change.id;
}

qint64 PeerLogs::sizeOf(const Heard &heard)
{
    ChatMessage message;
    message.text = heard.said.text;
    message.reactions = heard.said.reactions;
    return HeldEntryBytes + heard.said.json.size() + textSize(message) * qint64(sizeof(QChar));
}

bool PeerLogs::isNext(const Place &place, const Heard &heard)
{
    return heard.before.isEmpty() || heard.before == *place.last;
}

/// False: it has no place.
bool PeerLogs::hold(Place &place, const Heard &heard)
{
    const qint64 size = sizeOf(heard);
    if (int(place.held.size()) >= m_options.maxHeld) {
        m_heldBytes -= sizeOf(place.held.front());
        place.held.pop_front();
    }
    if (m_heldBytes + size > m_options.maxHeldBytes)
        return false;
    m_heldBytes += size;
    place.held.push_back(heard);
    return true;
}

void PeerLogs::dropHeld(Place &place, const QSet<QString> &ids)
{
    std::erase_if(place.held, [&](const Heard &heard) {
        const bool isDouble = ids.contains(heard.said.id);
        m_heldBytes -= isDouble ? sizeOf(heard) : 0;
        return isDouble;
    });
}

/// Passes on what is in its turn, and asks for what is missing before the next. `isAllThere`: the
/// host has nothing more, so what is missing is known here already, or gone.
void PeerLogs::goOn(const QString &host, const QString &room, Place &place, bool isAllThere)
{
    while (!place.held.empty()) {
        const Heard &next = place.held.front();
        const bool isDouble = next.said.id == *place.last;
        if (!isDouble && !isNext(place, next) && !std::exchange(isAllThere, false)) {
            ask(host, room, place);
            return;
        }
        const Heard heard = next;
        m_heldBytes -= sizeOf(heard);
        place.held.pop_front();
        if (!isDouble)
            pass(place, heard);
    }
}

/// A host that is gone answers nothing and says nothing more. What could not be read of it is read
/// again.
void PeerLogs::lookAtHeld()
{
    for (auto places = m_places.begin(); places != m_places.end(); ++places) {
        for (auto place = places->begin(); place != places->end(); ++place) {
            if (!place->last)
                readLast(places.key(), place.key(), *place);
            else if (!place->held.empty() && !isBusy(*place))
                goOn(places.key(), place.key(), *place, false);
        }
    }
}

void PeerLogs::advance(Place &place, const QString &id, bool isSettled)
{
    if (!isSettled)
        place.unsettled.append({id, place.spot()});
    place.last = id;
}

void PeerLogs::pass(Place &place, const Heard &heard)
{
    advance(place, heard.said.id, heard.isSettled);
    if (heard.isChange) {
        place.changes.had = heard.said.id;
        if (heard.waits)
            await({heard.said.room, heard.said.origin, heard.said.id}, *heard.waits);
        return;
    }
    place.messages.had = heard.said.id;
    place.lastTime = heard.said.time;
    noteOldest(heard.said.room, heard.said.time);
    Q_EMIT due(heard.said);
}

} // namespace parlour::chat
