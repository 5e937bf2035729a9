// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// Of tables that have no rowids. Their keys are random but for what all have in front, so two bytes
// behind that divide them evenly. Where one is found by these, those around it are divided more
// finely.
#include "storage/sqlite_database.h"
#include "storage/table_salvage.h"

#include <algorithm>
#include <limits>

namespace parlour::storage {

using namespace Qt::StringLiterals;

namespace {

constexpr int NoLimit = std::numeric_limits<int>::max();
constexpr int Step = 2; ///< bytes

QByteArray commonFront(const QByteArray &one, const QByteArray &other)
{
    const auto differs = std::mismatch(one.cbegin(), one.cend(), other.cbegin(), other.cend());
    return one.first(differs.first - one.cbegin());
}

} // namespace

/// From both ends, as far as can be read, and then what is found between.
Expected<bool> TableSalvage::takeByKey(const Table &table, const QByteArray &front)
{
    const auto first = takeRows(table, table.order(), {}, NoLimit, 0);
    if (!first)
        return first.error();
    if (!first->isDamaged)
        return first->isWhole;
    const auto last = takeRows(table, table.backwards(), {}, NoLimit, 0);
    if (!last)
        return last.error();
    Gap gap{front, first->lastKey, last->lastKey};
    if (!gap.low.isEmpty() && !gap.high.isEmpty())
        gap.front = commonFront(gap.low, gap.high);
    if (const auto taken = takeBetween(table, gap); !taken)
        return taken.error();
    return false;
}

Expected<void> TableSalvage::takeBetween(const Table &table, Gap gap)
{
    const int values = table.isKeyText ? 128 : 256; // of a byte
    bool isSlow = false; // the disk
    bool hasFound = false;
    for (int i = 1; i < values * values; ++i) {
        const QByteArray key = gap.front + char(i / values) + char(i % values);
        if (!gap.has(key))
            continue;
        const auto found = firstKey(table, key);
        if (!found && !isDamage(found.error()))
            return found.error();
        if (!found && isUnreadable(found.error())) {
            isSlow = true;
            i |= values - 1; // as in behindDamage()
        }
        if (!found || !gap.has(*found))
            continue;
        const auto reach = takeAround(table, key);
        if (!reach)
            return reach.error();
        const Gap before{gap.front, gap.low, reach->first};
        if (const auto taken = isSlow ? Expected<void>() : takeCloser(table, before); !taken)
            return taken;
        gap.low = std::max(gap.low, reach->second);
        hasFound = true;
    }
    return hasFound && !isSlow ? takeCloser(table, gap) : Expected<void>();
}

Expected<void> TableSalvage::takeCloser(const Table &table, const Gap &gap)
{
    const qsizetype length = gap.front.size() + Step;
    const QByteArray low = gap.low.left(length);
    const QByteArray high = gap.high.left(length);
    Expected<void> taken;
    if (low.size() == length)
        taken = takeBetween(table, {low, gap.low, gap.high});
    if (taken && high.size() == length && high != low)
        taken = takeBetween(table, {high, gap.low, gap.high});
    return taken;
}

Expected<QByteArray> TableSalvage::firstKey(const Table &table, const QByteArray &from)
{
    const QString sql = u"SELECT %1 FROM %2 NOT INDEXED WHERE %1 >= ? ORDER BY %1 LIMIT 1"_s.arg(
        table.key.constFirst(), table.name);
    const auto key = m_from.value(sql, {table.keyValue(from)});
    if (!key)
        return key.error();
    return key->toByteArray();
}

// A row between two pages is not on either.
Expected<TableSalvage::Reach> TableSalvage::takeAround(const Table &table, const QByteArray &key)
{
    const QString column = table.key.constFirst();
    const auto value = table.keyValue(key);
    const auto before =
        takeRows(table, u" WHERE %1 < ?"_s.arg(column) + table.backwards(), {value}, NoLimit, 0);
    if (!before)
        return before.error();
    const auto behind =
        takeRows(table, u" WHERE %1 >= ?"_s.arg(column) + table.order(), {value}, NoLimit, 0);
    if (!behind)
        return behind.error();
    return Reach{before->rows > 0 ? before->lastKey : key, behind->lastKey};
}

} // namespace parlour::storage
