// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/people.h"

#include <QHash>
#include <QMap>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <chrono>
#include <optional>

namespace parlour::chat {

/// One room and who is in it: people of this host, and of the hosts that share it. What changes
/// within a turn leaves as one frame for all (in a crowd: within a quarter of a second). Made and
/// removed by Rooms. Lives in the server thread.
class Room final : public QObject
{
    Q_OBJECT
public:
    explicit Room(const QString &title, QObject *parent = nullptr);

    const QString &title() const { return m_title; }
    /// The group of the channel layer that carries what is said here.
    const QString &group() const { return m_group; }
    const QString &topic() const { return m_topic; }
    bool isListed() const { return m_listed; }
    /// The id of who created it; empty: nobody in particular.
    const QString &creator() const { return m_creator; }

    /// A person's connection comes; a person with several is one member.
    void enter(PresentPerson &person);
    void leave(PresentPerson &person);
    /// A person of another host is there, or is another one now. Who is on several hosts is one
    /// member, shown as the one of this host where there is one.
    void enterElsewhere(const QString &host, const Person &person);
    void leaveElsewhere(const QString &host, const QString &id);

    /// The members, those of other hosts included.
    int people() const { return int(m_members.size()); }
    /// The ids of this host's people.
    QStringList peopleHere() const;
    /// A person of this host who is in the room, or nothing.
    std::optional<Person> personHere(const QString &id) const;
    /// Whether nobody of this host is in it.
    bool isEmpty() const { return m_here == 0; }

    /// Whether the person is in the room on that host.
    bool isElsewhere(const QString &host, const QString &id) const;
    /// A member writes, or does not any more. False where nobody is told: it is no news, or the
    /// same was told of the person within the last 3 seconds.
    bool setTyping(const QString &id, bool isTyping, std::chrono::steady_clock::time_point now);

    /// Asks for membersListed(); the answer comes in a later turn.
    void requestMembers();

Q_SIGNALS:
    /// A frame for everybody who has the list of members: differences, a new topic.
    void noticed(const QByteArray &frame);
    /// A frame for the members other than that person.
    void typed(const QString &id, const QByteArray &frame);
    /// The members frame with all people, for those who asked.
    void membersListed(const QByteArray &frame);
    /// Comes with noticed() where their number changed.
    void peopleChanged();
    /// This host's last person left, or its first came.
    void occupied(bool isOccupied);
    /// A person of this host came, left or changed.
    void hereChanged(const QString &id);

private:
    friend class Rooms;

    struct Member {
        PresentPerson *person = nullptr; ///< null: is on other hosts alone
        int connections = 0; ///< to this host
        QMap<QString, Person> elsewhere; ///< as other hosts say, by their ids
        quint64 order = 0; ///< of the arrival
        /// When others were last told that the person writes.
        std::optional<std::chrono::steady_clock::time_point> typed = {};
        bool isTyping = false; ///< as others were told
        QMetaObject::Connection changes;

        Person shown() const;
    };

    Member &memberOf(const QString &id);
    void change(const QString &id);

    void announceSoon();
    void announce();
    QByteArray membersFrame() const;

    QString m_title;
    QString m_group;
    QString m_topic;
    QString m_creator;
    bool m_listed = false;

    QHash<QString, Member> m_members; ///< by the person's id
    int m_here = 0; ///< members who are on this host
    quint64 m_arrivals = 0;
    QHash<QString, Person> m_told; ///< the people as the members know them
    QSet<QString> m_changed; ///< came, left or changed since the last announcement
    bool m_listRequested = false;
    QTimer m_announcement;
};

} // namespace parlour::chat
