// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
// What a host that saved a damaged history has numbered anew.
#include "client/host_store.h"
#include "client/store_database.h"

#include <QPair>

#include <algorithm>

namespace parlour::client {

using namespace Qt::StringLiterals;

namespace {

/// A kept message, with the whole part of its number.
struct Kept {
    qint64 epoch = 0;
    qint64 number = 0;
    int behind = 0; ///< which one behind the message of that number; 0: that message
    QString id;
};

/// Where in a later epoch something belongs.
struct Mended {
    QList<Kept> doubled; ///< their later row stays
    QList<QPair<Kept, Kept>> lost; ///< from where to where
    std::optional<Kept> read; ///< up to here the person has seen it
};

Mended mendedOf(const QList<Kept> &rows, const Kept &read)
{
    QHash<QString, Kept> newest;
    QHash<QPair<qint64, qint64>, int> behind;
    for (const Kept &row : rows) {
        newest.insert(row.id, row);
        int &most = behind[{row.epoch, row.number}];
        most = std::max(most, row.behind);
    }
    Mended mended;
    std::optional<Kept> place; // in a later epoch, of the last doubled row
    qint64 epoch = 0;
    for (const Kept &row : rows) {
        if (std::exchange(epoch, row.epoch) != row.epoch)
            place.reset();
        const Kept &later = newest[row.id];
        if (later.epoch != row.epoch) {
            mended.doubled.append(row);
            place = later;
        } else if (place) {
            place->behind = ++behind[{place->epoch, place->number}];
            mended.lost.append({row, *place});
        }
        if (place && row.epoch == read.epoch && row.number <= read.number)
            mended.read = place;
    }
    return mended;
}

} // namespace

/// Rows of an earlier epoch whose message has a number of a later one go; those between them, which
/// the host has lost, come to stand there: between two numbers.
bool HostStore::mendRoom(qint64 room)
{
    const auto epochs = run(u"SELECT COUNT(*) FROM epochs WHERE room = ?"_s, {room});
    if (!epochs || epochs->first().first().toInt() < 2)
        return epochs.has_value();
    const auto found =
        run(u"SELECT epoch, CAST(number AS INTEGER),"
            " CAST((number - CAST(number AS INTEGER)) * 1048576 + 0.5 AS INTEGER), id"
            " FROM messages WHERE room = ? ORDER BY epoch, number"_s,
            {room});
    const auto read = run(u"SELECT e.key, r.read_number FROM rooms r JOIN epochs e"
                          " ON e.room = r.key AND e.epoch = r.read_epoch WHERE r.key = ?"_s,
                          {room});
    if (!found || !read)
        return false;
    QList<Kept> rows;
    for (const Values &row : *found)
        rows.append({row.at(0).toLongLong(), row.at(1).toLongLong(), row.at(2).toInt(),
                     row.at(3).toString()});
    Kept seen;
    if (!read->isEmpty())
        seen = {read->first().at(0).toLongLong(), read->first().at(1).toLongLong(), 0, {}};
    const Mended mended = mendedOf(rows, seen);
    const auto drop = [&](const Kept &row) {
        return run(u"DELETE FROM messages WHERE room = ? AND epoch = ?"
                   " AND number = ? + ? / 1048576.0"_s,
                   {room, row.epoch, row.number, row.behind})
            .has_value();
    };
    const auto move = [&](const QPair<Kept, Kept> &lost) {
        const auto &[from, to] = lost;
        return run(u"UPDATE messages SET epoch = ?, number = ? + ? / 1048576.0"
                   " WHERE room = ? AND epoch = ? AND number = ? + ? / 1048576.0"_s,
                   {to.epoch, to.number, to.behind, room, from.epoch, from.number, from.behind})
            .has_value();
    };
    return std::all_of(mended.doubled.cbegin(), mended.doubled.cend(), drop)
        && std::all_of(mended.lost.cbegin(), mended.lost.cend(), move)
        && (!mended.read
            || run(u"UPDATE rooms SET read_number = ?,"
                   " read_epoch = (SELECT epoch FROM epochs WHERE key = ?) WHERE key = ?"_s,
                   {mended.read->number, mended.read->epoch, room})
                   .has_value());
}

/// Once in a run, before anything is shown: what is shown keeps its place.
void HostStore::mendRooms()
{
    if (std::exchange(m_isMended, true))
        return;
    const auto rooms = run(u"SELECT key FROM rooms WHERE host = ?"_s, {m_key});
    for (const Values &room : rooms.value_or(QList<Values>()))
        transact([&] { return mendRoom(room.first().toLongLong()); });
}

} // namespace parlour::client
