// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/frames.h"
#include "chat/house_store.h"

#include <QHash>
#include <QList>
#include <QString>

#include <list>
#include <optional>

namespace parlour::chat {

/// Up to where each person has seen each room, over a restart of the host too. Of a person the
/// rooms that were read last are known; beyond the bound in all, the persons who read longest ago
/// are forgotten. Lives in the server thread.
class ReadPositions
{
public:
    static constexpr qsizetype RoomsOfPerson = 100;

    /// `maximum`: positions of all persons together. `store` outlives it.
    ReadPositions(int maximum, HouseStore &store);

    std::optional<Position> of(const QString &person, const QString &room) const;
    /// The room that was read last comes last.
    QList<ReadFrame> all(const QString &person) const;
    /// The person has seen the room up to there. False where that is no news: within an epoch it
    /// never goes back.
    bool advance(const QString &person, const QString &room, const Position &position);

private:
    using Order = std::list<QString>;
    struct Reader {
        QList<ReadFrame> rooms; ///< the one that was read last comes last
        Order::iterator place;
    };

    void put(const QString &person, const ReadFrame &read);
    void forgetExcess();

    qsizetype m_maximum;
    HouseStore &m_store;
    QHash<QString, Reader> m_readers; ///< by the person's id
    Order m_order; ///< of the persons; who read longest ago comes first
    qsizetype m_count = 0;
};

} // namespace parlour::chat
