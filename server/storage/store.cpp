// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "storage/store.h"

#include "storage/logging.h"
#include "storage/migrations.h"
#include "storage/sqlite_database.h"

#include <QDateTime>
#include <QFile>

namespace parlour::storage {

using namespace Qt::StringLiterals;

namespace {

/// A name that no file has yet.
QString nameForDamaged(const QString &path)
{
    const QString date = QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-HHmmss"_s);
    const QString name = u"%1.corrupt-%2"_s.arg(path, date);
    QString free = name;
    for (int i = 2; QFile::exists(free); ++i)
        free = u"%1-%2"_s.arg(name).arg(i);
    return free;
}

// Its log goes along: without it, what was written last would be missing in the file.
Expected<void> putAside(const QString &path)
{
    const QString name = nameForDamaged(path);
    for (const auto &part : {u""_s, u"-wal"_s, u"-shm"_s}) {
        if (QFile::exists(path + part) && !QFile::rename(path + part, name + part)) {
            return Error{
                u"corrupt"_s,
                u"%1: is damaged, and could not be renamed to %2."_s.arg(path + part, name + part)};
        }
    }
    qCWarning(lcStorage).noquote() << path << "is damaged: it was renamed to" << name
                                   << "and a new one is begun, without what was said before";
    return {};
}

Expected<std::unique_ptr<SqliteDatabase>> openDatabase(const QString &path,
                                                       const StoreOptions &options)
{
    auto database = SqliteDatabase::open(path, options.patience);
    if (database) {
        if (const auto migrated = migrate(**database); !migrated)
            return migrated.error();
    }
    return database;
}

} // namespace

Store::Store() = default;

Store::~Store()
{
    m_thread.runAndWait([this] {
        m_house.reset();
        m_logs.reset();
        m_database.reset();
    });
}

Expected<std::unique_ptr<Store>> Store::open(const QString &path, const StoreOptions &options)
{
    auto store = std::unique_ptr<Store>(new Store);
    Expected<void> begun;
    store->m_thread.runAndWait([&] { begun = store->begin(path, options); });
    if (!begun)
        return Error{u"data"_s, begun.error().message};
    return store;
}

Expected<void> Store::begin(const QString &path, const StoreOptions &options)
{
    auto database = openDatabase(path, options);
    if (!database && database.error().code == "corrupt"_L1) {
        if (const auto moved = putAside(path); !moved)
            return moved;
        database = openDatabase(path, options);
    }
    if (!database)
        return database.error();
    m_database = std::move(*database);
    if (const auto done = read(options); !done)
        return done;
    removeOldCopies(path);
    return {};
}

Expected<void> Store::read(const StoreOptions &options)
{
    m_logs = std::make_unique<LogFile>(*m_database, options.retention);
    const auto heads = m_logs->load();
    if (!heads)
        return heads.error();
    m_heads = *heads;
    m_house = std::make_unique<HouseFile>(*m_database);
    const auto memory = m_house->load();
    if (!memory)
        return memory.error();
    m_memory = *memory;
    return {};
}

} // namespace parlour::storage
