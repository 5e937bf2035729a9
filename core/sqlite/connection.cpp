// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "sqlite/connection.h"

#include <sqlite3.h>

namespace parlour::sqlite {

namespace {
constexpr int StepsPerLook = 1000; ///< of SQLite's machine: some microseconds
} // namespace

void Connection::Close::operator()(sqlite3 *connection) const
{
    sqlite3_close(connection);
}

Connection::Connection(const QString &path, Access access, std::chrono::milliseconds patience)
{
    const int mode =
        access == Access::Read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    sqlite3 *connection = nullptr;
    const int result = sqlite3_open_v2(path.toUtf8().constData(), &connection,
                                       mode | SQLITE_OPEN_NOMUTEX, nullptr);
    m_connection.reset(connection); // there to say what was wrong, too
    m_isOpen = result == SQLITE_OK;
    sqlite3_extended_result_codes(connection, 1);
    sqlite3_busy_timeout(connection, int(patience.count()));
}

sqlite3_stmt *Connection::prepare(const QString &sql, unsigned flags)
{
    const QByteArray text = sql.toUtf8();
    sqlite3_stmt *statement = nullptr;
    sqlite3_prepare_v3(m_connection.get(), text.constData(), int(text.size()), flags, &statement,
                       nullptr);
    return statement;
}

Statement *Connection::prepared(const QString &sql)
{
    auto found = m_statements.find(sql);
    if (found == m_statements.end()) {
        auto *statement = prepare(sql, SQLITE_PREPARE_PERSISTENT);
        if (!statement)
            return nullptr;
        found = m_statements.emplace(sql, Statement(statement)).first;
    }
    return &found->second;
}

bool Connection::execute(const QString &sql)
{
    auto *prepared = prepare(sql, 0);
    if (!prepared)
        return false;
    Statement statement(prepared);
    int result = SQLITE_ROW;
    while (result == SQLITE_ROW)
        result = statement.step();
    return result == SQLITE_DONE;
}

void Connection::checkpointLater(int mostPages)
{
    m_mostPagesInLog = mostPages;
    sqlite3_wal_hook(m_connection.get(), &Connection::committed, this); // SQLite's own was one, too
}

// A checkpoint that fails is no fault of the commit, which is done.
int Connection::committed(void *self, sqlite3 * /*connection*/, const char * /*schema*/, int pages)
{
    auto &connection = *static_cast<Connection *>(self);
    connection.m_pagesInLog = pages;
    if (pages >= connection.m_mostPagesInLog)
        (void)connection.checkpoint();
    return SQLITE_OK;
}

bool Connection::checkpoint()
{
    m_pagesInLog = 0; // or as many as the next commit says
    return sqlite3_wal_checkpoint_v2(m_connection.get(), nullptr, SQLITE_CHECKPOINT_PASSIVE,
                                     nullptr, nullptr)
        == SQLITE_OK;
}

// From the thread that wants it.
void Connection::Interrupt::operator()() const
{
    sqlite3_interrupt(connection);
}

// Some of SQLite's steps, as its check of a file, last long and look for an interruption alone; but
// one is forgotten where no statement runs, so that the next one has to look itself.
void Connection::stopWith(const std::stop_token &stop)
{
    m_interrupting.reset(); // not before one that is under way is through
    m_stop = stop;
    sqlite3_progress_handler(m_connection.get(), StepsPerLook,
                             stop.stop_possible() ? &Connection::isToStop : nullptr, this);
    if (stop.stop_possible())
        m_interrupting.emplace(stop, Interrupt{m_connection.get()});
}

int Connection::isToStop(void *self)
{
    return static_cast<const Connection *>(self)->isStopped() ? 1 : 0;
}

int Connection::changes() const
{
    return sqlite3_changes(m_connection.get());
}

Connection::Problem Connection::problem() const
{
    return {sqlite3_extended_errcode(m_connection.get()),
            QString::fromUtf8(sqlite3_errmsg(m_connection.get()))};
}

} // namespace parlour::sqlite
