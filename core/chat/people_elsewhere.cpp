// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/people_elsewhere.h"

namespace parlour::chat {

PeopleElsewhere::PeopleElsewhere(House &house, int maximum)
    : m_house(house)
    , m_maximum(maximum)
{
    connect(&house.rooms(), &Rooms::made, this, [this](Room *room) { show(*room); });
}

PeopleElsewhere::~PeopleElsewhere()
{
    while (!m_hosts.empty())
        removeHost(QString(m_hosts.begin()->first));
}

bool PeopleElsewhere::enter(const QString &host, const QString &room, const Person &person)
{
    if (m_count >= m_maximum && !people(host, room).contains(person.id))
        return false;
    RoomPeople &people = m_hosts[host][room];
    const auto known = people.find(person.id);
    if (known != people.end()) {
        m_house.people().goElsewhere(*known);
        *known = person;
    } else {
        ++m_count;
        people.insert(person.id, person);
    }
    m_house.people().comeElsewhere(person);
    if (Room *shown = m_house.rooms().find(room))
        shown->enterElsewhere(host, person);
    return true;
}

void PeopleElsewhere::leave(const QString &host, const QString &room, const QString &id)
{
    const auto rooms = m_hosts.find(host);
    if (rooms == m_hosts.end() || !rooms->second.contains(room))
        return;
    RoomPeople &people = rooms->second[room];
    const auto person = people.find(id);
    if (person == people.end())
        return;
    m_house.people().goElsewhere(*person);
    people.erase(person);
    --m_count;
    if (people.isEmpty())
        rooms->second.remove(room);
    if (Room *shown = m_house.rooms().find(room))
        shown->leaveElsewhere(host, id);
}

QStringList PeopleElsewhere::people(const QString &host, const QString &room) const
{
    const auto rooms = m_hosts.find(host);
    return rooms == m_hosts.end() ? QStringList() : rooms->second.value(room).keys();
}

QStringList PeopleElsewhere::rooms(const QString &host) const
{
    const auto rooms = m_hosts.find(host);
    return rooms == m_hosts.end() ? QStringList() : rooms->second.keys();
}

void PeopleElsewhere::removeHost(const QString &host)
{
    const QStringList titles = rooms(host);
    for (const QString &title : titles) {
        const QStringList ids = people(host, title);
        for (const QString &id : ids)
            leave(host, title, id);
    }
    m_hosts.erase(host);
}

void PeopleElsewhere::show(Room &room)
{
    for (const auto &[host, rooms] : m_hosts) {
        const RoomPeople people = rooms.value(room.title());
        for (const Person &person : people)
            room.enterElsewhere(host, person);
    }
}

} // namespace parlour::chat
