// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
// What a host that saved a damaged history has numbered anew.
#include "client/host_store.h"
#include "client/store_database.h"

#include <QMap>
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

/// Finds it row by row, in their order.
class Mending
{
public:
    Mending(const QList<Kept> &rows, const QHash<qint64, chat::NumberRanges> &known)
        : m_known(known)
    {
        for (const Kept &row : rows) {
            m_newest.insert(row.id, row);
            int &most = m_behind[{row.epoch, row.number}];
            most = std::max(most, row.behind);
        }
    }

    void take(const Kept &row, const Kept &read)
    {
        if (std::exchange(m_epoch, row.epoch) != row.epoch)
            finish();
        const Kept later = m_newest.value(row.id);
        if (later.epoch != row.epoch) {
            placeLost(m_place && m_place->epoch == later.epoch ? later.number : 0);
            m_place = later;
            m_above = row;
        } else if (m_place) {
            m_lost.append(row);
        }
        if (m_place && row.epoch == read.epoch && row.number <= read.number)
            m_mended.read = m_place;
    }

    Mended finish()
    {
        placeLost(0);
        m_place.reset();
        return m_mended;
    }

private:
    /// What stood between two doubled rows is lost where all that stands there now is known; else
    /// it may be told again, and both stay for now, since the first one tells where it stood.
    /// `next`: the number of the second one; 0: there is none.
    void placeLost(qint64 next)
    {
        const QList<Kept> lost = std::exchange(m_lost, {});
        if (!m_place)
            return;
        const chat::NumberRanges known = m_known.value(m_place->epoch);
        if (next == 0 && !known.ranges().isEmpty())
            next = known.ranges().constLast().last;
        if (!lost.isEmpty() && !known.hold(m_place->number, next))
            return;
        m_mended.doubled.append(m_above);
        for (const Kept &row : lost) {
            Kept place = *m_place;
            place.behind = ++m_behind[{place.epoch, place.number}];
            m_mended.lost.append({row, place});
        }
    }

    QHash<qint64, chat::NumberRanges> m_known; ///< by epoch
    QHash<QString, Kept> m_newest; ///< by id
    QHash<QPair<qint64, qint64>, int> m_behind;
    qint64 m_epoch = 0;
    std::optional<Kept> m_place; ///< in a later epoch, of the last doubled row
    Kept m_above; ///< that row
    QList<Kept> m_lost; ///< what followed it
    Mended m_mended;
};

/// Those ranges without some numbers, which are in their order.
chat::NumberRanges without(const QList<qint64> &gone, const chat::NumberRanges &known)
{
    chat::NumberRanges rest;
    for (const chat::NumberRanges::Range &range : known.ranges()) {
        qint64 first = range.first;
        auto number = std::lower_bound(gone.begin(), gone.end(), first);
        for (; number != gone.end() && *number <= range.last; ++number) {
            rest.add({first, *number - 1});
            first = *number + 1;
        }
        rest.add({first, range.last});
    }
    return rest;
}

/// By epoch: the numbers whose messages stand elsewhere by then.
QMap<qint64, QList<qint64>> goneFrom(const Mended &mended)
{
    QMap<qint64, QList<qint64>> gone;
    const auto add = [&gone](const Kept &row) {
        if (row.behind == 0)
            gone[row.epoch].append(row.number);
    };
    std::for_each(mended.doubled.begin(), mended.doubled.end(), add);
    for (const auto &[from, to] : mended.lost)
        add(from);
    for (QList<qint64> &numbers : gone)
        std::sort(numbers.begin(), numbers.end());
    return gone;
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
    const auto known = rangesOf(room);
    if (!found || !read || !known)
        return false;
    QList<Kept> rows;
    for (const Values &row : *found)
        rows.append({row.at(0).toLongLong(), row.at(1).toLongLong(), row.at(2).toInt(),
                     row.at(3).toString()});
    Kept seen;
    if (!read->isEmpty())
        seen = {read->first().at(0).toLongLong(), read->first().at(1).toLongLong(), 0, {}};
    Mending mending(rows, *known);
    for (const Kept &row : std::as_const(rows))
        mending.take(row, seen);
    const Mended mended = mending.finish();
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
                   .has_value())
        && leaveOut(room, goneFrom(mended));
}

/// Between what stood beside those numbers something is missing by then.
bool HostStore::leaveOut(qint64 room, const QMap<qint64, QList<qint64>> &gone)
{
    const auto known = rangesOf(room);
    if (!known)
        return false;
    for (auto numbers = gone.cbegin(); numbers != gone.cend(); ++numbers)
        if (!writeRanges(room, numbers.key(), without(*numbers, known->value(numbers.key()))))
            return false;
    return true;
}

std::optional<QHash<qint64, chat::NumberRanges>> HostStore::rangesOf(qint64 room)
{
    const auto rows = run(u"SELECT epoch, first, last FROM ranges WHERE room = ?"_s, {room});
    if (!rows)
        return std::nullopt;
    QHash<qint64, chat::NumberRanges> known;
    for (const Values &row : *rows)
        known[row.at(0).toLongLong()].add({row.at(1).toLongLong(), row.at(2).toLongLong()});
    return known;
}

/// What earlier versions have left, once in a run.
void HostStore::mendRooms()
{
    if (std::exchange(m_isMended, true))
        return;
    const auto rooms = run(u"SELECT key FROM rooms WHERE host = ?"_s, {m_key});
    for (const Values &room : rooms.value_or(QList<Values>()))
        transact([&] { return mendRoom(room.first().toLongLong()); });
}

} // namespace parlour::client
