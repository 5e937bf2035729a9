// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/peer_holes.h"

#include "chat/text_rules.h"

#include <algorithm>

namespace parlour::chat {

namespace {

/// A file may be damaged, and no host answers what it does not understand.
bool isRight(const KeptHole &hole)
{
    return isId(hole.host) && (hole.after.isEmpty() || isUuid(hole.after)) && hole.time > 0;
}

} // namespace

PeerHoles::PeerHoles(HouseStore &store, qsizetype most)
    : m_store(store)
    , m_most(most)
{
    const auto kept = store.memory().holes;
    for (const KeptHole &hole : kept)
        m_holes.insert({hole.host, hole.room}, hole);
    forgetIf([](const KeptHole &hole) { return !isRight(hole); });
}

std::optional<KeptHole> PeerHoles::of(const QString &host, const QString &room) const
{
    const auto hole = m_holes.constFind({host, room});
    return hole == m_holes.cend() ? std::nullopt : std::optional(*hole);
}

void PeerHoles::keep(const KeptHole &hole)
{
    if (of(hole.host, hole.room))
        return;
    if (m_holes.size() >= m_most) {
        const auto oldest = std::min_element(
            m_holes.cbegin(), m_holes.cend(),
            [](const KeptHole &one, const KeptHole &other) { return one.since < other.since; });
        close(KeptHole(*oldest).host, KeptHole(*oldest).room);
    }
    m_holes.insert({hole.host, hole.room}, hole);
    m_store.keepHole(hole);
}

void PeerHoles::close(const QString &host, const QString &room)
{
    if (m_holes.remove({host, room}))
        m_store.forgetHole(host, room);
}

void PeerHoles::forgetIf(const std::function<bool(const KeptHole &)> &isMeant)
{
    m_holes.removeIf([&](decltype(m_holes)::iterator hole) {
        if (!isMeant(*hole))
            return false;
        m_store.forgetHole(hole->host, hole->room);
        return true;
    });
}

} // namespace parlour::chat
