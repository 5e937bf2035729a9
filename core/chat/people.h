// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/clock.h"
#include "chat/frames.h"
#include "chat/link_codes.h"
#include "chat/person_names.h"
#include "chat/token_store.h"

#include <QObject>

#include <memory>
#include <unordered_map>

namespace parlour::chat {

class People;
class Stay;

/// A person with at least one open connection. Made and removed by People.
class PresentPerson final : public QObject
{
    Q_OBJECT
public:
    const Person &person() const { return m_person; }

Q_SIGNALS:
    /// Has another name or role now, went away or is back.
    void changed();
    /// A frame for the person's connections other than `by`.
    void told(const QByteArray &frame, const parlour::chat::Stay *by);

private:
    friend class People;
    friend class Stay;

    Person m_person;
    QString m_wanted; ///< the name that was asked for
    QStringList m_via; ///< of its connections, in the order in which they came
    int m_ownerConnections = 0; ///< of these, the ones that showed the owner's token
    int m_awayConnections = 0; ///< of these, the ones before which nobody sits
};

/// One connection's presence: while it lives, its person is here, and is the owner where the
/// connection is the owner's. People outlives it.
class Stay final
{
public:
    /// `via`: as Person::via, of this connection.
    Stay(People &people, PresentPerson &person, const QString &via, bool isOwner);
    ~Stay();
    Stay(const Stay &) = delete;
    Stay &operator=(const Stay &) = delete;

    PresentPerson &presence() const { return m_person; }
    const Person &person() const { return m_person.person(); }

    /// Nobody sits before this connection's client. The person is away while that is so of all.
    void setAway(bool isAway);
    /// A frame for the person's other connections.
    void tellOthers(const QByteArray &frame) { Q_EMIT m_person.told(frame, this); }

private:
    People &m_people;
    PresentPerson &m_person;
    QString m_via;
    bool m_isOwner;
    bool m_isAway = false;
};

/// Who is here, under which name, and how they come back. Lives in the server thread.
class People
{
public:
    /// `maximum`: persons present, and tokens remembered. `store` outlives it.
    People(int maximum, HouseStore &store, channels::Clock clock);
    ~People();
    People(const People &) = delete;
    People &operator=(const People &) = delete;

    struct Arrival {
        std::unique_ptr<Stay> stay;
        QString token; ///< to come back with; empty where a key is for that
    };
    /// A parlour.v1 client said hello, and has proven the key that it names, if any. Fails with
    /// bad_name, bad_link or host_full.
    Expected<Arrival> arrive(const HelloFrame &hello, bool isOwner);
    /// A plain client came. Fails with host_full.
    Expected<std::unique_ptr<Stay>> arriveGuest();
    /// A way in for another device of somebody who is here. Fails with too_many_links.
    Expected<LinkedFrame> link(const QString &personId);
    /// Fails with bad_name; the old name stays then.
    Expected<void> rename(PresentPerson &person, const QString &name);

    int count() const { return int(m_present.size()); }

    /// A person is on another host: nobody else gets the name here. Once for each room there. Where
    /// somebody here has it already, since neither host knew of the other, the one of them with the
    /// greater id gets a number, which all hosts see alike.
    void comeElsewhere(const Person &person);
    void goElsewhere(const Person &person);
    /// Whether the person is on another host.
    bool isElsewhere(const QString &id) const { return m_elsewhere.contains(id); }

    /// Whether a person of this host has the id.
    bool isHere(const QString &id) const { return find(id); }
    /// Whether the name looks like that of a person of this host who has another id.
    bool isNameOfAnotherHere(const QString &name, const QString &id) const;
    /// Whether the name looks like that of anybody here or on another host.
    bool isNameOfSomebody(const QString &name) const { return m_names.hasAlike(name); }

private:
    friend class Stay;

    PresentPerson *find(const QString &id) const;
    Expected<QString> knownId(const HelloFrame &hello);
    QString tokenFor(const HelloFrame &hello, const QString &id, bool isKnown);
    Expected<QString> takeName(const QString &id, const QString &name);
    void makeWay(PresentPerson &person);
    void call(PresentPerson &person, const QString &name);
    Expected<PresentPerson *> enter(const QString &id, const QString &name);
    Expected<void> setName(PresentPerson &person, const QString &checkedName);
    void update(PresentPerson &person);
    void leave(PresentPerson &person);
    bool isFull() const { return count() >= m_maximum; }

    int m_maximum;
    TokenStore m_tokens;
    LinkCodes m_links;
    channels::Clock m_clock;
    NameRegister m_names;
    QMultiHash<QString, PresentPerson *> m_bySkeleton; ///< by what their names look like
    QMultiHash<QString, QString> m_elsewhere; ///< by the person's id: the names on other hosts
    std::unordered_map<QString, std::unique_ptr<PresentPerson>> m_present;
};

} // namespace parlour::chat
