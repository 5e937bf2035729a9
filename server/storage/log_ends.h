// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace parlour::storage {

class SqliteDatabase;

/// Where logs end, as the indexes of a damaged file say it. Where a disk has lost what was written
/// to it last, each page of a table may be in order, and only they say that rows are missing. Lives
/// in the storage thread.
class LogEnds final
{
public:
    /// `damaged` outlives it.
    explicit LogEnds(SqliteDatabase &damaged)
        : m_damaged(damaged)
    {
    }

    /// Whether an index knows of an entry of this log behind the one that has this number, and
    /// this key. One that cannot be read knows of none.
    bool goesOn(qint64 log, qint64 number, qint64 key);

private:
    struct Index {
        QString query; ///< the last number of a log, or all keys
        bool isReadable = true; ///< by the disk, which takes its time for what it cannot read
    };
    qint64 last(Index &index, qint64 log);

    SqliteDatabase &m_damaged;
    Index m_numbers{QStringLiteral("SELECT number FROM entries INDEXED BY entries_by_number"
                                   " WHERE log = ? ORDER BY number DESC LIMIT 1")};
    Index m_ids{QStringLiteral("SELECT key FROM entries INDEXED BY entries_by_id WHERE log = ?")};
};

} // namespace parlour::storage
