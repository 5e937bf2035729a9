// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/people.h"

#include "chat/key_proof.h"
#include "chat/text_rules.h"

#include <QRandomGenerator>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace parlour::chat {

namespace {

constexpr qsizetype MaxClientNameLength = 40;

QString viaOf(const QString &client)
{
    if (client.isEmpty() || hasForbiddenCharacters(client))
        return u"client"_s;
    return firstCodePoints(client, MaxClientNameLength);
}

bool isOfGuest(const QString &via)
{
    return via == "browser"_L1 || via == "plain"_L1;
}

/// Who has a key is a member in a browser, too.
QString roleOf(const Person &person, bool isOwner)
{
    if (isOwner)
        return u"owner"_s;
    return isOfGuest(person.via) && isIdOfToken(person.id) ? u"guest"_s : u"member"_s;
}

/// A program of one's own says more of a person than a browser beside it.
QString mainOf(const QStringList &via)
{
    const auto program = std::find_if_not(via.begin(), via.end(), isOfGuest);
    return program == via.end() ? via.first() : *program;
}

} // namespace

Stay::Stay(People &people, PresentPerson &person, const QString &via, bool isOwner)
    : m_people(people)
    , m_person(person)
    , m_via(via)
    , m_isOwner(isOwner)
{
    person.m_via.append(via);
    person.m_ownerConnections += isOwner ? 1 : 0;
    people.update(person);
}

Stay::~Stay()
{
    m_person.m_ownerConnections -= m_isOwner ? 1 : 0;
    m_person.m_awayConnections -= m_isAway ? 1 : 0;
    m_person.m_via.removeOne(m_via);
    if (m_person.m_via.isEmpty())
        m_people.leave(m_person);
    else
        m_people.update(m_person);
}

void Stay::setAway(bool isAway)
{
    if (std::exchange(m_isAway, isAway) == isAway)
        return;
    m_person.m_awayConnections += isAway ? 1 : -1;
    m_people.update(m_person);
}

People::People(int maximum, HouseStore &store, channels::Clock clock)
    : m_maximum(maximum)
    , m_tokens(maximum, store)
    , m_clock(std::move(clock))
{
}

People::~People() = default;

Expected<People::Arrival> People::arrive(const HelloFrame &hello, bool isOwner)
{
    const auto name = checkPersonName(hello.name);
    if (!name)
        return name.error();
    const auto known = knownId(hello);
    if (!known)
        return known.error();
    const QString id = known->isEmpty() ? newPersonId() : *known;
    PresentPerson *person = find(id);
    if (!person) {
        const auto entered = enter(id, *name);
        if (!entered)
            return entered.error();
        person = *entered;
    } else if (hello.link.isEmpty()) { // else the person has a name, of another device
        if (auto named = setName(*person, *name); !named)
            return named.error();
    }
    const QString token = tokenFor(hello, id, !known->isEmpty());
    return Arrival{std::make_unique<Stay>(*this, *person, viaOf(hello.client), isOwner), token};
}

Expected<std::unique_ptr<Stay>> People::arriveGuest()
{
    const int number = QRandomGenerator::global()->bounded(1000, 10000);
    const auto entered = enter(newPersonId(), u"Guest %1"_s.arg(number));
    if (!entered)
        return entered.error();
    return std::make_unique<Stay>(*this, **entered, u"plain"_s, false);
}

Expected<void> People::rename(PresentPerson &person, const QString &name)
{
    const auto checked = checkPersonName(name);
    if (!checked)
        return checked.error();
    return setName(person, *checked);
}

Expected<LinkedFrame> People::link(const QString &personId)
{
    const QString code = m_links.issue(personId, m_clock());
    if (code.isEmpty())
        return Error{u"too_many_links"_s,
                     u"Too many links wait here to be used. Try again in a few minutes."_s};
    return LinkedFrame{code, LinkCodes::Lifetime};
}

/// Empty for somebody new.
Expected<QString> People::knownId(const HelloFrame &hello)
{
    if (!hello.key.isEmpty())
        return personIdOfKey(hello.key);
    if (hello.link.isEmpty())
        return hello.token.isEmpty() ? QString() : m_tokens.personOf(hello.token);
    const QString linked = m_links.personOf(hello.link, m_clock());
    if (!linked.isEmpty())
        return linked;
    return Error{u"bad_link"_s,
                 u"This link has been used, or is too old: it works once, within five minutes. "
                 "Ask for a new one on the other device."_s};
}

// Who shows a key gets none: a stolen token would do instead of the key. A code is used up only
// here, where nothing stands in the way any more.
QString People::tokenFor(const HelloFrame &hello, const QString &id, bool isKnown)
{
    if (!hello.key.isEmpty())
        return {};
    if (!hello.link.isEmpty())
        m_links.take(hello.link, m_clock());
    return isKnown && hello.link.isEmpty() ? hello.token : m_tokens.issue(id);
}

PresentPerson *People::find(const QString &id) const
{
    const auto found = m_present.find(id);
    return found == m_present.end() ? nullptr : found->second.get();
}

void People::comeElsewhere(const Person &person)
{
    m_elsewhere.insert(person.id, person.name);
    m_names.note(person.name);
    QStringList yielding;
    const auto alike = m_bySkeleton.values(nameSkeleton(person.name));
    for (const PresentPerson *own : alike) {
        if (own->person().id > person.id)
            yielding.append(own->person().id);
    }
    for (const QString &id : std::as_const(yielding)) {
        if (PresentPerson *own = find(id)) // who may leave as others are told
            makeWay(*own);
    }
}

void People::goElsewhere(const Person &person)
{
    const auto known = m_elsewhere.find(person.id, person.name);
    if (known == m_elsewhere.end())
        return;
    m_elsewhere.erase(known);
    m_names.release(person.name);
}

bool People::isNameOfAnotherHere(const QString &name, const QString &id) const
{
    const auto alike = m_bySkeleton.values(nameSkeleton(name));
    return std::any_of(alike.begin(), alike.end(),
                       [&](const PresentPerson *person) { return person->person().id != id; });
}

/// The name is the person's already, as m_names sees it.
void People::call(PresentPerson &person, const QString &name)
{
    m_bySkeleton.remove(nameSkeleton(person.m_person.name), &person);
    m_bySkeleton.insert(nameSkeleton(name), &person);
    person.m_person.name = name;
}

// What the person is called on other hosts is no hindrance.
Expected<QString> People::takeName(const QString &id, const QString &name)
{
    const QStringList theirs = m_elsewhere.values(id);
    for (const QString &own : theirs)
        m_names.release(own);
    auto given = m_names.take(name);
    for (const QString &own : theirs)
        m_names.note(own);
    return given;
}

void People::makeWay(PresentPerson &person)
{
    m_names.release(person.m_person.name);
    call(person, m_names.takeNumbered(person.m_wanted));
    Q_EMIT person.changed();
}

Expected<PresentPerson *> People::enter(const QString &id, const QString &name)
{
    if (isFull()) {
        return Error{u"host_full"_s,
                     u"This host has no place for another person. Try again in a minute."_s};
    }
    const auto given = takeName(id, name);
    if (!given)
        return given.error();
    auto person = std::make_unique<PresentPerson>();
    person->m_person.id = id;
    call(*person, *given);
    person->m_wanted = name;
    return m_present.emplace(id, std::move(person)).first->second.get();
}

// The own name is no hindrance, so it is given back first, and taken again where the new one fails.
Expected<void> People::setName(PresentPerson &person, const QString &checkedName)
{
    if (checkedName == person.m_wanted || checkedName == person.m_person.name)
        return {};
    const QString old = person.m_person.name;
    m_names.release(old);
    const auto given = takeName(person.m_person.id, checkedName);
    if (!given) {
        m_names.note(old);
        return given.error();
    }
    call(person, *given);
    person.m_wanted = checkedName;
    Q_EMIT person.changed();
    return {};
}

void People::update(PresentPerson &person)
{
    Person now = person.m_person;
    now.via = mainOf(person.m_via);
    now.role = roleOf(now, person.m_ownerConnections > 0);
    now.away = person.m_awayConnections == person.m_via.size();
    if (std::exchange(person.m_person, now) != now)
        Q_EMIT person.changed();
}

void People::leave(PresentPerson &person)
{
    m_names.release(person.m_person.name);
    m_bySkeleton.remove(nameSkeleton(person.m_person.name), &person);
    m_present.erase(person.m_person.id);
}

} // namespace parlour::chat
