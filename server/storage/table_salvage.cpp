// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "storage/table_salvage.h"

#include "storage/sqlite_database.h"

#include <limits>
#include <vector>

namespace parlour::storage {

using namespace Qt::StringLiterals;

namespace {

constexpr int RowsAtOnce = 1000; ///< of one transaction
// No table gets as far as this.
constexpr qint64 LargestRowid = qint64(1) << 53;

} // namespace

bool isDamage(const Error &error)
{
    return error.code == "corrupt"_L1 || error.code == "unreadable"_L1;
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

// The damaged file is of the same format, so the new one says what is in it.
Expected<TableSalvage::Table> TableSalvage::describe(const QString &name)
{
    Table table;
    table.name = name;
    const auto sql = m_to.value(u"SELECT sql FROM sqlite_master WHERE name = ?"_s, {name});
    if (!sql)
        return sql.error();
    table.hasRowid = !sql->toString().endsWith(u"WITHOUT ROWID"_s);
    const auto read = m_to.select(u"SELECT name, pk FROM pragma_table_info(?) ORDER BY cid"_s,
                                  {name}, [&](const sqlite::Statement &row) {
                                      table.columns.append(row.value(0).toString());
                                      if (row.value(1).toInt() > 0)
                                          table.key.append(row.value(0).toString());
                                      return true;
                                  });
    if (!read)
        return read.error();
    return table;
}

Expected<bool> TableSalvage::take(const QString &name)
{
    const auto table = describe(name);
    if (!table)
        return table.error();
    return table->hasRowid ? takeByRowid(*table) : takeByKey(*table);
}

/// From both ends, as far as can be read: such a table has no keys that one could go on from.
Expected<bool> TableSalvage::takeByKey(const Table &table)
{
    constexpr int All = std::numeric_limits<int>::max();
    const auto first = takeRows(table, u" ORDER BY "_s + table.key.join(u", "_s), {}, All, 0);
    if (!first)
        return first.error();
    if (!first->isDamaged)
        return first->isWhole;
    const auto last =
        takeRows(table, u" ORDER BY %1 DESC"_s.arg(table.key.join(u" DESC, "_s)), {}, All, 0);
    if (!last)
        return last.error();
    return false;
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

// Not row by row: a page has many, and the file may have no more at all.
std::optional<qint64> TableSalvage::behindDamage(const Table &table, qint64 bad)
{
    qint64 step = 1;
    while (!isReadable(table, bad + step)) {
        bad += step;
        step *= 2;
        if (bad > LargestRowid)
            return std::nullopt;
    }
    qint64 good = bad + step;
    while (good - bad > 1) {
        const qint64 middle = bad + (good - bad) / 2;
        (isReadable(table, middle) ? good : bad) = middle;
    }
    return good;
}

bool TableSalvage::isReadable(const Table &table, qint64 rowid)
{
    const auto found =
        m_from.value(table.select() + u" WHERE rowid >= ? ORDER BY rowid LIMIT 1"_s, {rowid});
    return found && (!found->isValid() || found->toLongLong() >= rowid);
}

Expected<TableSalvage::Part> TableSalvage::takeRows(const Table &table, const QString &order,
                                                    std::initializer_list<sqlite::Value> values,
                                                    int most, qint64 after)
{
    Part part;
    part.last = after;
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
