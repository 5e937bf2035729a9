// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/house_store.h"

#include <QHash>
#include <QString>

#include <functional>
#include <optional>

namespace parlour::chat {

/// What is known to be missing of other hosts, over a restart of the host too: it is asked for once
/// they are heard again. What no host could have told is not taken from the store. Lives in the
/// server thread.
class PeerHoles
{
public:
    static constexpr qsizetype MostHoles = 20000;

    /// `store` outlives it. `most`: rooms of hosts; for a further one, the oldest is forgotten.
    explicit PeerHoles(HouseStore &store, qsizetype most = MostHoles);

    std::optional<KeptHole> of(const QString &host, const QString &room) const;
    /// Of a host in a room, the first one stays: the others are behind it.
    void keep(const KeptHole &hole);
    void close(const QString &host, const QString &room);
    void forgetIf(const std::function<bool(const KeptHole &)> &isMeant);

private:
    using PeerRoom = std::pair<QString, QString>; ///< a host and a room

    HouseStore &m_store;
    qsizetype m_most;
    QHash<PeerRoom, KeptHole> m_holes;
};

} // namespace parlour::chat
