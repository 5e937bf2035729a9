// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/house_store.h"

#include <QHash>
#include <QString>

#include <optional>

namespace parlour::chat {

/// What is known to be missing of other hosts, over a restart of the host too: it is asked for once
/// they are heard again. Lives in the server thread.
class PeerHoles
{
public:
    /// Rooms of hosts; what is missing of further ones is not known after a restart.
    static constexpr qsizetype MostHoles = 20000;

    /// `store` outlives it.
    explicit PeerHoles(HouseStore &store);

    std::optional<KeptHole> of(const QString &host, const QString &room) const;
    /// Of a host in a room, the first one stays: it has the others in it.
    void keep(const KeptHole &hole);
    void close(const QString &host, const QString &room);
    void forgetRoom(const QString &room);

private:
    HouseStore &m_store;
    QHash<QString, QHash<QString, KeptHole>> m_holes; ///< by room and host
    qsizetype m_count = 0;
};

} // namespace parlour::chat
