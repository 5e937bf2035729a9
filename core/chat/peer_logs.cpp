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
        Q_EMIT due(heard.said);
        return;
    }
    if (place->last && place->held.empty() && !place->asked && isNext(*place, heard)) {
        pass(*place, heard.said);
        return;
    }
    hold(*place, heard);
    if (place->last && !isAsking(*place))
        goOn(host, room, *place, false);
}

qint64 PeerLogs::sizeOf(const Heard &heard)
{
    return heard.said.json.size() + heard.said.text.size() * qint64(sizeof(QChar));
}

bool PeerLogs::isNext(const Place &place, const Heard &heard)
{
    return heard.before.isEmpty() || heard.before == *place.last;
}

/// What has no place is asked for.
void PeerLogs::hold(Place &place, const Heard &heard)
{
    const qint64 size = sizeOf(heard);
    if (int(place.held.size()) >= m_options.maxHeld) {
        m_heldBytes -= sizeOf(place.held.front());
        place.held.pop_front();
    }
    if (m_heldBytes + size > m_options.maxHeldBytes)
        return;
    m_heldBytes += size;
    place.held.push_back(heard);
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
        const Utterance said = next.said;
        m_heldBytes -= sizeOf(next);
        place.held.pop_front();
        if (!isDouble)
            pass(place, said);
    }
}

void PeerLogs::change(const Change &change)
{
    const auto known = m_places.find(change.origin);
    if (known == m_places.end())
        return;
    const auto place = known->find(change.room);
    if (place == known->end())
        return;
    for (Heard &heard : place->held) {
        Utterance &said = heard.said;
        if (said.id != change.of || said.sender.id != change.by.id)
            continue;
        if (change.kind == Change::Kind::Delete) {
            dropHeld(*place, {change.of});
            return; // the held ones have moved
        }
        if (change.kind == Change::Kind::Edit) {
            m_heldBytes -= sizeOf(heard);
            said.text = change.text;
            said.json = jsonString(change.text);
            m_heldBytes += sizeOf(heard);
        }
    }
}

/// A host that is gone answers nothing and says nothing more.
void PeerLogs::lookAtHeld()
{
    for (auto places = m_places.begin(); places != m_places.end(); ++places) {
        for (auto place = places->begin(); place != places->end(); ++place) {
            if (place->last && !place->held.empty() && !isAsking(*place))
                goOn(places.key(), place.key(), *place, false);
        }
    }
}

void PeerLogs::pass(Place &place, const Utterance &said)
{
    place.last = said.id;
    place.lastTime = said.time;
    Q_EMIT due(said);
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
    say(PeerLogAsk{host, room, *place.last, std::max(m_since, place.lastTime)});
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
    if (part.to != m_house.info().id || known == m_places.end() || !m_house.rooms().find(part.room))
        return;
    const auto found = known->find(part.room);
    if (found == known->end() || !found->asked || part.after != *found->last)
        return; // out of turn: it was asked for twice
    Place &place = *found;
    QSet<QString> ids;
    for (const Message &message : part.said) {
        const auto said = utteranceOf(message, part.room, m_rules);
        if (said && said->origin == host && message.value(u"id"_s).toString() == said->id) {
            ids.insert(said->id);
            pass(place, *said);
        } else {
            m_channel->countDropped(said ? u"malformed"_s : said.error().code, message);
        }
    }
    dropHeld(place, ids);
    place.hasGained = place.hasGained || !ids.isEmpty();
    if (part.lost)
        m_channel->countDropped(u"peer_forgot"_s, {});
    if (part.more && !ids.isEmpty()) {
        place.asked.reset();
        ask(host, part.room, place);
        return;
    }
    endAsking(host, part.room, place, !std::exchange(place.hasGained, false));
}

} // namespace parlour::chat
