// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/read_positions.h"

#include <algorithm>
#include <iterator>

namespace parlour::chat {

namespace {

auto isOfRoom(const QString &room)
{
    return [&room](const ReadFrame &read) { return read.room == room; };
}

} // namespace

ReadPositions::ReadPositions(int maximum, HouseStore &store)
    : m_maximum(maximum)
    , m_store(store)
{
    const auto kept = store.memory().reads;
    for (const KeptRead &read : kept)
        put(read.personId, {read.room, read.position});
    forgetExcess();
}

std::optional<Position> ReadPositions::of(const QString &person, const QString &room) const
{
    const auto rooms = all(person);
    const auto read = std::find_if(rooms.begin(), rooms.end(), isOfRoom(room));
    return read == rooms.end() ? std::nullopt : std::optional(read->position);
}

QList<ReadFrame> ReadPositions::all(const QString &person) const
{
    const auto reader = m_readers.constFind(person);
    return reader == m_readers.constEnd() ? QList<ReadFrame>() : reader->rooms;
}

bool ReadPositions::advance(const QString &person, const QString &room, const Position &position)
{
    const auto known = of(person, room);
    if (known && known->epoch == position.epoch && known->number >= position.number)
        return false;
    put(person, {room, position});
    m_store.keepRead({person, room, position});
    forgetExcess();
    return true;
}

void ReadPositions::put(const QString &person, const ReadFrame &read)
{
    auto reader = m_readers.find(person);
    if (reader == m_readers.end()) {
        m_order.push_back(person);
        reader = m_readers.insert(person, {{}, std::prev(m_order.end())});
    }
    m_order.splice(m_order.end(), m_order, reader->place);
    m_count -= reader->rooms.removeIf(isOfRoom(read.room));
    reader->rooms.append(read);
    ++m_count;
    if (reader->rooms.size() > RoomsOfPerson) {
        m_store.forgetRead(person, reader->rooms.takeFirst().room);
        --m_count;
    }
}

void ReadPositions::forgetExcess()
{
    while (m_count > m_maximum) {
        const Reader reader = m_readers.take(m_order.front());
        for (const ReadFrame &read : reader.rooms)
            m_store.forgetRead(m_order.front(), read.room);
        m_count -= reader.rooms.size();
        m_order.pop_front();
    }
}

} // namespace parlour::chat
