// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "storage/table_salvage.h"

#include "storage/sqlite_database.h"

#include <algorithm>
#include <vector>

namespace parlour::storage {

using namespace Qt::StringLiterals;

namespace {

constexpr int RowsAtOnce = 1000; ///< of one transaction
// No table gets as far as this.
constexpr qint64 LargestRowid = qint64(1) << 53;
/// Behind damage so many rowids are tried one by one; further away, each that is as much further as
/// this part of the distance. So nothing is missed between damaged pages, and where the last ones
/// are damaged this is seen at some time: after 30 times as many.
constexpr qint64 Fineness = 4096;

} // namespace

bool isUnreadable(const Error &error)
{
    return error.code == "unreadable"_L1;
}

bool isDamage(const Error &error)
{
    return error.code == "corrupt"_L1 || isUnreadable(error);
}

/// The rowid, and all columns.
QString TableSalvage::Table::select() const
{
    return u"SELECT %1, %2 FROM %3 NOT INDEXED"_s.arg(hasRowid ? u"rowid"_s : u"0"_s,
                                                      columns.join(u", "_s), name);
}

QString TableSalvage::Table::insert() const
{
    const QStringList marks(columns.size(), u"?"_s);
    return u"INSERT OR IGNORE INTO %1 (%2) VALUES (%3)"_s.arg(name, columns.join(u", "_s),
                                                              marks.join(u", "_s));
}

QString TableSalvage::Table::order() const
{
    return u" ORDER BY "_s + key.join(u", "_s);
}

QString TableSalvage::Table::backwards() const
{
    return u" ORDER BY %1 DESC"_s.arg(key.join(u" DESC, "_s));
}

sqlite::Value TableSalvage::Table::keyValue(const QByteArray &bytes) const
{
    return isKeyText ? sqlite::Value(QString::fromUtf8(bytes)) : sqlite::Value(bytes);
}

Expected<QStringList> TableSalvage::tables()
{
    QStringList names;
    const auto read = m_to.select(u"SELECT name FROM sqlite_master WHERE type = 'table'"
                                  " AND name NOT LIKE 'sqlite_%'"_s,
                                  {}, [&](const sqlite::Statement &row) {
                                      names.append(row.value(0).toString());
                                      return true;
                                  });
    if (!read)
        return read.error();
    return names;
}

// The table is alike in both, and the new file can be read.
Expected<TableSalvage::Table> TableSalvage::describe(const QString &name)
{
    Table table;
    table.name = name;
    const auto sql = m_to.value(u"SELECT sql FROM sqlite_master WHERE name = ?"_s, {name});
    if (!sql)
        return sql.error();
    table.hasRowid = !sql->toString().endsWith(u"WITHOUT ROWID"_s);
    const auto read = m_to.select(u"SELECT name, pk, type FROM pragma_table_info(?) ORDER BY cid"_s,
                                  {name}, [&](const sqlite::Statement &row) {
                                      table.columns.append(row.value(0).toString());
                                      if (row.value(1).toInt() == 1)
                                          table.isKeyText = row.value(2).toString() == "TEXT"_L1;
                                      if (row.value(1).toInt() > 0)
                                          table.key.append(row.value(0).toString());
                                      return true;
                                  });
    if (!read)
        return read.error();
    return table;
}

Expected<bool> TableSalvage::take(const QString &name, const QByteArray &front)
{
    const auto table = describe(name);
    if (!table)
        return table.error();
    return table->hasRowid ? takeByRowid(*table) : takeByKey(*table, front);
}

Expected<bool> TableSalvage::takeByRowid(const Table &table)
{
    bool isWhole = true;
    qint64 next = 1;
    while (true) {
        const auto part =
            takeRows(table, u" WHERE rowid >= ? ORDER BY rowid"_s, {next}, RowsAtOnce, next - 1);
        if (!part)
            return part.error();
        isWhole = isWhole && part->isWhole && !part->isDamaged;
        if (part->rows > 0)
            next = part->last + 1;
        if (part->isDamaged) {
            const auto readable = behindDamage(table, next);
            if (!readable)
                return false;
            next = *readable;
        } else if (part->rows < RowsAtOnce) {
            return isWhole;
        }
    }
}

// Readable pages may have damaged ones on both sides. But a disk takes its time, and comes closer
// to its end, with each try of what it cannot read.
std::optional<qint64> TableSalvage::behindDamage(const Table &table, qint64 bad)
{
    const qint64 first = bad;
    const qint64 end = lastReadable(table).value_or(LargestRowid);
    qint64 good = bad + 1;
    for (Sight sight = look(table, good); sight != Sight::Readable; sight = look(table, good)) {
        bad = good;
        if (bad >= end)
            return std::nullopt;
        const qint64 step = (good - first) / (sight == Sight::Unreadable ? 1 : Fineness);
        good = std::min(good + std::max<qint64>(1, step), end);
    }
    while (good - bad > 1) {
        const qint64 middle = bad + (good - bad) / 2;
        (look(table, middle) == Sight::Readable ? good : bad) = middle;
    }
    return good;
}

std::optional<qint64> TableSalvage::lastReadable(const Table &table)
{
    const auto last = m_from.value(table.select() + u" ORDER BY rowid DESC LIMIT 1"_s);
    return last && last->isValid() ? std::optional(last->toLongLong()) : std::nullopt;
}

TableSalvage::Sight TableSalvage::look(const Table &table, qint64 rowid)
{
    const auto found =
        m_from.value(table.select() + u" WHERE rowid >= ? ORDER BY rowid LIMIT 1"_s, {rowid});
    if (!found)
        return isUnreadable(found.error()) ? Sight::Unreadable : Sight::Damaged;
    return !found->isValid() || found->toLongLong() >= rowid ? Sight::Readable : Sight::Damaged;
}

Expected<TableSalvage::Part> TableSalvage::takeRows(const Table &table, const QString &order,
                                                    std::initializer_list<sqlite::Value> values,
                                                    int most, qint64 after)
{
    Part part;
    part.last = after;
    const int keyColumn = 1 + int(table.columns.indexOf(table.key.value(0)));
    const auto done = m_to.transaction([&]() -> Expected<void> {
        Expected<bool> written = true;
        const auto read =
            m_from.select(table.select() + order, values, [&](const sqlite::Statement &row) {
                const qint64 rowid = row.value(0).toLongLong();
                // A page that only seems to be in order could lead round and round.
                part.isDamaged = table.hasRowid && rowid <= part.last;
                if (part.isDamaged)
                    return false;
                part.last = rowid;
                if (!table.hasRowid)
                    part.lastKey = row.value(keyColumn).toByteArray();
                written = insert(table, row);
                part.isWhole = part.isWhole && written.valueOr(true);
                return written && ++part.rows < most;
            });
        if (!written)
            return written.error();
        if (!read && !isDamage(read.error()))
            return read;
        part.isDamaged = part.isDamaged || !read;
        return {};
    });
    if (!done)
        return done.error();
    return part;
}

Expected<bool> TableSalvage::insert(const Table &table, const sqlite::Statement &row)
{
    std::vector<sqlite::Value> values;
    values.reserve(size_t(table.columns.size()));
    for (int column = 1; column < row.columnCount(); ++column)
        values.push_back(sqlite::valueOf(row.value(column).toVariant()));
    const auto inserted = m_to.change(table.insert(), std::span<const sqlite::Value>(values));
    if (!inserted)
        return inserted.error();
    return *inserted > 0;
}

} // namespace parlour::storage
