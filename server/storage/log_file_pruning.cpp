// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "storage/log_file.h"
#include "storage/sqlite_database.h"

#include <algorithm>

namespace parlour::storage {

using namespace Qt::StringLiterals;

namespace {
constexpr qint64 DropsAtOnce = 200; ///< a few milliseconds, which is how long others wait
} // namespace

Expected<Pruned> LogFile::prune(qint64 now)
{
    Pruned pruned;
    const auto heads = commit([&]() -> Expected<void> {
        auto dropped = dropForgotten();
        if (dropped && !*dropped)
            dropped = dropExcess();
        if (dropped && !*dropped && m_retention.age.count() > 0)
            dropped = dropOld(now - m_retention.age.count());
        if (!dropped)
            return dropped.error();
        pruned.hasMore = *dropped;
        return {};
    });
    if (!heads)
        return heads.error();
    pruned.heads = *heads;
    return pruned;
}

Expected<void> LogFile::dropUpTo(const QString &room, qint64 number)
{
    Log log = *find(room);
    if (number < log.range.oldest)
        return {};
    const auto dropped = m_database.change(u"DELETE FROM entries WHERE log = ? AND number <= ?"_s,
                                           {log.key, number});
    if (!dropped)
        return dropped.error();
    log.range.oldest = number + 1;
    m_changes.insert(room, log);
    return {};
}

/// Of a room that has more than are kept now, since fewer are than before.
Expected<bool> LogFile::dropExcess()
{
    const qint64 most = m_retention.messagesPerRoom;
    if (most <= 0)
        return false;
    const auto over = std::find_if(m_logs.cbegin(), m_logs.cend(),
                                   [&](const Log &log) { return log.range.count() > most; });
    if (over == m_logs.cend())
        return false;
    const LogRange range = over->range;
    const auto dropped =
        dropUpTo(over.key(), std::min(range.newest - most, range.oldest + DropsAtOnce - 1));
    if (!dropped)
        return dropped.error();
    return true;
}

Expected<bool> LogFile::dropOld(qint64 limit)
{
    const auto room =
        m_database.value(u"SELECT room FROM logs JOIN entries ON log = logs.key AND number = oldest"
                         " WHERE time < ? LIMIT 1"_s,
                         {limit});
    if (!room)
        return room.error();
    if (room->isNull())
        return false;
    const Log log = *find(room->toString());
    qint64 last = log.range.oldest;
    const auto read =
        m_database.select(u"SELECT number, time FROM entries WHERE log = ? AND number >= ?"
                          " ORDER BY number LIMIT ?"_s,
                          {log.key, log.range.oldest, DropsAtOnce}, [&](const QSqlQuery &row) {
                              if (row.value(1).toLongLong() >= limit)
                                  return false;
                              last = row.value(0).toLongLong();
                              return true;
                          });
    if (!read)
        return read.error();
    if (const auto dropped = dropUpTo(room->toString(), last); !dropped)
        return dropped.error();
    return true;
}

Expected<bool> LogFile::dropForgotten()
{
    const auto log = m_database.value(u"SELECT log FROM forgotten LIMIT 1"_s);
    if (!log)
        return log.error();
    if (log->isNull())
        return false;
    const auto dropped = m_database.change(
        u"DELETE FROM entries WHERE key IN (SELECT key FROM entries WHERE log = ? LIMIT ?)"_s,
        {*log, DropsAtOnce});
    if (!dropped)
        return dropped.error();
    if (*dropped > 0)
        return true;
    const auto done = m_database.change(u"DELETE FROM forgotten WHERE log = ?"_s, {*log});
    if (!done)
        return done.error();
    return true;
}

} // namespace parlour::storage
