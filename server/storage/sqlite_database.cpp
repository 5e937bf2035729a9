// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "storage/sqlite_database.h"

#include "storage/sqlite_problem.h"

#include <QFile>
#include <QThread>

#include <sqlite3.h>

namespace parlour::storage {

using namespace Qt::StringLiterals;
using sqlite::Connection;

namespace {

constexpr int LongLog = 4000; ///< pages of 4 KB: so many go into the file when nobody waits
constexpr int LongestLog = 16000; ///< at once

/// SQLite gives its further files the mode of this one.
void makePrivate(const QString &path)
{
    QFile file(path);
    if (!file.exists() && file.open(QIODevice::WriteOnly))
        file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
}

} // namespace

SqliteDatabase::SqliteDatabase(const QString &path, Connection::Access access,
                               std::chrono::milliseconds patience)
    : m_path(path)
    , m_connection(path, access, patience)
    , m_thread(QThread::currentThread())
{
}

Expected<std::unique_ptr<SqliteDatabase>> SqliteDatabase::open(const QString &path,
                                                               std::chrono::milliseconds patience,
                                                               const std::stop_token &stop)
{
    makePrivate(path);
    auto database = std::unique_ptr<SqliteDatabase>(
        new SqliteDatabase(path, Connection::Access::Write, patience));
    database->stopWith(stop);
    if (const auto prepared = database->prepare(); !prepared)
        return prepared.error();
    return database;
}

Expected<std::unique_ptr<SqliteDatabase>>
SqliteDatabase::openToRead(const QString &path, std::chrono::milliseconds patience,
                           const std::stop_token &stop)
{
    if (!QFile::exists(path))
        return Error{u"no_file"_s, u"%1: there is no such file."_s.arg(path)};
    auto database = std::unique_ptr<SqliteDatabase>(
        new SqliteDatabase(path, Connection::Access::Read, patience));
    if (!database->m_connection.isOpen())
        return database->problem();
    database->stopWith(stop);
    return database;
}

Expected<void> SqliteDatabase::prepare()
{
    if (!m_connection.isOpen())
        return problem();
    // In this mode a commit is safe from the process' death without waiting for the disk; the
    // power's failure may cost the last moments, never the file.
    // What is deleted is overwritten.
    for (const auto *pragma :
         {"PRAGMA journal_mode = WAL", "PRAGMA synchronous = NORMAL",
          "PRAGMA journal_size_limit = 16777216", "PRAGMA secure_delete = ON"}) {
        if (const auto set = execute(QString::fromLatin1(pragma)); !set)
            return set;
    }
    m_connection.checkpointLater(LongestLog);
    if (const auto checked = check(); !checked)
        return checked;
    if (const auto writable = execute(u"BEGIN IMMEDIATE"_s); !writable)
        return writable;
    return execute(u"ROLLBACK"_s);
}

/// Reads all of the file.
Expected<void> SqliteDatabase::check()
{
    // Meanwhile a statement is at a row: SQLite forgets an interruption that comes before any runs.
    Expected<QVariant> found{QVariant()};
    const auto held = select(u"SELECT 1"_s, {}, [&](const sqlite::Statement &) {
        found = value(u"PRAGMA quick_check(1)"_s);
        return false;
    });
    if (!held)
        return held;
    if (!found)
        return found.error();
    if (m_connection.isStopped())
        return problem(); // where the check was interrupted, pages seem to be missing
    if (found->toString() != "ok"_L1)
        return Error{u"corrupt"_s, u"%1: is damaged: %2."_s.arg(m_path, found->toString())};
    return {};
}

Expected<void> SqliteDatabase::execute(const QString &sql)
{
    Q_ASSERT(QThread::currentThread() == m_thread);
    if (m_connection.isStopped() || !m_connection.execute(sql))
        return problem();
    return {};
}

sqlite::Statement *SqliteDatabase::statement(const QString &sql,
                                             std::span<const sqlite::Value> values)
{
    Q_ASSERT(QThread::currentThread() == m_thread);
    auto *prepared = m_connection.isStopped() ? nullptr : m_connection.prepared(sql);
    if (prepared)
        prepared->bind(values);
    return prepared;
}

Expected<int> SqliteDatabase::change(const QString &sql, Values values)
{
    return change(sql, std::span(values.begin(), values.size()));
}

Expected<int> SqliteDatabase::change(const QString &sql, std::span<const sqlite::Value> values)
{
    auto *made = statement(sql, values);
    if (!made)
        return problem();
    const bool isDone = made->step() == SQLITE_DONE;
    Expected<int> changed = isDone ? Expected<int>(m_connection.changes()) : problem();
    made->reset();
    return changed;
}

// A statement that is not reset would keep others from writing.
Expected<void> SqliteDatabase::select(const QString &sql, Values values, const Visit &visit)
{
    auto *made = statement(sql, {values.begin(), values.size()});
    if (!made)
        return problem();
    int result = made->step();
    while (result == SQLITE_ROW && visit(*made))
        result = made->step();
    const bool isDone = result == SQLITE_DONE || result == SQLITE_ROW;
    Expected<void> selected = isDone ? Expected<void>() : problem();
    made->reset();
    return selected;
}

Expected<QVariant> SqliteDatabase::value(const QString &sql, Values values)
{
    QVariant first;
    const auto selected = select(sql, values, [&](const sqlite::Statement &row) {
        first = row.value(0).toVariant();
        return false;
    });
    if (!selected)
        return selected.error();
    return first;
}

// Where it fails, or somebody's reading hinders it, the next one does it.
void SqliteDatabase::shortenLog()
{
    Q_ASSERT(QThread::currentThread() == m_thread);
    if (m_connection.pagesInLog() >= LongLog)
        (void)m_connection.checkpoint();
}

Expected<void> SqliteDatabase::transaction(const std::function<Expected<void>()> &work)
{
    if (const auto begun = change(u"BEGIN IMMEDIATE"_s); !begun)
        return begun.error();
    Expected<void> done = work();
    if (done) {
        const auto committed = change(u"COMMIT"_s);
        if (committed)
            return {};
        done = committed.error();
    }
    (void)change(u"ROLLBACK"_s); // fails where SQLite has done so itself
    return done;
}

Expected<void> SqliteDatabase::transactionOnDisk(const std::function<Expected<void>()> &work)
{
    if (const auto set = execute(u"PRAGMA synchronous = FULL"_s); !set)
        return set;
    const auto done = transaction(work);
    const auto reset = execute(u"PRAGMA synchronous = NORMAL"_s);
    return done ? reset : done;
}

Error SqliteDatabase::problem()
{
    if (m_connection.isStopped())
        return {u"stopped"_s, u"%1: was not waited for, since the host stops."_s.arg(m_path)};
    const Error error = sqliteProblem(m_path, m_connection.problem());
    if (m_damaged && error.code == "corrupt"_L1)
        std::exchange(m_damaged, {})();
    return error;
}

} // namespace parlour::storage
