// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/in_memory_channel_layer.h"
#include "chat/room_log_contract.h"
#include "storage/sqlite_database.h"
#include "storage/sqlite_room_log.h"
#include "storage/store.h"

#include <QTemporaryDir>

#include <memory>

namespace parlour::tests {

/// A host's file in a folder of its own, which may be opened again and again.
class HostFile
{
public:
    QString path() const { return m_folder.filePath(QStringLiteral("parlour.db")); }

    /// One life of a host over the file; null where it cannot be opened, and `error` says why.
    std::unique_ptr<storage::Store> open(const storage::StoreOptions &options = {})
    {
        auto store = storage::Store::open(path(), options);
        if (store)
            return std::move(*store);
        error = store.error();
        return nullptr;
    }

    channels::Error error;

private:
    QTemporaryDir m_folder;
};

/// Does something with a store's file in the storage thread, as another part of the host would.
inline void inFile(storage::Store &store,
                   const std::function<void(storage::SqliteDatabase &)> &work)
{
    store.thread().runAndWait([&] { work(store.database()); });
}

/// Another program that has the file open, with a connection of its own.
class OtherProgram
{
public:
    explicit OtherProgram(const QString &path)
        : m_database(
            QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("other program")))
    {
        m_database.setDatabaseName(path);
        m_database.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=10000"));
        m_database.open();
    }
    ~OtherProgram()
    {
        m_database.close();
        m_database = {};
        QSqlDatabase::removeDatabase(QStringLiteral("other program"));
    }
    OtherProgram(const OtherProgram &) = delete;
    OtherProgram &operator=(const OtherProgram &) = delete;

    bool execute(const QString &sql) { return QSqlQuery(m_database).exec(sql); }
    QVariant value(const QString &sql)
    {
        QSqlQuery query(m_database);
        return query.exec(sql) && query.next() ? query.value(0) : QVariant();
    }

private:
    QSqlDatabase m_database;
};

} // namespace parlour::tests
