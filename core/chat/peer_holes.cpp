// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/peer_holes.h"

namespace parlour::chat {

PeerHoles::PeerHoles(HouseStore &store)
    : m_store(store)
{
    const auto kept = store.memory().holes;
    for (const KeptHole &hole : kept)
        m_holes[hole.room].insert(hole.host, hole);
    m_count = kept.size();
}

std::optional<KeptHole> PeerHoles::of(const QString &host, const QString &room) const
{
    const auto inRoom = m_holes.constFind(room);
    if (inRoom == m_holes.cend())
        return std::nullopt;
    const auto hole = inRoom->constFind(host);
    return hole == inRoom->cend() ? std::nullopt : std::optional(*hole);
}

void PeerHoles::keep(const KeptHole &hole)
{
    if (m_count >= MostHoles || of(hole.host, hole.room))
        return;
    m_holes[hole.room].insert(hole.host, hole);
    ++m_count;
    m_store.keepHole(hole);
}

void PeerHoles::close(const QString &host, const QString &room)
{
    const auto inRoom = m_holes.find(room);
    if (inRoom == m_holes.end() || !inRoom->remove(host))
        return;
    if (inRoom->isEmpty())
        m_holes.erase(inRoom);
    --m_count;
    m_store.forgetHole(host, room);
}

void PeerHoles::forgetRoom(const QString &room)
{
    const auto holes = m_holes.take(room);
    m_count -= holes.size();
    for (const KeptHole &hole : holes)
        m_store.forgetHole(hole.host, room);
}

} // namespace parlour::chat
