// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/peer_logs.h"

#include "chat/chat_message.h"
#include "chat/house.h"
#include "chat/presence_messages.h"
#include "chat/shared_message.h"
#include "chat/text_rules.h"

#include <QDateTime>

#include <utility>

using namespace Qt::StringLiterals;

namespace parlour::chat {

using channels::Message;

namespace {

QString idOf(const Message &message)
{
    return message.value(u"id"_s).toString();
}

QString beforeOf(const Message &message)
{
    return message.value(u"after"_s).toString();
}

} // namespace

PeerLogs::PeerLogs(House &house, channels::ChannelLayer &shared, RoomLog &log,
                   const PeerLogOptions &options, const channels::Clock &clock)
    : m_house(house)
    , m_shared(shared)
    , m_log(log)
    , m_options(options)
    , m_clock(clock)
    , m_since(QDateTime::currentMSecsSinceEpoch())
    , m_channel(shared.newChannel(*this, QString(SharedPrefix)))
{
    m_channel->setConsumer(u"PeerLogs"_s);
    (void)shared.groupAdd(QString(PeerLogGroup), *m_channel);
    const auto rooms = house.rooms().all();
    for (const Room *room : rooms)
        watch(room->title());
    connect(&house.rooms(), &Rooms::made, this, [this](Room *room) { watch(room->title()); });
    connect(&house.rooms(), &Rooms::ending, this,
            [this](Room *room) { m_own.remove(room->title()); });
    connect(&m_telling, &QTimer::timeout, this, &PeerLogs::tellStanding);
    m_telling.start(options.heartbeat);
}

PeerLogs::~PeerLogs() = default;

// ---- what was said here ----

void PeerLogs::watch(const QString &room)
{
    if (!m_log.hasHistory(room))
        return;
    m_log.lastFrom(room, {}, this, [this, room](const Expected<QString> &id) {
        if (id && !id->isEmpty() && !m_own.contains(room) && m_house.rooms().find(room))
            m_own.insert(room, *id);
    });
}

QString PeerLogs::said(const QString &room, const QString &id)
{
    return std::exchange(m_own[room], id);
}

void PeerLogs::comeBack()
{
    tellStanding();
}

void PeerLogs::tellStanding()
{
    PeerStanding standing;
    for (auto own = m_own.cbegin(); own != m_own.cend(); ++own) {
        standing.rooms.append({own.key(), own.value()});
        if (standing.rooms.size() == MaxPeerRooms)
            say(std::exchange(standing, {}));
    }
    if (!standing.rooms.isEmpty())
        say(standing);
}

void PeerLogs::hear(const QString &host, const PeerLogAsk &ask)
{
    const QString key = host + u' ' + ask.room;
    if (ask.of != m_house.info().id || m_answering.contains(key) || !m_house.rooms().find(ask.room))
        return;
    m_answering.insert(key);
    m_log.saidHere(ask.room, {ask.after, ask.from, m_options.messagesAtOnce}, this,
                   [this, host, ask, key](const Expected<RoomLog::SaidHere> &part) {
                       m_answering.remove(key);
                       if (part)
                           answer(host, ask, *part);
                   });
}

void PeerLogs::answer(const QString &host, const PeerLogAsk &ask, const RoomLog::SaidHere &part)
{
    PeerLogPart told{host, ask.room, ask.after, {}, part.hasMore, part.isLost};
    for (const auto &[message, json] : part.said)
        told.said.append(makeSharedMessage(makeChatMessage(message, json), m_house.info().id));
    say(told);
}

void PeerLogs::say(const PeerLogContent &content)
{
    (void)m_shared.groupSend(QString(PeerLogGroup), encodePeerLog({m_house.info().id, content}));
}

// ---- what was said there ----

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

/// Null: there is no place for another one.
PeerLogs::Place *PeerLogs::placeOf(const QString &host, const QString &room)
{
    const auto known = m_places.find(host);
    if (known != m_places.end()) {
        if (const auto place = known->find(room); place != known->end())
            return &*place;
    }
    if (m_placesKnown >= m_options.maxPlaces)
        return nullptr;
    ++m_placesKnown;
    Place *place = &m_places[host][room];
    readLast(host, room);
    return place;
}

void PeerLogs::readLast(const QString &host, const QString &room)
{
    m_log.lastFrom(room, host, this, [this, host, room](const Expected<QString> &id) {
        Place &place = m_places[host][room];
        place.last = id.valueOr({});
        goOn(host, room, place, false);
        compare(host, room, place);
    });
}

void PeerLogs::take(const QString &room, const Message &message)
{
    const QString host = hostOf(message);
    Place *place = isUuid(idOf(message)) ? placeOf(host, room) : nullptr;
    if (!place) {
        Q_EMIT due(room, message);
        return;
    }
    hold(*place, message);
    if (place->last && !isAsking(*place))
        goOn(host, room, *place, false);
}

/// What has no place is asked for.
void PeerLogs::hold(Place &place, const Message &message)
{
    const qint64 size = plainEncoding(message).size();
    if (int(place.held.size()) >= m_options.maxHeld)
        (void)takeHeld(place);
    if (m_heldBytes + size > m_options.maxHeldBytes)
        return;
    m_heldBytes += size;
    place.held.push_back(message);
}

Message PeerLogs::takeHeld(Place &place)
{
    const Message first = std::move(place.held.front());
    place.held.pop_front();
    m_heldBytes -= plainEncoding(first).size();
    return first;
}

/// Passes on what is in its turn, and asks for what is missing before the next. `isAllThere`: the
/// host has nothing more, so what is missing is known here already, or gone.
void PeerLogs::goOn(const QString &host, const QString &room, Place &place, bool isAllThere)
{
    while (!place.held.empty()) {
        const Message &next = place.held.front();
        const QString before = beforeOf(next);
        const bool isDouble = idOf(next) == *place.last;
        const bool isNext = before.isEmpty() || before == *place.last;
        if (!isDouble && !isNext && !std::exchange(isAllThere, false)) {
            ask(host, room, place);
            return;
        }
        const Message due = takeHeld(place);
        if (!isDouble)
            pass(room, place, due);
    }
}

void PeerLogs::pass(const QString &room, Place &place, const Message &message)
{
    place.last = idOf(message);
    Q_EMIT due(room, message);
}

bool PeerLogs::isAsking(const Place &place) const
{
    return place.asked && m_clock() - *place.asked < m_options.answerTimeout;
}

void PeerLogs::ask(const QString &host, const QString &room, Place &place)
{
    place.unanswered = place.asked ? place.unanswered + 1 : 0;
    if (place.unanswered >= m_options.maxUnanswered) {
        endAsking(host, room, place, true);
        return;
    }
    place.asked = m_clock();
    say(PeerLogAsk{host, room, *place.last, m_since});
}

void PeerLogs::endAsking(const QString &host, const QString &room, Place &place, bool isAllThere)
{
    place.asked.reset();
    place.upTo = place.standing;
    goOn(host, room, place, isAllThere);
}

void PeerLogs::hear(const QString &host, const PeerStanding &standing)
{
    for (const PeerStanding::Room &told : standing.rooms) {
        const Room *room = m_house.rooms().find(told.room);
        if (!room || room->isEmpty())
            continue; // what nobody here hears is not logged
        Place *place = placeOf(host, told.room);
        if (!place)
            return;
        place->standing = told.id;
        compare(host, told.room, *place);
    }
}

void PeerLogs::compare(const QString &host, const QString &room, Place &place)
{
    if (!place.last || isAsking(place) || place.standing.isEmpty())
        return;
    if (place.standing != *place.last && place.standing != place.upTo)
        ask(host, room, place);
}

void PeerLogs::hear(const QString &host, const PeerLogPart &part)
{
    const auto known = m_places.find(host);
    if (part.to != m_house.info().id || known == m_places.end())
        return;
    const auto found = known->find(part.room);
    if (found == known->end() || !found->asked || part.after != *found->last)
        return; // out of turn: it was asked for twice
    Place &place = *found;
    for (const Message &message : part.said) {
        if (hostOf(message) == host && isUuid(idOf(message)))
            pass(part.room, place, message);
        else
            m_channel->countDropped(u"malformed"_s, message);
    }
    place.hasGained = place.hasGained || !part.said.isEmpty();
    if (part.lost)
        m_channel->countDropped(u"peer_forgot"_s, {});
    if (part.more && !part.said.isEmpty()) {
        place.asked.reset();
        ask(host, part.room, place);
        return;
    }
    endAsking(host, part.room, place, !std::exchange(place.hasGained, false));
}

} // namespace parlour::chat
