// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"
#include "chat/house_store.h"

#include <QHash>

#include <optional>
#include <utility>

namespace parlour::storage {

class SqliteDatabase;

using channels::Expected;

/// What changed, by key; nothing: it is to be removed.
struct HouseChanges {
    struct Room {
        chat::KeptRoom room;
        qint64 order = 0; ///< of the making, among those that the file has not yet
    };
    struct Token {
        QString personId;
        qint64 used = 0; ///< ms UTC
    };
    QHash<QString, std::optional<Room>> rooms; ///< by title
    struct Read {
        chat::Position position;
        qint64 used = 0; ///< ms UTC
    };
    using Reader = std::pair<QString, QString>; ///< the person's id and the room
    using PeerRoom = std::pair<QString, QString>; ///< another host's id and the room
    QHash<QByteArray, std::optional<Token>> tokens; ///< by hash
    QHash<Reader, std::optional<Read>> reads;
    QHash<PeerRoom, std::optional<chat::KeptHole>> holes;

    bool isEmpty() const
    {
        return rooms.isEmpty() && tokens.isEmpty() && reads.isEmpty() && holes.isEmpty();
    }
};

/// A host's own tables in its file. Lives in the storage thread; the counterpart of
/// SqliteHouseStore.
class HouseFile final
{
public:
    /// `database` outlives it.
    explicit HouseFile(SqliteDatabase &database)
        : m_database(database)
    {
    }

    /// Gives the host its id at the first start. A room whose log holds something is there, though
    /// nothing else may be known of it. `isShared`: as in StoreOptions.
    Expected<chat::HouseStore::Memory> load(std::optional<bool> isShared = {});

    /// All of it or, where it fails, nothing.
    Expected<void> write(const HouseChanges &changes);

private:
    Expected<QString> hostId();
    Expected<qint64> sharesSince(std::optional<bool> isShared);
    Expected<QList<chat::KeptRoom>> rooms();
    Expected<QList<chat::KeptToken>> tokens();
    Expected<QList<chat::KeptRead>> reads();
    Expected<QList<chat::KeptHole>> holes();
    Expected<void> writeRooms(const HouseChanges &changes);
    Expected<void> write(const chat::KeptRoom &room);
    Expected<void> write(const QByteArray &hash, const std::optional<HouseChanges::Token> &token);
    Expected<void> write(const HouseChanges::Reader &reader,
                         const std::optional<HouseChanges::Read> &read);
    Expected<void> write(const HouseChanges::PeerRoom &place,
                         const std::optional<chat::KeptHole> &hole);
    template <typename Changes>
    Expected<void> writeEach(const Changes &changes);

    SqliteDatabase &m_database;
};

} // namespace parlour::storage
