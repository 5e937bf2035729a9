// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"
#include "sqlite/connection.h"

#include <QString>

#include <chrono>
#include <functional>
#include <initializer_list>
#include <memory>
#include <span>
#include <stop_token>
#include <utility>

class QThread;

namespace parlour::storage {

using channels::Error;
using channels::Expected;

/// One SQLite file and its prepared statements. Made, used and destroyed in one thread, the storage
/// thread. The codes of its errors: disk_full, locked, read_only, corrupt, unreadable, stopped;
/// their words name the file and what to do.
class SqliteDatabase final
{
public:
    /// Opens the file, or begins it (mode 0600), and sees whether it can be written. Fails with
    /// corrupt too where a quick check finds damage. `patience`: how long a lock of another
    /// process is waited for. `stop`: as stopWith().
    static Expected<std::unique_ptr<SqliteDatabase>>
    open(const QString &path, std::chrono::milliseconds patience, const std::stop_token &stop = {});
    /// Opens a file that is there, to read it: also while another process or connection writes,
    /// which is not kept from it. Fails with no_file too.
    static Expected<std::unique_ptr<SqliteDatabase>> openToRead(const QString &path,
                                                                std::chrono::milliseconds patience,
                                                                const std::stop_token &stop = {});
    SqliteDatabase(const SqliteDatabase &) = delete;
    SqliteDatabase &operator=(const SqliteDatabase &) = delete;

    const QString &path() const { return m_path; }
    /// Called once, at the first statement that meets damage (corrupt), in the midst of what it is
    /// for.
    void whenDamaged(std::function<void()> damaged) { m_damaged = std::move(damaged); }

    /// From now on all fails (stopped) once this wants it, also what has begun.
    void stopWith(const std::stop_token &stop) { m_connection.stopWith(stop); }

    /// What needs no preparation and has no answer.
    Expected<void> execute(const QString &sql);
    /// How many rows were changed.
    using Values = std::initializer_list<sqlite::Value>;
    Expected<int> change(const QString &sql, Values values = {});
    Expected<int> change(const QString &sql, std::span<const sqlite::Value> values);
    /// Shows the rows one by one until `visit` says false.
    using Visit = std::function<bool(const sqlite::Statement &row)>;
    Expected<void> select(const QString &sql, Values values, const Visit &visit);
    /// The first value of the first row; invalid where there is no row.
    Expected<QVariant> value(const QString &sql, Values values = {});

    /// For when nobody waits: where SQLite's log has become long, what it has goes into the file.
    /// Else that comes within a commit, once it is a few times as long.
    void shortenLog();

    /// All that `work` changes, or, where it fails or cannot be kept, nothing.
    Expected<void> transaction(const std::function<Expected<void>()> &work);
    /// Likewise; it is on the disk then, along with all that was before it.
    Expected<void> transactionOnDisk(const std::function<Expected<void>()> &work);

private:
    SqliteDatabase(const QString &path, sqlite::Connection::Access access,
                   std::chrono::milliseconds patience);

    Expected<void> prepare();
    Expected<void> check();
    /// Has its values, and is at no row; null where it is wrong.
    sqlite::Statement *statement(const QString &sql, std::span<const sqlite::Value> values);
    Error problem();

    QString m_path;
    sqlite::Connection m_connection;
    std::function<void()> m_damaged;
    QThread *m_thread; ///< the one that may use it
};

} // namespace parlour::storage
