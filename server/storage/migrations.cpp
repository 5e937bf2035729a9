// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "storage/migrations.h"

#include "storage/logging.h"
#include "storage/sqlite_database.h"

#include <QFile>

namespace parlour::storage {

using namespace Qt::StringLiterals;

namespace {

Expected<void> copyBefore(SqliteDatabase &database, qint64 format)
{
    const QString copy = u"%1.format-%2"_s.arg(database.path()).arg(format);
    QFile::remove(copy); // of an attempt that failed
    QFile file(copy); // SQLite makes its files as the mask of the process says
    if (!file.open(QIODevice::WriteOnly)
        || !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return Error{u"data"_s, u"%1 cannot be written: %2"_s.arg(copy, file.errorString())};
    file.close();
    const auto copied = database.change(u"VACUUM INTO ?"_s, {copy});
    if (!copied)
        return copied.error();
    qCInfo(lcStorage).noquote() << database.path() << "is brought to a new format; a copy of the"
                                << "old one is" << copy << "and will be removed after a week";
    return {};
}

/// The tables as they were at the beginning.
Migration firstTables()
{
    return {
        u"CREATE TABLE host (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID"_s,
        u"CREATE TABLE rooms (key INTEGER PRIMARY KEY, title TEXT NOT NULL UNIQUE,"
        " topic TEXT NOT NULL, creator TEXT NOT NULL, listed INTEGER NOT NULL)"_s,
        u"CREATE TABLE tokens (hash BLOB PRIMARY KEY, person TEXT NOT NULL,"
        " used INTEGER NOT NULL) WITHOUT ROWID"_s,
        // A key is never given again: what a forgotten log had goes bit by bit.
        u"CREATE TABLE forgotten (log INTEGER PRIMARY KEY)"_s,
        u"CREATE TABLE logs (key INTEGER PRIMARY KEY AUTOINCREMENT, room TEXT NOT NULL UNIQUE,"
        " epoch TEXT NOT NULL, oldest INTEGER NOT NULL, newest INTEGER NOT NULL)"_s,
        // "kind" is 0 for what was said; "json" is null where the text says it all.
        u"CREATE TABLE entries (key INTEGER PRIMARY KEY, log INTEGER NOT NULL,"
        " number INTEGER NOT NULL, kind INTEGER NOT NULL, id TEXT NOT NULL COLLATE NOCASE,"
        " sender TEXT NOT NULL, name TEXT NOT NULL, time INTEGER NOT NULL, text TEXT NOT NULL,"
        " json BLOB, origin TEXT NOT NULL)"_s,
        u"CREATE UNIQUE INDEX entries_by_number ON entries (log, number)"_s,
        u"CREATE UNIQUE INDEX entries_by_id ON entries (log, id)"_s,
    };
}

} // namespace

const QList<Migration> &migrations()
{
    static const QList<Migration> all{
        firstTables(),
        {
            // "kind" is 1 for an edit, 2 for a deletion, 3 for a reaction: these have the number of
            // the message that they changed as "target", and no text. A message has what they made
            // of it: its "reactions" are a JSON list, null where there are none.
            u"ALTER TABLE entries ADD COLUMN target INTEGER"_s,
            u"ALTER TABLE entries ADD COLUMN reply TEXT"_s,
            u"ALTER TABLE entries ADD COLUMN edited INTEGER NOT NULL DEFAULT 0"_s,
            u"ALTER TABLE entries ADD COLUMN deleted INTEGER NOT NULL DEFAULT 0"_s,
            u"ALTER TABLE entries ADD COLUMN reactions BLOB"_s,
            u"CREATE INDEX entries_by_target ON entries (log, target, number)"
            " WHERE target IS NOT NULL"_s,
            u"ALTER TABLE logs ADD COLUMN messages INTEGER NOT NULL DEFAULT 0"_s,
            u"UPDATE logs SET messages = newest - oldest + 1"_s,
        },
        {
            u"CREATE TABLE reads (person TEXT NOT NULL, room TEXT NOT NULL, epoch TEXT NOT NULL,"
            " number INTEGER NOT NULL, used INTEGER NOT NULL, PRIMARY KEY (person, room))"
            " WITHOUT ROWID"_s,
        },
        {
            // For the last message of another host; a host's own are no cost.
            u"CREATE INDEX entries_by_origin ON entries (log, origin, number)"
            " WHERE origin <> ''"_s,
        },
        {
            // For the last change of this host. From here on a reaction's entry has its emoji in
            // "reactions", with nobody's name, and a deletion's the message's id as "reply".
            u"CREATE INDEX entries_changed_here ON entries (log, number)"
            " WHERE target IS NOT NULL AND origin = ''"_s,
        },
        // From here on a log may go on behind what its row says, which earlier versions do not
        // know: log_file_ranges.cpp.
        {},
        {
            // What is known to be missing of other hosts.
            u"CREATE TABLE holes (host TEXT NOT NULL, room TEXT NOT NULL, after TEXT NOT NULL,"
            " time INTEGER NOT NULL, since INTEGER NOT NULL, PRIMARY KEY (host, room))"
            " WITHOUT ROWID"_s,
        },
        {}, // The file may be behind its PostJournal, which earlier versions do not know.
    };
    return all;
}

Expected<void> migrate(SqliteDatabase &database, const QList<Migration> &steps)
{
    const auto version = database.value(u"PRAGMA user_version"_s);
    if (!version)
        return version.error();
    const qint64 format = version->toLongLong();
    if (format < 0 || format > steps.size()) {
        return Error{
            u"too_new"_s,
            u"%1: was written by a newer version (format %2; this one knows up to %3). Use "
            "that version, or give another folder with --data."_s.arg(database.path())
                .arg(format)
                .arg(steps.size())};
    }
    if (format == steps.size())
        return {};
    if (format > 0) {
        if (const auto copied = copyBefore(database, format); !copied)
            return copied;
    }
    return database.transaction([&]() -> Expected<void> {
        for (qint64 step = format; step < steps.size(); ++step) {
            for (const QString &statement : steps.at(step)) {
                if (const auto done = database.execute(statement); !done)
                    return done;
            }
        }
        return database.execute(u"PRAGMA user_version = %1"_s.arg(steps.size()));
    });
}

} // namespace parlour::storage
