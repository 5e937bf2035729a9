// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/rooms.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace parlour::chat {

namespace {

// Everybody hears of every number: at once, each arrival would cost as much as there are people.
constexpr auto NumbersInterval = 250ms;

Error tooManyRooms(int limit)
{
    return {u"too_many_rooms"_s,
            u"This host has no place for a further room: it has %1."_s.arg(limit)};
}

} // namespace

Rooms::Rooms(RoomLog &log, HouseStore &store, const RoomLimits &limits, QObject *parent)
    : QObject(parent)
    , m_log(log)
    , m_store(store)
    , m_limits(limits)
{
    m_tidying.setSingleShot(true);
    connect(&m_tidying, &QTimer::timeout, this, &Rooms::tidy);
    m_tellingNumbers.setSingleShot(true);
    connect(&m_tellingNumbers, &QTimer::timeout, this, &Rooms::tellNumbers);
    const auto rooms = store.memory().rooms;
    for (const KeptRoom &room : rooms)
        bringBack(room);
}

Rooms::~Rooms() = default;

void Rooms::bringBack(const KeptRoom &kept)
{
    const auto made = make(kept.title);
    if (!made) {
        m_store.forgetRoom(kept.title);
        m_log.forget(kept.title);
        return;
    }
    Room *room = *made;
    room->m_topic = kept.topic;
    room->m_creator = kept.creator;
    room->m_listed = kept.isListed;
    if (kept.isListed)
        m_listed.append(kept.title);
    const auto end = [this, title = kept.title] {
        if (const Room *empty = find(title); empty && empty->isEmpty())
            occupied(title, false);
    };
    if (m_log.hasHistory(kept.title))
        end();
    else
        QTimer::singleShot(m_limits.comeback, room, end);
}

Expected<Room *> Rooms::open(const QString &title)
{
    if (Room *room = find(title))
        return room;
    auto made = make(title);
    if (made) {
        keep(**made);
        occupied(title, false); // in case that nobody enters after all
    }
    return made;
}

Expected<Room *> Rooms::create(const QString &title, const QString &topic, const QString &creator)
{
    Room *room = find(title);
    if (room && room->isListed())
        return Error{u"room_exists"_s, u"There is a room \"%1\" already."_s.arg(title)};
    makePlaceInTheList(creator);
    if (const auto why = whyNotListed(creator))
        return *why;
    if (!room) {
        const auto made = make(title);
        if (!made)
            return made;
        room = *made;
    }
    occupied(title, true); // it needs no keeping any more
    room->m_listed = true;
    room->m_topic = topic;
    room->m_creator = creator;
    if (room->isEmpty())
        occupied(title, false); // in case that nobody enters after all
    m_listed.append(title);
    keep(*room);
    tell(*room);
    return room;
}

qsizetype Rooms::listedOf(const QString &creator) const
{
    const auto isTheirs = [&](const QString &title) { return find(title)->creator() == creator; };
    return std::count_if(m_listed.begin(), m_listed.end(), isTheirs);
}

std::optional<Error> Rooms::whyNotListed(const QString &creator) const
{
    if (m_listed.size() >= m_limits.listed)
        return tooManyRooms(m_limits.listed);
    const auto theirs = listedOf(creator);
    if (creator.isEmpty() || theirs < m_limits.listedPerPerson)
        return std::nullopt;
    return Error{u"too_many_rooms"_s,
                 u"You have made %1 rooms already, and there is somebody in each of them. One that "
                 "is left by all makes place for another."_s.arg(theirs)};
}

// A room where something was said once and nobody is any more must not hold its place for ever: the
// one that was left first makes way. What was said there is kept, as that of an unlisted room is.
void Rooms::makePlaceInTheList(const QString &creator)
{
    auto idle = m_idle.begin();
    if (!creator.isEmpty() && listedOf(creator) >= m_limits.listedPerPerson) {
        idle = std::find_if(m_idle.begin(), m_idle.end(), [&](const QString &title) {
            return find(title)->creator() == creator;
        });
    } else if (m_listed.size() < m_limits.listed) {
        return;
    }
    if (idle != m_idle.end())
        unlist(QString(*idle));
}

void Rooms::unlist(const QString &title)
{
    Room *room = find(title);
    room->m_listed = false;
    room->m_creator.clear();
    keep(*room);
    m_listed.removeOne(title);
    m_idle.removeOne(title);
    occupied(title, false);
    Q_EMIT announced(encode(ServerFrame{ClosedFrame{title}}));
}

void Rooms::setTopic(Room &room, const QString &topic, const QString &by)
{
    if (room.m_topic == topic)
        return;
    room.m_topic = topic;
    keep(room);
    Q_EMIT room.noticed(encode(ServerFrame{TopicFrame{room.title(), topic, by}}));
    tell(room);
}

RoomState Rooms::state(const Room &room) const
{
    const auto position = m_log.position(room.title());
    return {room.title(),    room.title(),  room.topic(),   position.epoch,
            position.number, room.people(), room.isListed()};
}

QList<RoomState> Rooms::listed() const
{
    QList<RoomState> states;
    for (const QString &title : m_listed)
        states.append(state(*find(title)));
    return states;
}

QList<Room *> Rooms::all() const
{
    QList<Room *> rooms;
    rooms.reserve(count());
    for (const auto &[title, room] : m_rooms)
        rooms.append(room.get());
    return rooms;
}

Room *Rooms::find(const QString &title) const
{
    const auto found = m_rooms.find(title);
    return found == m_rooms.end() ? nullptr : found->second.get();
}

Expected<Room *> Rooms::make(const QString &title)
{
    if (count() >= m_limits.all)
        return tooManyRooms(m_limits.all);
    auto room = std::make_unique<Room>(title);
    Room *made = room.get();
    connect(made, &Room::peopleChanged, this, [this, made] {
        m_otherNumbers.insert(made->title());
        if (!m_tellingNumbers.isActive())
            m_tellingNumbers.start(NumbersInterval);
    });
    connect(made, &Room::occupied, this,
            [this, made](bool isOccupied) { occupied(made->title(), isOccupied); });
    m_rooms.emplace(title, std::move(room));
    Q_EMIT this->made(made);
    return made;
}

void Rooms::keep(const Room &room)
{
    m_store.keepRoom({room.title(), room.topic(), room.creator(), room.isListed()});
}

void Rooms::tell(const Room &room)
{
    if (room.isListed())
        Q_EMIT announced(encode(ServerFrame{RoomFrame{state(room)}}));
}

void Rooms::tellNumbers()
{
    const auto titles = std::exchange(m_otherNumbers, {});
    for (const QString &title : titles) {
        if (const Room *room = find(title))
            tell(*room);
    }
}

void Rooms::occupied(const QString &title, bool isOccupied)
{
    const Room *room = find(title);
    if (room->isListed() && room->creator().isEmpty())
        return;
    m_idle.removeOne(title);
    if (const auto kept = m_keptByTitle.find(title); kept != m_keptByTitle.end()) {
        m_kept.erase(*kept);
        m_keptByTitle.erase(kept);
    }
    if (isOccupied) {
        m_emptied.remove(title);
        return;
    }
    m_emptied.insert(title, ++m_emptyings);
    if (!m_tidying.isActive())
        m_tidying.start(0ms);
}

void Rooms::tidy()
{
    const auto emptied = std::exchange(m_emptied, {});
    QStringList titles(emptied.keyBegin(), emptied.keyEnd());
    std::sort(titles.begin(), titles.end(), [&](const QString &one, const QString &other) {
        return emptied.value(one) < emptied.value(other);
    });
    for (const QString &title : std::as_const(titles)) {
        if (!m_log.hasHistory(title))
            forget(title);
        else if (find(title)->isListed())
            m_idle.append(title);
        else
            m_keptByTitle.insert(title, m_kept.insert(m_kept.end(), title));
    }
    // What was said in the one that was left first may be too old to be kept by now.
    while (!m_kept.empty()
           && (m_keptByTitle.size() > m_limits.keptUnlisted || !m_log.hasHistory(m_kept.front())))
        forget(QString(m_kept.front()));
}

void Rooms::forget(const QString &title)
{
    if (const auto kept = m_keptByTitle.find(title); kept != m_keptByTitle.end()) {
        m_kept.erase(*kept);
        m_keptByTitle.erase(kept);
    }
    m_log.forget(title);
    m_store.forgetRoom(title);
    m_idle.removeOne(title);
    Q_EMIT ending(find(title));
    m_rooms.erase(title);
    if (m_listed.removeOne(title))
        Q_EMIT announced(encode(ServerFrame{ClosedFrame{title}}));
}

} // namespace parlour::chat
