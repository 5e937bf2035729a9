// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/house_presence.h"

#include <utility>

namespace parlour::chat {

HousePresence::HousePresence(Rooms &rooms, std::chrono::milliseconds changeDelay)
    : m_rooms(rooms)
{
    m_telling.setSingleShot(true);
    m_telling.setInterval(changeDelay);
    connect(&m_telling, &QTimer::timeout, this, &HousePresence::tellNow);
    connect(&rooms, &Rooms::made, this, [this](Room *room) { watch(*room); });
    const auto all = rooms.all();
    for (Room *room : all)
        watch(*room);
}

void HousePresence::watch(Room &room)
{
    connect(&room, &Room::hereChanged, this,
            [this, title = room.title()](const QString &id) { notice(title, id); });
    const auto ids = room.peopleHere();
    for (const QString &id : ids)
        notice(room.title(), id);
}

void HousePresence::notice(const QString &room, const QString &id)
{
    m_changed[room].insert(id);
    if (!m_telling.isActive())
        m_telling.start();
}

void HousePresence::tellNow()
{
    m_telling.stop();
    QList<RoomPresence> rooms;
    const auto changes = std::exchange(m_changed, {});
    for (auto change = changes.cbegin(); change != changes.cend(); ++change) {
        const RoomPresence room = differences(change.key(), change.value());
        if (!room.here.isEmpty() || !room.gone.isEmpty())
            rooms.append(room);
    }
    if (!rooms.isEmpty())
        Q_EMIT changed(rooms);
}

// A room may have ended since; then all who were in it have left it before.
RoomPresence HousePresence::differences(const QString &title, const QSet<QString> &ids)
{
    RoomPresence differences{title, {}, {}};
    const Room *room = m_rooms.find(title);
    auto &told = m_told[title];
    for (const QString &id : ids) {
        const auto person = room ? room->personHere(id) : std::nullopt;
        if (!person) {
            if (told.remove(id))
                differences.gone.append(id);
        } else if (!told.contains(id) || told.value(id) != *person) {
            told.insert(id, *person);
            differences.here.append(*person);
        }
    }
    if (told.isEmpty())
        m_told.remove(title);
    return differences;
}

QList<RoomPresence> HousePresence::all() const
{
    QList<RoomPresence> rooms;
    for (auto told = m_told.cbegin(); told != m_told.cend(); ++told)
        rooms.append({told.key(), told->values(), {}});
    return rooms;
}

} // namespace parlour::chat
