// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/in_memory_channel_layer.h"
#include "chat/room_log_contract.h"
#include "sqlite/connection.h"
#include "storage/sqlite_database.h"
#include "storage/sqlite_room_log.h"
#include "storage/store.h"

#include <QFile>
#include <QTemporaryDir>

#include <memory>
#include <sqlite3.h>

namespace parlour::tests {

/// A host's file in a folder of its own, which may be opened again and again.
class HostFile
{
public:
    QString path() const { return m_folder.filePath(QStringLiteral("parlour.db")); }

    /// One life of a host over the file; null where it cannot be opened, and `error` says why.
    std::unique_ptr<storage::Store> open(storage::StoreOptions options = {})
    {
        if (!tellsAhead)
            options.journalSize = 0;
        auto store = storage::Store::open(path(), options);
        if (store)
            return std::move(*store);
        error = store.error();
        return nullptr;
    }

    /// Whether it has a journal, as a host's has; without one an answer says that the file has it,
    /// which most tests look at.
    bool tellsAhead = false;
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

/// The file as it would be were the host killed now.
inline std::unique_ptr<HostFile> killed(storage::Store &store, const HostFile &file)
{
    auto copy = std::make_unique<HostFile>();
    inFile(store, [&](storage::SqliteDatabase &) {
        for (const auto &part :
             {QStringLiteral(""), QStringLiteral("-wal"), QStringLiteral("-told")})
            QFile::copy(file.path() + part, copy->path() + part);
    });
    return copy;
}

/// Another program that has the file open, with a connection of its own.
class OtherProgram
{
public:
    explicit OtherProgram(const QString &path)
        : m_connection(path, sqlite::Connection::Access::Write, std::chrono::seconds(10))
    {
    }

    bool execute(const QString &sql) { return m_connection.execute(sql); }
    QVariant value(const QString &sql)
    {
        auto *statement = m_connection.prepared(sql);
        if (!statement)
            return {};
        QVariant value;
        if (statement->step() == SQLITE_ROW)
            value = statement->value(0).toVariant();
        statement->reset();
        return value;
    }

private:
    sqlite::Connection m_connection;
};

} // namespace parlour::tests
