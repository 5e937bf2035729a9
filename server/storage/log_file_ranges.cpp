// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// From which number to which a log goes. The row of a log says it too, but not with each message:
// a page less to write. Behind what the row says there may be further entries, and the table "host"
// has the note that it may be so ("behind"). A log's oldest number is always that of its row, so
// whatever lets entries go, and be they all, keeps the newest number along with it.
#include "chat/room_log.h"
#include "storage/log_file.h"
#include "storage/sqlite_database.h"

#include <limits>
#include <utility>

namespace parlour::storage {

using namespace Qt::StringLiterals;

namespace {
constexpr qint64 MostBehind = 1000; ///< so many entries are soon read at the start
constexpr qint64 MostChecked = 50000; ///< more than a disk had to write at once
} // namespace

Expected<QHash<QString, LogHead>> LogFile::load()
{
    const auto behind = m_database.value(u"SELECT value FROM host WHERE name = 'behind'"_s);
    if (!behind)
        return behind.error();
    const bool isBehind = !behind->isNull();
    const auto read = m_database.select(
        u"SELECT key, room, epoch, oldest, newest, messages FROM logs"_s, {},
        [&](const sqlite::Statement &row) {
            const LogRange range{row.value(3).toLongLong(), row.value(4).toLongLong()};
            m_logs.insert(row.value(1).toString(),
                          {row.value(0).toLongLong(), row.value(2).toString(), range,
                           row.value(5).toLongLong(), range});
            return true;
        });
    if (!read)
        return read.error();
    QHash<QString, LogHead> heads;
    for (auto log = m_logs.begin(); log != m_logs.end(); ++log) {
        if (const auto done = isBehind ? readOn(*log) : Expected<void>(); !done)
            return done.error();
        heads.insert(log.key(), {log->epoch, log->range});
    }
    m_isBehind = isBehind;
    if (const auto checked = checkLast(); !checked)
        return checked.error();
    return heads;
}

// What people have read stays read.
Expected<QHash<QString, LogHead>> LogFile::renewEpochs()
{
    QHash<QString, LogHead> heads;
    for (auto log = m_logs.begin(); log != m_logs.end(); ++log) {
        const QString before = std::exchange(log->epoch, chat::newEpoch());
        const auto renewed =
            m_database.change(u"UPDATE logs SET epoch = ? WHERE key = ?"_s, {log->epoch, log->key});
        if (!renewed)
            return renewed.error();
        const auto read = m_database.change(u"UPDATE reads SET epoch = ?, number = min(number, ?)"
                                            " WHERE room = ? AND epoch = ?"_s,
                                            {log->epoch, log->range.newest, log.key(), before});
        if (!read)
            return read.error();
        heads.insert(log.key(), {log->epoch, log->range});
    }
    return heads;
}

// Rows and an index say where logs end. What a disk did not write of these, when the power failed,
// leaves pages that are in order, and numbers would be given again.
Expected<void> LogFile::checkLast()
{
    QHash<qint64, qint64> newest; // by key
    for (const Log &log : std::as_const(m_logs))
        newest.insert(log.key, log.range.newest);
    const auto forgotten =
        m_database.select(u"SELECT log FROM forgotten"_s, {}, [&](const sqlite::Statement &row) {
            newest.insert(row.value(0).toLongLong(), std::numeric_limits<qint64>::max());
            return true;
        });
    if (!forgotten)
        return forgotten;
    bool isWhole = true;
    const auto read = m_database.select(
        u"SELECT log, number FROM entries NOT INDEXED ORDER BY key DESC LIMIT ?"_s, {MostChecked},
        [&](const sqlite::Statement &row) {
            const auto log = newest.constFind(row.value(0).toLongLong());
            isWhole = log != newest.cend() && row.value(1).toLongLong() <= *log;
            return isWhole;
        });
    if (!read || isWhole)
        return read;
    return Error{
        u"corrupt"_s,
        u"%1: is damaged: it has more than its rows and indexes say."_s.arg(m_database.path())};
}

/// From where its row ends.
Expected<void> LogFile::readOn(Log &log)
{
    return m_database.select(u"SELECT max(number), count(*) FILTER (WHERE kind = 0) FROM entries"
                             " WHERE log = ? AND number > ?"_s,
                             {log.key, log.saved.newest}, [&](const sqlite::Statement &row) {
                                 if (!row.value(0).isNull())
                                     log.range.newest = row.value(0).toLongLong();
                                 log.messages += row.value(1).toLongLong();
                                 return false;
                             });
}

Expected<void> LogFile::saveRanges()
{
    for (auto &changed : m_changes) {
        if (!changed || changed->isSaved())
            continue;
        const qint64 behind = changed->range.newest - changed->saved.newest;
        if (changed->range.oldest == changed->saved.oldest && behind < MostBehind) {
            m_becomesBehind = true;
            continue;
        }
        if (const auto saved = save(*changed); !saved)
            return saved;
    }
    if (m_isBehind || !m_becomesBehind)
        return {};
    const auto noted =
        m_database.change(u"INSERT OR IGNORE INTO host (name, value) VALUES ('behind', '1')"_s);
    return noted ? Expected<void>() : Expected<void>(noted.error());
}

Expected<void> LogFile::save(Log &log)
{
    const auto saved =
        m_database.change(u"UPDATE logs SET oldest = ?, newest = ?, messages = ? WHERE key = ?"_s,
                          {log.range.oldest, log.range.newest, log.messages, log.key});
    if (!saved)
        return saved.error();
    log.saved = log.range;
    return {};
}

Expected<void> LogFile::saveAll()
{
    if (!m_isBehind)
        return {};
    auto logs = m_logs;
    const auto done = m_database.transaction([&]() -> Expected<void> {
        for (Log &log : logs) {
            if (const auto saved = log.isSaved() ? Expected<void>() : save(log); !saved)
                return saved;
        }
        const auto gone = m_database.change(u"DELETE FROM host WHERE name = 'behind'"_s);
        return gone ? Expected<void>() : Expected<void>(gone.error());
    });
    if (!done)
        return done;
    m_logs = std::move(logs);
    m_isBehind = false;
    return {};
}

} // namespace parlour::storage
