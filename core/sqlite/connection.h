// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "sqlite/statement.h"

#include <QString>

#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>
#include <unordered_map>

struct sqlite3;

namespace parlour::sqlite {

/// One connection to an SQLite file and its prepared statements. Used in one thread at a time.
class Connection final
{
public:
    enum class Access {
        Read, ///< a file that is there
        Write, ///< or that is begun
    };
    /// `patience`: how long a lock of another connection is waited for.
    Connection(const QString &path, Access access, std::chrono::milliseconds patience);
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    /// Else problem() says why.
    bool isOpen() const { return m_isOpen; }

    /// Prepared at the first time, by its text; null where that fails: problem(). It is at no row;
    /// who lets it step resets it.
    Statement *prepared(const QString &sql);
    /// Runs a statement that is not to be remembered. False where it fails: problem().
    bool execute(const QString &sql);
    /// What is committed goes from SQLite's log into the file by checkpoint() alone, unless a
    /// commit leaves so many pages in the log: then within that commit. To be said once.
    void checkpointLater(int mostPages);
    /// Pages that the last commit left in the log; for who has said checkpointLater().
    int pagesInLog() const { return m_pagesInLog; }
    /// Brings what is in the log into the file, as far as nobody reads what was there before. False
    /// where it fails: problem().
    bool checkpoint();
    /// Statements fail in the midst of what they do once this wants it, in whatever thread; one
    /// without a source never does. What a check of the file answers then is not to be believed.
    void stopWith(const std::stop_token &stop);
    bool isStopped() const { return m_stop.stop_requested(); }
    /// How many rows the last INSERT, UPDATE or DELETE touched.
    int changes() const;

    struct Problem {
        int code = 0; ///< SQLite's extended result code
        QString text; ///< in English
    };
    /// Of the last call that failed.
    Problem problem() const;

private:
    struct Close {
        void operator()(sqlite3 *connection) const;
    };
    struct Interrupt {
        void operator()() const;
        sqlite3 *connection;
    };
    sqlite3_stmt *prepare(const QString &sql, unsigned flags);
    static int isToStop(void *self);
    static int committed(void *self, sqlite3 *connection, const char *schema, int pages);

    std::unique_ptr<sqlite3, Close> m_connection;
    std::unordered_map<QString, Statement> m_statements; ///< gone before it
    bool m_isOpen = false;
    std::stop_token m_stop;
    std::optional<std::stop_callback<Interrupt>> m_interrupting; ///< gone before it is closed
    int m_pagesInLog = 0;
    int m_mostPagesInLog = 0;
};

} // namespace parlour::sqlite
