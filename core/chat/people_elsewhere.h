// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/house.h"

#include <QHash>
#include <QObject>

#include <map>

namespace parlour::chat {

/// The people of other hosts, shown in this house's rooms of the same titles, and in its register
/// of names. Lives in the server thread; `house` outlives it.
class PeopleElsewhere final : public QObject
{
    Q_OBJECT
public:
    /// `maximum`: people in rooms, a person in two rooms counted twice.
    PeopleElsewhere(House &house, int maximum);
    ~PeopleElsewhere() override;

    /// False: there is no place for another one.
    bool enter(const QString &host, const QString &room, const Person &person);
    void leave(const QString &host, const QString &room, const QString &id);
    /// The ids of a host's people in a room.
    QStringList people(const QString &host, const QString &room) const;
    QStringList rooms(const QString &host) const;
    void removeHost(const QString &host);

private:
    using RoomPeople = QHash<QString, Person>; ///< by their ids
    using HostRooms = QHash<QString, RoomPeople>;

    void show(Room &room);

    House &m_house;
    int m_maximum;
    int m_count = 0;
    std::map<QString, HostRooms> m_hosts;
};

} // namespace parlour::chat
