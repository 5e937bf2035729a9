// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "storage/log_ends.h"

#include "storage/sqlite_database.h"
#include "storage/table_salvage.h"

#include <algorithm>

namespace parlour::storage {

// Keys rise with the numbers.
bool LogEnds::goesOn(qint64 log, qint64 number, qint64 key)
{
    return last(m_numbers, log) > number || last(m_ids, log) > key;
}

/// Of what can be read.
qint64 LogEnds::last(Index &index, qint64 log)
{
    qint64 last = 0;
    if (!index.isReadable)
        return last;
    const auto read = m_damaged.select(index.query, {log}, [&](const sqlite::Statement &row) {
        last = std::max(last, row.value(0).toLongLong());
        return true;
    });
    index.isReadable = read || !isUnreadable(read.error());
    return last;
}

} // namespace parlour::storage
