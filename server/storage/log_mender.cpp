// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "storage/log_mender.h"

#include "chat/room_log.h"
#include "storage/log_file.h"
#include "storage/sqlite_database.h"

#include <QDateTime>

#include <algorithm>

namespace parlour::storage {

using namespace Qt::StringLiterals;

Expected<void> LogMender::mend(Damage &damage, Whole whole)
{
    const auto hasOthers = forgetOthers(damage, whole.logs);
    if (!hasOthers)
        return hasOthers.error();
    const auto behind = areBehind(damage);
    if (!behind)
        return behind.error();
    // A row of no log may have been a log's last.
    const bool areEndsKnown = !*behind || (whole.entries && !*hasOthers);
    damage.isLostKnown = damage.isLostKnown && areEndsKnown;
    auto all = logs();
    if (!all)
        return all.error();
    for (Log &log : *all) {
        if (const auto done = *behind ? readOn(log) : Expected<void>(); !done)
            return done;
        if (const auto done = mend(log, areEndsKnown, damage); !done)
            return done;
    }
    return {};
}

Expected<void> LogMender::mend(const Log &log, bool isEndKnown, Damage &damage)
{
    const auto isSaved = isWhole(log);
    if (!isSaved)
        return isSaved.error();
    const auto isKept = *isSaved && isEndKnown ? endsThere(log) : false;
    if (!isKept)
        return isKept.error();
    if (*isKept) {
        damage.saved += log.messages;
        return {};
    }
    damage.isLostKnown = damage.isLostKnown && !*isSaved; // else its end is lost
    return m_database.transaction([&] { return beginAnew(log, damage); });
}

Expected<bool> LogMender::areBehind(const Damage &damage)
{
    const auto noted = m_database.value(u"SELECT value FROM host WHERE name = 'behind'"_s);
    if (!noted)
        return noted.error();
    return !noted->isNull() || !damage.isHouseWhole; // the note may be what is missing
}

/// And has its row say it, too.
Expected<void> LogMender::readOn(Log &log)
{
    const auto read =
        m_database.select(u"SELECT max(number), count(*) FILTER (WHERE kind = 0) FROM entries"
                          " WHERE log = ? AND number > ?"_s,
                          {log.key, log.newest}, [&](const sqlite::Statement &row) {
                              if (!row.value(0).isNull())
                                  log.newest = row.value(0).toLongLong();
                              log.messages += row.value(1).toLongLong();
                              return false;
                          });
    if (!read)
        return read;
    const auto saved =
        m_database.change(u"UPDATE logs SET newest = ?, messages = ? WHERE key = ?"_s,
                          {log.newest, log.messages, log.key});
    return saved ? Expected<void>() : Expected<void>(saved.error());
}

Expected<QList<LogMender::Log>> LogMender::logs()
{
    QList<Log> all;
    const auto read =
        m_database.select(u"SELECT key, room, epoch, oldest, newest, messages FROM logs"_s, {},
                          [&](const sqlite::Statement &row) {
                              all.append({row.value(0).toLongLong(), row.value(1).toString(),
                                          row.value(2).toString(), row.value(3).toLongLong(),
                                          row.value(4).toLongLong(), row.value(5).toLongLong()});
                              return true;
                          });
    if (!read)
        return read.error();
    return all;
}

Expected<qint64> LogMender::count(qint64 log, const QString &condition)
{
    const auto counted =
        m_database.value(u"SELECT count(*) FROM entries WHERE log = ? AND "_s + condition, {log});
    if (!counted)
        return counted.error();
    return counted->toLongLong();
}

// A log whose row could not be read has no epoch. Deletions outlast where a log begins.
Expected<bool> LogMender::isWhole(const Log &log)
{
    const auto all = count(log.key, u"NOT (number < %1 AND kind = 2)"_s.arg(log.oldest));
    if (!all)
        return all.error();
    const auto within = count(log.key,
                              u"number BETWEEN %1 AND %2"_s.arg(QString::number(log.oldest),
                                                                QString::number(log.newest)));
    if (!within)
        return within.error();
    const qint64 expected = log.newest - log.oldest + 1;
    return !log.epoch.isEmpty() && *all == expected && *within == expected;
}

Expected<bool> LogMender::endsThere(const Log &log)
{
    const auto key = m_database.value(u"SELECT max(key) FROM entries WHERE log = ?"_s, {log.key});
    if (!key)
        return key.error();
    return !m_ends.goesOn(log.key, log.newest, key->toLongLong());
}

Expected<void> LogMender::beginAnew(const Log &log, Damage &damage)
{
    for (const auto &sql :
         {u"DELETE FROM entries WHERE log = ? AND number < 1"_s, // which nobody gave
          u"DELETE FROM entries WHERE log = ?1 AND kind <> 0 AND NOT EXISTS (SELECT 1 FROM entries"
          " AS said WHERE said.log = ?1 AND said.number = entries.target AND said.kind = 0)"_s}) {
        if (const auto done = m_database.change(sql, {log.key}); !done)
            return done.error();
    }
    const auto entries = count(log.key, u"true"_s);
    if (!entries)
        return entries.error();
    const auto messages = count(log.key, u"kind = 0"_s);
    if (!messages)
        return messages.error();
    if (const auto noted = noteHoles(log); !noted)
        return noted;
    if (const auto noted = LogFile::noteMended(m_database, log.epoch); !noted)
        return noted;
    const QString epoch = chat::newEpoch();
    if (const auto renumbered = renumber(log, epoch); !renumbered)
        return renumbered;
    const auto saved =
        m_database.change(u"UPDATE logs SET epoch = ?, oldest = 1, newest = ?, messages = ?"
                          " WHERE key = ?"_s,
                          {epoch, *entries, *messages, log.key});
    if (!saved)
        return saved.error();
    damage.saved += *messages;
    damage.lost += std::max(log.messages - *messages, qint64(0));
    ++damage.roomsWithGaps;
    return {};
}

// Behind the last message of each before the first gap.
Expected<void> LogMender::noteHoles(const Log &log)
{
    const auto known = m_database.value(
        u"SELECT min(number) FROM (SELECT ?2 - 1 AS number UNION ALL"
        " SELECT number FROM entries WHERE log = ?1 AND number >= ?2) AS one"
        " WHERE NOT EXISTS (SELECT 1 FROM entries WHERE log = ?1 AND number = one.number + 1)"_s,
        {log.key, log.oldest});
    if (!known)
        return known.error();
    const auto noted = m_database.change(
        u"WITH said AS (SELECT origin, number, id, time FROM entries"
        " WHERE log = ?1 AND kind = 0 AND origin <> '')"
        " INSERT INTO holes (host, room, after, time, since)"
        " SELECT origin, ?2, coalesce((SELECT id FROM said WHERE origin = hosts.origin"
        " AND number <= ?3 ORDER BY number DESC LIMIT 1), ''),"
        " coalesce((SELECT max(time) FROM said WHERE origin = hosts.origin AND number <= ?3),"
        " (SELECT min(time) FROM entries WHERE log = ?1 AND kind = 0)), ?4"
        " FROM (SELECT DISTINCT origin FROM said) AS hosts WHERE true"
        " ON CONFLICT (host, room) DO UPDATE SET after = excluded.after, time = excluded.time"
        " WHERE excluded.time < holes.time"_s,
        {log.key, log.room, known->toLongLong(), QDateTime::currentMSecsSinceEpoch()});
    return noted ? Expected<void>() : Expected<void>(noted.error());
}

// By way of negative numbers, so that none is there twice meanwhile. What people have read stays
// read.
Expected<void> LogMender::renumber(const Log &log, const QString &epoch)
{
    const auto made = m_database.execute(
        u"CREATE TEMP TABLE IF NOT EXISTS moved (old INTEGER PRIMARY KEY, new INTEGER NOT NULL)"_s);
    if (!made)
        return made;
    for (const auto &sql :
         {u"INSERT INTO moved SELECT number, row_number() OVER (ORDER BY number) FROM entries"
          " WHERE log = ?"_s,
          u"UPDATE entries SET target = (SELECT new FROM moved WHERE old = target)"
          " WHERE log = ? AND target IS NOT NULL"_s,
          u"UPDATE entries SET number = -(SELECT new FROM moved WHERE old = number)"
          " WHERE log = ?"_s,
          u"UPDATE entries SET number = -number WHERE log = ?"_s}) {
        if (const auto done = m_database.change(sql, {log.key}); !done)
            return done.error();
    }
    const auto read = m_database.change(
        u"UPDATE reads SET epoch = ?, number = coalesce((SELECT new FROM moved"
        " WHERE old <= reads.number ORDER BY old DESC LIMIT 1), 0) WHERE room = ? AND epoch = ?"_s,
        {epoch, log.room, log.epoch});
    if (!read)
        return read.error();
    const auto emptied = m_database.change(u"DELETE FROM moved"_s);
    if (!emptied)
        return emptied.error();
    return {};
}

// They go bit by bit, as those of any log that was forgotten.
Expected<bool> LogMender::forgetOthers(Damage &damage, bool areLogsWhole)
{
    const QString others = u" FROM entries WHERE log NOT IN (SELECT key FROM logs)"
                           " AND log NOT IN (SELECT log FROM forgotten)"_s;
    const auto lost = m_database.value(u"SELECT count(*)"_s + others + u" AND kind = 0"_s);
    if (!lost)
        return lost.error();
    if (!areLogsWhole || lost->toLongLong() > 0) {
        damage.lost += lost->toLongLong();
        damage.isLostKnown = false;
    }
    const auto forgotten =
        m_database.change(u"INSERT INTO forgotten (log) SELECT DISTINCT log"_s + others);
    if (!forgotten)
        return forgotten.error();
    return *forgotten > 0;
}

} // namespace parlour::storage
