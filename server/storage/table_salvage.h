// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"
#include "sqlite/statement.h"

#include <QByteArray>
#include <QStringList>

#include <optional>
#include <utility>

namespace parlour::storage {

class SqliteDatabase;

using channels::Error;
using channels::Expected;

/// Whether a file that is read fails so because it, or its disk, is damaged.
bool isDamage(const Error &error);
/// Likewise, by the disk.
bool isUnreadable(const Error &error);

/// Takes the rows of a damaged file's tables over into a new file that has these too, but for those
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
    /// Whether nothing was missing. `front`: with which the keys of a table without rowids begin.
    /// Fails where the new file cannot be written.
    Expected<bool> take(const QString &name, const QByteArray &front = {});

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
        sqlite::Value keyValue(const QByteArray &bytes) const; ///< of its first column
    };
    struct Part {
        qint64 last = 0; ///< the rowid of the last
        QByteArray lastKey = {}; ///< the first column of its key, where it has no rowid
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
    Expected<bool> takeByKey(const Table &table, const QByteArray &front);
    /// Where rows may lie between damaged places.
    struct Gap {
        QByteArray front; ///< with which their keys begin
        QByteArray low; ///< the key of the row before; empty: there is none
        QByteArray high; ///< of the row behind, likewise
        bool has(const QByteArray &key) const
        {
            return key > low && (high.isEmpty() || key < high);
        }
    };
    Expected<void> takeBetween(const Table &table, Gap gap);
    /// What lies closer to its ends.
    Expected<void> takeCloser(const Table &table, const Gap &gap);
    /// The least key from this one on; empty: there is none.
    Expected<QByteArray> firstKey(const Table &table, const QByteArray &from);
    /// On both sides of this key, up to damage: the first and the last key.
    using Reach = std::pair<QByteArray, QByteArray>;
    Expected<Reach> takeAround(const Table &table, const QByteArray &key);
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
