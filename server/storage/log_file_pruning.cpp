// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "storage/log_file.h"
#include "storage/sqlite_database.h"

#include <algorithm>

namespace parlour::storage {

using namespace Qt::StringLiterals;

namespace {
constexpr qint64 DropsAtOnce = 200; ///< a few milliseconds, which is how long others wait
/// A deletion that other hosts are told of still: they may have the text.
constexpr QStringView IsTold = u"(kind = 2 AND origin = '' AND ifnull(reply, '') <> '')";
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
        if (dropped && !*dropped && m_retention.age.count() > 0)
            dropped = dropOldDeletions(now - m_retention.age.count());
        if (!dropped)
            return dropped.error();
        pruned.hasMore = *dropped;
        return {};
    });
    if (!heads)
        return heads.error();
    pruned.heads = *heads;
    if (!pruned.hasMore) {
        auto done = saveAll();
        if (done)
            done = clean();
        if (!done)
            return done.error();
    }
    return pruned;
}

bool LogFile::isOverfull(const Log &log, qint64 more) const
{
    const qint64 most = m_retention.messagesPerRoom + more;
    return m_retention.messagesPerRoom > 0
        && (log.messages > most || log.range.count() > chat::MaxEntriesPerMessage * most);
}

/// Lets the oldest entries of a room go, `most` of them at most, while `isToGo` says so of the
/// next. Some deletions stay in the file, with numbers from before where the log begins.
Expected<void> LogFile::drop(const QString &room, qint64 most, const IsToGo &isToGo)
{
    Log left = *find(room);
    const qint64 oldest = left.range.oldest;
    qint64 indexed = 0;
    bool isAnyTold = false;
    const auto read = m_database.select(
        u"SELECT number, kind, time, key, %1 FROM entries WHERE log = ? AND number >= ?"
        " ORDER BY number LIMIT ?"_s.arg(IsTold),
        {left.key, oldest, most}, [&](const sqlite::Statement &row) {
            if (!isToGo(left, row.value(2).toLongLong()))
                return false;
            const bool isMessage = row.value(1).toInt() == 0;
            left.range.oldest = row.value(0).toLongLong() + 1;
            left.messages -= isMessage ? 1 : 0;
            indexed += isMessage && m_index.knows(row.value(3).toLongLong()) ? 1 : 0;
            isAnyTold = isAnyTold || row.value(4).toBool();
            return true;
        });
    if (!read)
        return read.error();
    if (left.range.oldest == oldest)
        return {};
    const auto dropped = m_database.change(
        u"DELETE FROM entries WHERE log = ? AND number >= ? AND number < ? AND NOT %1"_s.arg(
            IsTold),
        {left.key, oldest, left.range.oldest});
    if (!dropped)
        return dropped.error();
    const auto fewer = isAnyTold ? dropDeletions(left) : Expected<void>();
    if (!fewer)
        return fewer;
    if (const auto noted = noteGone(); !noted)
        return noted;
    m_changes.insert(room, left);
    if (left.range.isEmpty())
        return unindex(indexed);
    m_index.drop(indexed, m_index.newest()); // the room's last entry is newer
    return {};
}

/// Those that are too many, once the log is that.
Expected<void> LogFile::dropDeletions(const Log &left)
{
    const auto dropped = m_database.change(
        u"DELETE FROM entries WHERE log = ?1 AND number <= (SELECT number"
        " FROM entries WHERE log = ?1 AND number < ?2"
        " ORDER BY number DESC LIMIT 1 OFFSET ?3)"_s,
        {left.key, left.range.oldest, chat::mostDeletions(m_retention.messagesPerRoom)});
    return dropped ? Expected<void>() : Expected<void>(dropped.error());
}

/// Those that outlasted the entries around them.
Expected<bool> LogFile::dropOldDeletions(qint64 limit)
{
    qint64 log = 0;
    qint64 oldest = 0;
    const auto read = m_database.select(
        u"SELECT logs.key, oldest FROM logs JOIN entries ON entries.key = (SELECT key FROM entries"
        " WHERE log = logs.key AND number < oldest ORDER BY number LIMIT 1)"
        " WHERE time < ? LIMIT 1"_s,
        {limit}, [&](const sqlite::Statement &row) {
            log = row.value(0).toLongLong();
            oldest = row.value(1).toLongLong();
            return false;
        });
    if (!read)
        return read.error();
    if (log == 0)
        return false;
    const auto dropped = m_database.change(
        u"DELETE FROM entries WHERE key IN (SELECT key FROM entries WHERE log = ? AND number < ?"
        " AND time < ? ORDER BY number LIMIT ?)"_s,
        {log, oldest, limit, DropsAtOnce});
    if (!dropped)
        return dropped.error();
    if (const auto noted = noteGone(); !noted)
        return noted.error();
    return true;
}

/// Of a room that has more than are kept now, since fewer are than before.
Expected<bool> LogFile::dropExcess()
{
    const auto over = std::find_if(m_logs.cbegin(), m_logs.cend(),
                                   [this](const Log &log) { return isOverfull(log); });
    if (over == m_logs.cend())
        return false;
    const auto dropped =
        drop(over.key(), DropsAtOnce, [this](const Log &left, qint64) { return isOverfull(left); });
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
    const auto dropped = drop(room->toString(), DropsAtOnce,
                              [limit](const Log &, qint64 time) { return time < limit; });
    if (!dropped)
        return dropped.error();
    return true;
}

Expected<bool> LogFile::dropForgotten()
{
    const qint64 staged = m_staged ? m_staged->log.key : 0; // to be a room's
    const auto log =
        m_database.value(u"SELECT log FROM forgotten WHERE log <> ? LIMIT 1"_s, {staged});
    if (!log)
        return log.error();
    if (log->isNull())
        return false;
    const auto dropped = dropForgotten(log->toLongLong());
    if (!dropped)
        return dropped.error();
    if (*dropped)
        return true;
    const auto done =
        m_database.change(u"DELETE FROM forgotten WHERE log = ?"_s, {log->toLongLong()});
    if (!done)
        return done.error();
    return true;
}

/// Lets some entries of a log that was forgotten go; false where it has none.
Expected<bool> LogFile::dropForgotten(qint64 log)
{
    qint64 last = 0;
    qint64 indexed = 0;
    const auto read = m_database.select(
        u"SELECT number, kind, key FROM entries WHERE log = ? ORDER BY number LIMIT ?"_s,
        {log, DropsAtOnce}, [&](const sqlite::Statement &row) {
            last = row.value(0).toLongLong();
            indexed +=
                row.value(1).toInt() == 0 && m_index.knows(row.value(2).toLongLong()) ? 1 : 0;
            return true;
        });
    if (!read)
        return read.error();
    const auto dropped =
        m_database.change(u"DELETE FROM entries WHERE log = ? AND number <= ?"_s, {log, last});
    if (!dropped)
        return dropped.error();
    if (*dropped == 0)
        return false;
    auto done = noteGone();
    if (done)
        done = unindex(indexed);
    if (!done)
        return done.error();
    return true;
}

} // namespace parlour::storage
