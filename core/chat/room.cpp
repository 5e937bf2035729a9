// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/room.h"

#include "chat/room_names.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace parlour::chat {

namespace {
// From this size on, telling each of them each arrival at once would cost its square.
constexpr int Crowd = 200;
constexpr auto CrowdDelay = 250ms;
} // namespace

Room::Room(const QString &title, QObject *parent)
    : QObject(parent)
    , m_title(title)
    , m_group(roomGroup(title))
{
    m_announcement.setSingleShot(true);
    connect(&m_announcement, &QTimer::timeout, this, &Room::announce);
}

void Room::enter(PresentPerson &person)
{
    const QString id = person.person().id;
    Member &member = m_members[id];
    if (++member.connections > 1)
        return;
    member.person = &person;
    member.order = ++m_arrivals;
    member.changes = connect(&person, &PresentPerson::changed, this, [this, id] {
        m_changed.insert(id);
        announceSoon();
    });
    m_changed.insert(id);
    announceSoon();
    if (people() == 1)
        Q_EMIT occupied(true);
}

void Room::leave(PresentPerson &person)
{
    const auto member = m_members.find(person.person().id);
    if (member == m_members.end() || --member->connections > 0)
        return;
    disconnect(member->changes);
    m_members.erase(member);
    m_changed.insert(person.person().id);
    announceSoon();
    if (isEmpty())
        Q_EMIT occupied(false);
}

void Room::requestMembers()
{
    m_listRequested = true;
    announceSoon();
}

void Room::announceSoon()
{
    if (!m_announcement.isActive())
        m_announcement.start(people() < Crowd ? 0ms : CrowdDelay);
}

// What was told before is compared with what is: who came and went within the turn is no news.
void Room::announce()
{
    MembersFrame frame;
    frame.room = m_title;
    const auto ids = std::exchange(m_changed, {});
    for (const QString &id : ids) {
        const auto told = m_told.constFind(id);
        const auto member = m_members.constFind(id);
        if (member == m_members.constEnd()) {
            if (told != m_told.constEnd())
                frame.left.append(m_told.take(id));
            continue;
        }
        const Person &person = member->person->person();
        if (told == m_told.constEnd())
            frame.joined.append(person);
        else if (*told != person)
            frame.changed.append(person);
        m_told.insert(id, person);
    }
    const bool isOtherNumber = !frame.joined.isEmpty() || !frame.left.isEmpty();
    if (isOtherNumber || !frame.changed.isEmpty())
        Q_EMIT noticed(encode(ServerFrame{frame}));
    if (isOtherNumber)
        Q_EMIT peopleChanged();
    if (std::exchange(m_listRequested, false))
        Q_EMIT membersListed(membersFrame());
}

QByteArray Room::membersFrame() const
{
    QList<Member> members = m_members.values();
    std::sort(members.begin(), members.end(),
              [](const Member &a, const Member &b) { return a.order < b.order; });
    MembersFrame frame;
    frame.room = m_title;
    frame.people.emplace();
    for (const Member &member : members)
        frame.people->append(member.person->person());
    return encode(ServerFrame{frame});
}

} // namespace parlour::chat
