// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "storage/sqlite_database.h"

#include "storage/sqlite_problem.h"

#include <QFile>
#include <QSqlError>
#include <QThread>

#include <atomic>

namespace parlour::storage {

using namespace Qt::StringLiterals;

namespace {

QString newConnectionName()
{
    static std::atomic<int> count = 0;
    return u"parlour-storage-%1"_s.arg(++count);
}

bool hasDriver()
{
    return QSqlDatabase::isDriverAvailable(u"QSQLITE"_s);
}

Error noDriver(const QString &path)
{
    return {u"unreadable"_s,
            u"%1: Qt's SQLite driver is missing. Install libqt6sql6-sqlite."_s.arg(path)};
}

/// The option of a connection.
QString waiting(std::chrono::milliseconds patience)
{
    return u"QSQLITE_BUSY_TIMEOUT=%1"_s.arg(patience.count());
}

/// SQLite gives its further files the mode of this one.
void makePrivate(const QString &path)
{
    QFile file(path);
    if (!file.exists() && file.open(QIODevice::WriteOnly))
        file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
}

/// The driver makes NULL of a null text, which is an empty one for us.
QVariant bindable(const QVariant &value)
{
    const bool isNullText = value.typeId() == QMetaType::QString && value.toString().isNull();
    return isNullText ? QVariant(u""_s) : value;
}

} // namespace

SqliteDatabase::SqliteDatabase(const QString &path, const QString &options)
    : m_path(path)
    , m_connection(QSqlDatabase::addDatabase(u"QSQLITE"_s, newConnectionName()))
    , m_thread(QThread::currentThread())
{
    m_connection.setDatabaseName(path);
    m_connection.setConnectOptions(options);
}

SqliteDatabase::~SqliteDatabase()
{
    const QString name = m_connection.connectionName();
    m_statements.clear();
    m_connection.close();
    m_connection = {};
    QSqlDatabase::removeDatabase(name);
}

Expected<std::unique_ptr<SqliteDatabase>> SqliteDatabase::open(const QString &path,
                                                               std::chrono::milliseconds patience)
{
    if (!hasDriver())
        return noDriver(path);
    makePrivate(path);
    auto database = std::unique_ptr<SqliteDatabase>(new SqliteDatabase(path, waiting(patience)));
    if (const auto prepared = database->prepare(); !prepared)
        return prepared.error();
    return database;
}

Expected<std::unique_ptr<SqliteDatabase>>
SqliteDatabase::openToRead(const QString &path, std::chrono::milliseconds patience)
{
    if (!hasDriver())
        return noDriver(path);
    if (!QFile::exists(path))
        return Error{u"no_file"_s, u"%1: there is no such file."_s.arg(path)};
    auto database = std::unique_ptr<SqliteDatabase>(
        new SqliteDatabase(path, u"QSQLITE_OPEN_READONLY;"_s + waiting(patience)));
    if (!database->m_connection.open())
        return database->problem(database->m_connection.lastError());
    return database;
}

Expected<void> SqliteDatabase::prepare()
{
    if (!m_connection.open())
        return problem(m_connection.lastError());
    // In this mode a commit is safe from the process' death without waiting for the disk; the
    // power's failure may cost the last moments, never the file.
    // What is deleted is overwritten.
    for (const auto *pragma :
         {"PRAGMA journal_mode = WAL", "PRAGMA synchronous = NORMAL",
          "PRAGMA journal_size_limit = 16777216", "PRAGMA secure_delete = ON"}) {
        if (const auto set = execute(QString::fromLatin1(pragma)); !set)
            return set;
    }
    const auto check = value(u"PRAGMA quick_check(1)"_s);
    if (!check)
        return check.error();
    if (check->toString() != "ok"_L1)
        return Error{u"corrupt"_s, u"%1: is damaged: %2."_s.arg(m_path, check->toString())};
    if (const auto writable = execute(u"BEGIN IMMEDIATE"_s); !writable)
        return writable;
    return execute(u"ROLLBACK"_s);
}

Expected<void> SqliteDatabase::execute(const QString &sql)
{
    Q_ASSERT(QThread::currentThread() == m_thread);
    QSqlQuery query(m_connection);
    if (!query.exec(sql))
        return problem(query.lastError());
    return {};
}

Expected<QSqlQuery *> SqliteDatabase::run(const QString &sql, const QVariantList &values)
{
    Q_ASSERT(QThread::currentThread() == m_thread);
    auto found = m_statements.find(sql);
    if (found == m_statements.end()) {
        QSqlQuery query(m_connection);
        query.setForwardOnly(true);
        if (!query.prepare(sql))
            return problem(query.lastError());
        found = m_statements.emplace(sql, std::move(query)).first;
    }
    QSqlQuery &query = found->second;
    for (int i = 0; i < values.size(); ++i)
        query.bindValue(i, bindable(values.at(i)));
    if (query.exec())
        return &query;
    const Error error = problem(query.lastError());
    query.finish();
    return error;
}

Expected<int> SqliteDatabase::change(const QString &sql, const QVariantList &values)
{
    const auto query = run(sql, values);
    if (!query)
        return query.error();
    const int changed = (*query)->numRowsAffected();
    (*query)->finish();
    return changed;
}

// A statement that is not finished would keep others from writing.
Expected<void> SqliteDatabase::select(const QString &sql, const QVariantList &values,
                                      const Visit &visit)
{
    const auto query = run(sql, values);
    if (!query)
        return query.error();
    while ((*query)->next() && visit(**query)) { }
    const QSqlError error = (*query)->lastError();
    (*query)->finish();
    if (error.isValid())
        return problem(error);
    return {};
}

Expected<QVariant> SqliteDatabase::value(const QString &sql, const QVariantList &values)
{
    QVariant first;
    const auto selected = select(sql, values, [&](const QSqlQuery &row) {
        first = row.value(0);
        return false;
    });
    if (!selected)
        return selected.error();
    return first;
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

Error SqliteDatabase::problem(const QSqlError &error) const
{
    return sqliteProblem(m_path, error);
}

} // namespace parlour::storage
