// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"
#include "sqlite/statement.h"

#include <QStringList>
#include <QVariant>

#include <optional>

namespace parlour::storage {

class SqliteDatabase;

using channels::Error;
using channels::Expected;

/// Whether a file that is read fails so because it, or its disk, is damaged.
bool isDamage(const Error &error);
/// Likewise, by the disk.
bool isUnreadable(const Error &error);

/// Takes the rows of a damaged file's tables over into a new file of the same format, but for those
/// that cannot be read. Uses no index of the damaged one. Its memory is bounded, however many rows
/// there are. Lives in the storage thread.
class TableSalvage final
{
public:
    /// Both outlive it.
    TableSalvage(SqliteDatabase &from, SqliteDatabase &to)
        : m_from(from)
        , m_to(to)
    {
    }

    /// The tables that the new file has.
    Expected<QStringList> tables();
    /// Whether nothing was missing. Fails where the new file cannot be written.
    Expected<bool> take(const QString &name);

private:
    struct Table {
        QString name;
        QStringList columns;
        QStringList key;
        bool isKeyText = false; ///< in its first column; else it is bytes
        bool hasRowid = true;
        QString select() const;
        QString insert() const;
        QString order() const; ///< by the key
        QString backwards() const; ///< likewise
    };
    struct Part {
        qint64 last = 0; ///< the rowid of the last
        QVariant lastKey = {}; ///< the first column of its key, where it has no rowid
        int rows = 0;
        bool isDamaged = false;
        bool isWhole = true; ///< all that was read could be kept
    };

    enum class Sight {
        Readable,
        Damaged,
        Unreadable, ///< the disk does not give it
    };

    Expected<Table> describe(const QString &name);
    Expected<bool> takeByRowid(const Table &table);
    Expected<bool> takeByKey(const Table &table);
    /// What lies between damaged places behind the one row and before the other.
    Expected<void> takeBetween(const Table &table, const QVariant &low, const QVariant &high);
    /// The least rowid, after one that cannot be read, from which on one can; nothing: none.
    std::optional<qint64> behindDamage(const Table &table, qint64 bad);
    /// The last row's rowid; nothing: it cannot be read.
    std::optional<qint64> lastReadable(const Table &table);
    /// The first row from there on.
    Sight look(const Table &table, qint64 rowid);
    /// Of the rows that this gives, which have rowids behind `after`, if any; what is there is not
    /// taken again.
    Expected<Part> takeRows(const Table &table, const QString &order,
                            std::initializer_list<sqlite::Value> values, int most, qint64 after);
    /// False where the new file has it already, or it breaks its rules.
    Expected<bool> insert(const Table &table, const sqlite::Statement &row);

    SqliteDatabase &m_from;
    SqliteDatabase &m_to;
};

} // namespace parlour::storage
