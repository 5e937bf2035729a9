// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
// What a host that saved a damaged history has numbered anew.
#include "client/host_store.h"
#include "client/store_database.h"

#include <QMap>
#include <QPair>

#include <algorithm>
#include <tuple>
#include <utility>

namespace parlour::client {

using namespace Qt::StringLiterals;

namespace {

// A row's epoch, the whole part of its number, which one behind the message of that number it is
// (0: that message), and its id.
constexpr auto KeptColumns =
    "epoch, CAST(number AS INTEGER),"
    " CAST((number - CAST(number AS INTEGER)) * 1048576 + 0.5 AS INTEGER), id"_L1;

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

/// Whether all numbers are known from there up to the next one; 0: to the last that is.
bool holdsUpTo(qint64 next, qint64 number, const chat::NumberRanges &known)
{
    if (next == 0 && !known.ranges().isEmpty())
        next = known.ranges().constLast().last;
    return known.hold(number, next);
}

} // namespace

/// Rows of an earlier epoch whose message has a number of a later one go; those between them, which
/// the host has lost, come to stand there: between two numbers. `told`: ids of what was written
/// since. Only these, and what could not be placed then, are looked at: a room may be long.
bool HostStore::mendRoom(qint64 room, const QStringList &told)
{
    const auto epochs = run(u"SELECT COUNT(*) FROM epochs WHERE room = ?"_s, {room});
    if (!epochs)
        return false;
    if (epochs->first().first().toInt() < 2) {
        m_doubled.insert(room, {});
        return true;
    }
    const auto doubled = doubledIn(room, told);
    if (!doubled)
        return false;
    m_doubled.insert(room, {});
    if (doubled->isEmpty())
        return true;
    const auto mended = mendingOf(room, *doubled);
    return mended && writeMended(room, *mended);
}

/// Rows whose message has a later one, with that one, in their order.
std::optional<QList<HostStore::Doubled>> HostStore::doubledIn(qint64 room, const QStringList &told)
{
    QSet<QString> ids(told.begin(), told.end());
    if (const auto left = m_doubled.constFind(room); left != m_doubled.cend()) {
        ids.unite(*left);
    } else { // once in a run: what earlier ones have left
        const auto all = run(u"SELECT id FROM messages m WHERE room = ? AND EXISTS (SELECT 1"
                             " FROM messages n WHERE n.room = m.room AND n.id = m.id"
                             " AND n.epoch > m.epoch)"_s,
                             {room});
        if (!all)
            return std::nullopt;
        for (const Values &row : *all)
            ids.insert(row.first().toString());
    }
    QList<Doubled> doubled;
    for (const QString &id : std::as_const(ids)) {
        const auto rows = keptRows(u"room = ? AND id = ? ORDER BY epoch, number"_s, {room, id});
        if (!rows)
            return std::nullopt;
        for (const Kept &row : *rows)
            if (row.epoch != rows->constLast().epoch)
                doubled.append({row, rows->constLast()});
    }
    std::sort(doubled.begin(), doubled.end(), [](const Doubled &one, const Doubled &other) {
        return std::tie(one.row.epoch, one.row.number, one.row.behind)
            < std::tie(other.row.epoch, other.row.number, other.row.behind);
    });
    return doubled;
}

std::optional<QList<HostStore::Kept>> HostStore::keptRows(const QString &where,
                                                          const Values &values)
{
    const auto found = run(u"SELECT %1 FROM messages WHERE %2"_s.arg(KeptColumns, where), values);
    if (!found)
        return std::nullopt;
    QList<Kept> rows;
    for (const Values &row : *found)
        rows.append({row.at(0).toLongLong(), row.at(1).toLongLong(), row.at(2).toInt(),
                     row.at(3).toString()});
    return rows;
}

/// What stood between two doubled rows is lost where all that stands there now is known; else it
/// may be told again, and both stay for now, since the first one tells where it stood.
std::optional<HostStore::Mended> HostStore::mendingOf(qint64 room, const QList<Doubled> &doubled)
{
    const auto read = run(u"SELECT e.key, r.read_number FROM rooms r JOIN epochs e"
                          " ON e.room = r.key AND e.epoch = r.read_epoch WHERE r.key = ?"_s,
                          {room});
    const auto ranges = rangesOf(room);
    if (!read || !ranges)
        return std::nullopt;
    const Values seen = read->value(0, {0, 0});
    Mended mended;
    for (qsizetype at = 0; at < doubled.size(); ++at) {
        const auto &[row, later] = doubled.at(at);
        const bool hasNext = at + 1 < doubled.size() && doubled.at(at + 1).row.epoch == row.epoch;
        const Doubled next = hasNext ? doubled.at(at + 1) : Doubled();
        if (row.epoch == seen.at(0).toLongLong() && row.number <= seen.at(1).toLongLong())
            mended.read = later;
        const bool isKnown = holdsUpTo(next.later.epoch == later.epoch ? next.later.number : 0,
                                       later.number, ranges->value(later.epoch));
        const auto between = rowsBetween(room, row, next.row, isKnown ? -1 : 1);
        if (!between)
            return std::nullopt;
        if (!between->isEmpty() && !isKnown) {
            m_doubled[room].insert(row.id);
            continue;
        }
        mended.doubled.append(row);
        if (!placeBehind(room, later, *between, mended))
            return std::nullopt;
    }
    return mended;
}

/// Those of an epoch behind that row, before the other one where that has an epoch.
std::optional<QList<HostStore::Kept>> HostStore::rowsBetween(qint64 room, const Kept &above,
                                                             const Kept &below, int count)
{
    const QString order = u" ORDER BY number LIMIT ?"_s;
    const QString where = u"room = ? AND epoch = ? AND number > ? + ? / 1048576.0"_s;
    const Values values = {room, above.epoch, above.number, above.behind};
    if (below.epoch == 0)
        return keptRows(where + order, values + Values{count});
    return keptRows(where + u" AND number < ? + ? / 1048576.0"_s + order,
                    values + Values{below.number, below.behind, count});
}

bool HostStore::placeBehind(qint64 room, const Kept &place, const QList<Kept> &rows, Mended &mended)
{
    if (rows.isEmpty())
        return true;
    const auto last = keptRows(u"room = ? AND epoch = ? AND number >= ? AND number < ?"
                               " ORDER BY number DESC LIMIT 1"_s,
                               {room, place.epoch, place.number, place.number + 1});
    if (!last)
        return false;
    int &behind = mended.behind[{place.epoch, place.number}];
    if (!last->isEmpty())
        behind = std::max(behind, last->constFirst().behind);
    for (const Kept &row : rows) {
        mended.lost.append({row, {place.epoch, place.number, ++behind, {}}});
        m_doubled[room].insert(row.id); // of hosts that tell one twice in an epoch
    }
    return true;
}

bool HostStore::writeMended(qint64 room, const Mended &mended)
{
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
        && leaveOut(room, mended);
}

/// Between what stood beside the numbers whose messages stand elsewhere now something is missing.
bool HostStore::leaveOut(qint64 room, const Mended &mended)
{
    QMap<qint64, QList<qint64>> gone; // by epoch
    const auto add = [&gone](const Kept &row) {
        if (row.behind == 0)
            gone[row.epoch].append(row.number);
    };
    std::for_each(mended.doubled.begin(), mended.doubled.end(), add);
    for (const auto &[from, to] : mended.lost)
        add(from);
    const auto known = rangesOf(room);
    if (!known)
        return false;
    for (auto numbers = gone.begin(); numbers != gone.end(); ++numbers) {
        std::sort(numbers->begin(), numbers->end());
        if (!writeRanges(room, numbers.key(), without(*numbers, known->value(numbers.key()))))
            return false;
    }
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
        transact([&] { return mendRoom(room.first().toLongLong(), {}); });
}

} // namespace parlour::client
