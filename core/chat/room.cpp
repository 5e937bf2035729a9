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
constexpr auto TypingInterval = 3s;
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
    Member &member = memberOf(id);
    if (++member.connections > 1)
        return;
    member.person = &person;
    member.changes = connect(&person, &PresentPerson::changed, this, [this, id] {
        change(id);
        Q_EMIT hereChanged(id);
    });
    change(id);
    ++m_here;
    Q_EMIT hereChanged(id);
    if (m_here == 1)
        Q_EMIT occupied(true);
}

void Room::leave(PresentPerson &person)
{
    const QString id = person.person().id;
    const auto member = m_members.find(id);
    if (member == m_members.end() || !member->person || --member->connections > 0)
        return;
    disconnect(member->changes);
    member->person = nullptr;
    if (member->elsewhere.isEmpty())
        m_members.erase(member);
    change(id);
    --m_here;
    Q_EMIT hereChanged(id);
    if (isEmpty())
        Q_EMIT occupied(false);
}

void Room::enterElsewhere(const QString &host, const Person &person)
{
    memberOf(person.id).elsewhere.insert(host, person);
    change(person.id);
}

void Room::leaveElsewhere(const QString &host, const QString &id)
{
    const auto member = m_members.find(id);
    if (member == m_members.end() || member->elsewhere.remove(host) == 0)
        return;
    if (!member->person && member->elsewhere.isEmpty())
        m_members.erase(member);
    change(id);
}

QStringList Room::peopleHere() const
{
    QStringList ids;
    for (auto member = m_members.cbegin(); member != m_members.cend(); ++member) {
        if (member->person)
            ids.append(member.key());
    }
    return ids;
}

std::optional<Person> Room::personHere(const QString &id) const
{
    const auto member = m_members.constFind(id);
    if (member == m_members.constEnd() || !member->person)
        return std::nullopt;
    return member->person->person();
}

bool Room::isElsewhere(const QString &host, const QString &id) const
{
    const auto member = m_members.constFind(id);
    return member != m_members.constEnd() && member->elsewhere.contains(host);
}

bool Room::setTyping(const QString &id, bool isTyping, std::chrono::steady_clock::time_point now)
{
    const auto member = m_members.find(id);
    if (member == m_members.end())
        return false;
    const bool isSoon = member->typed && now - *member->typed < TypingInterval;
    if (isTyping ? isSoon : !member->isTyping)
        return false;
    member->isTyping = isTyping;
    if (isTyping)
        member->typed = now;
    Q_EMIT typed(
        id, encode(ServerFrame{PersonTypingFrame{m_title, {id, member->shown().name}, isTyping}}));
    return true;
}

Person Room::Member::shown() const
{
    const auto isAway = [](const Person &other) { return other.away; };
    Person shown = person ? person->person() : elsewhere.first();
    shown.away = shown.away && std::all_of(elsewhere.begin(), elsewhere.end(), isAway);
    return shown;
}

Room::Member &Room::memberOf(const QString &id)
{
    Member &member = m_members[id];
    if (!member.person && member.elsewhere.isEmpty())
        member.order = ++m_arrivals;
    return member;
}

void Room::change(const QString &id)
{
    m_changed.insert(id);
    announceSoon();
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
        const Person person = member->shown();
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
        frame.people->append(member.shown());
    return encode(ServerFrame{frame});
}

} // namespace parlour::chat
