// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "storage/salvage.h"

#include "storage/damage_mark.h"
#include "storage/log_file.h"
#include "storage/log_mender.h"
#include "storage/logging.h"
#include "storage/migrations.h"
#include "storage/old_copies.h"
#include "storage/sqlite_database.h"
#include "storage/table_salvage.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace parlour::storage {

using namespace Qt::StringLiterals;

namespace {

constexpr QByteArrayView PersonFront = "p-"; ///< of ids: chat::newPersonId(), personIdOfKey()
constexpr qint64 OldestAlike = 5; ///< has the newest format's tables, but for "holes"
constexpr qint64 FirstWithHoles = 7; ///< has that one, too

/// A file with all that was saved, which is to be that of the host.
QString nameForWhole(const QString &path)
{
    return path + u".salvaged"_s;
}

/// One with a part of that.
QString nameForPart(const QString &path)
{
    return path + u".salvaging"_s;
}

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

Expected<void> rename(const QString &from, const QString &to)
{
    if (QFile::rename(from, to))
        return {};
    return Error{u"data"_s, u"%1: could not be renamed to %2."_s.arg(from, to)};
}

void remove(const QString &path)
{
    for (const auto &part : {u""_s, u"-wal"_s, u"-shm"_s})
        QFile::remove(path + part);
}

// Its log goes along: without it, what was written last would be missing in the file. SQLite makes
// the third file of these.
Expected<QString> putAside(const QString &path)
{
    const QString name = nameForDamaged(path);
    // The log first: beside a new file, were this process to end in between, SQLite would remove
    // it.
    if (QFileInfo(path + u"-wal"_s).size() > 0) {
        if (const auto renamed = rename(path + u"-wal"_s, name + u"-wal"_s); !renamed)
            return renamed.error();
    }
    if (const auto renamed = rename(path, name); !renamed) {
        QFile::rename(name + u"-wal"_s, path + u"-wal"_s); // it is used again
        return renamed.error();
    }
    QFile::remove(path + u"-wal"_s);
    QFile::remove(path + u"-shm"_s);
    return name;
}

/// The damaged file, as far as it can be used; null: nothing can be taken of it.
Expected<std::unique_ptr<SqliteDatabase>>
openDamaged(const QString &path, std::chrono::milliseconds patience, const std::stop_token &stop)
{
    auto database = SqliteDatabase::openToRead(path, patience, stop);
    if (!database)
        return database;
    // The first allows for a file that is shorter than it says, the second sees more of what is
    // wrong.
    for (const auto &pragma : {u"PRAGMA writable_schema = ON"_s, u"PRAGMA cell_size_check = ON"_s})
        (void)(*database)->execute(pragma);
    const auto format = (*database)->value(u"PRAGMA user_version"_s);
    if (!format && !isDamage(format.error()))
        return format.error();
    const auto newest = migrations().size();
    if (format && format->toLongLong() >= OldestAlike && format->toLongLong() <= newest)
        return database;
    if (format) {
        qCWarning(lcStorage).noquote()
            << path << "is damaged, and of format" << format->toLongLong() << "instead of" << newest
            << "so nothing of it is taken over";
    }
    return std::unique_ptr<SqliteDatabase>();
}

/// The names of logs whose rows are gone are in an index, too.
Expected<void> takeNames(SqliteDatabase &from, SqliteDatabase &to)
{
    return to.transaction([&]() -> Expected<void> {
        Expected<int> written = 0;
        const auto read = from.select(
            u"SELECT rowid, room FROM logs INDEXED BY sqlite_autoindex_logs_1"_s, {},
            [&](const sqlite::Statement &row) {
                written = to.change(u"INSERT OR IGNORE INTO logs (key, room, epoch, oldest, newest)"
                                    " VALUES (?, ?, '', 1, 0)"_s,
                                    {row.value(0).toLongLong(), row.value(1).toString()});
                return bool(written);
            });
        if (!written)
            return written.error();
        return read || isDamage(read.error()) ? Expected<void>() : read;
    });
}

/// The key of a log is never given again.
Expected<void> takeLastKey(SqliteDatabase &from, SqliteDatabase &to)
{
    const auto known = from.value(u"SELECT seq FROM sqlite_sequence WHERE name = 'logs'"_s);
    qint64 last = known.valueOr({}).toLongLong();
    for (const auto &sql : {u"SELECT max(log) FROM entries"_s, u"SELECT max(log) FROM forgotten"_s,
                            u"SELECT max(key) FROM logs"_s}) {
        const auto key = to.value(sql);
        if (!key)
            return key.error();
        last = std::max(last, key->toLongLong());
    }
    if (const auto gone = to.execute(u"DELETE FROM sqlite_sequence WHERE name = 'logs'"_s); !gone)
        return gone;
    const auto set =
        to.change(u"INSERT INTO sqlite_sequence (name, seq) VALUES ('logs', ?)"_s, {last});
    return set ? Expected<void>() : Expected<void>(set.error());
}

/// The tables that both have.
Expected<QStringList> tablesIn(SqliteDatabase &from, TableSalvage &tables)
{
    auto names = tables.tables();
    const auto format = from.value(u"PRAGMA user_version"_s);
    if (!format)
        return format.error();
    if (names && format->toLongLong() < FirstWithHoles)
        names->removeOne(u"holes"_s);
    return names;
}

Expected<void> take(SqliteDatabase &from, SqliteDatabase &to, Damage &damage)
{
    TableSalvage tables(from, to);
    const auto names = tablesIn(from, tables);
    if (!names)
        return names.error();
    LogMender::Whole areWhole;
    for (const QString &name : *names) {
        const auto whole =
            tables.take(name, name == "reads"_L1 ? PersonFront.toByteArray() : QByteArray());
        if (!whole)
            return whole.error();
        if (name == "logs"_L1)
            areWhole.logs = *whole;
        else if (name == "entries"_L1)
            areWhole.entries = *whole;
        else if (name != "forgotten"_L1)
            damage.isHouseWhole = damage.isHouseWhole && *whole;
    }
    if (!areWhole.logs) {
        if (const auto taken = takeNames(from, to); !taken)
            return taken;
    }
    if (const auto mended = LogMender(from, to).mend(damage, areWhole); !mended)
        return mended;
    if (const auto noted = areWhole.logs ? Expected<void>() : LogFile::noteMended(to, {}); !noted)
        return noted;
    return takeLastKey(from, to);
}

/// Whether the new file is there; it is whole, and on the disk.
Expected<bool> makeNew(const QString &path, std::chrono::milliseconds patience,
                       const std::stop_token &stop, Damage &damage)
{
    const auto from = openDamaged(path, patience, stop);
    if (!from)
        return from.error();
    if (!*from)
        return false;
    const QString part = nameForPart(path);
    remove(part);
    {
        const auto to = SqliteDatabase::open(part, patience, stop);
        if (!to)
            return to.error();
        auto done = migrate(**to);
        if (done)
            done = take(**from, **to, damage);
        if (done)
            done = (*to)->execute(u"PRAGMA wal_checkpoint(TRUNCATE)"_s);
        if (!done)
            return done.error();
    }
    if (const auto renamed = rename(part, nameForWhole(path)); !renamed)
        return renamed.error();
    return true;
}

QString wordsFor(const Damage &damage)
{
    if (damage.isNothingLost())
        return u"all of it was saved."_s;
    QString words = u"%1 messages were saved, %2 %3 lost; rooms with gaps: %4."_s.arg(
        QString::number(damage.saved), QString::number(damage.lost),
        damage.isLostKnown ? u"are"_s : u"or more are"_s, QString::number(damage.roomsWithGaps));
    if (!damage.isHouseWhole)
        words += u" Some rooms' topics, tokens, what people have read or what other hosts owe"
                 " is lost."_s;
    return words;
}

} // namespace

Expected<Damage> salvage(const QString &path, std::chrono::milliseconds patience,
                         const std::stop_token &stop)
{
    Damage damage;
    const auto made = makeNew(path, patience, stop, damage);
    if (!made) {
        remove(nameForPart(path)); // place on the disk
        return made.error();
    }
    const auto name = putAside(path);
    if (!name)
        return name.error();
    damage.putAside = *name;
    damage.keptUntil = QDateTime::currentDateTimeUtc().addDuration(CopyLifetime);
    if (!*made) {
        removeDamageMark(path);
        damage.isLostKnown = damage.isHouseWhole = false;
        qCWarning(lcStorage).noquote()
            << path << "is damaged: it was renamed to" << *name
            << "and a new one is begun, without what was said before; it will be"
            << "removed after a week";
        return damage;
    }
    if (const auto renamed = rename(nameForWhole(path), path); !renamed)
        return renamed.error();
    removeDamageMark(path);
    qCWarning(lcStorage).noquote()
        << path << "was damaged:" << wordsFor(damage) << "The damaged file is" << damage.putAside
        << "and will be removed after a week";
    return damage;
}

Expected<void> finishSalvage(const QString &path)
{
    const QString whole = nameForWhole(path);
    if (!QFile::exists(whole))
        return {};
    if (QFile::exists(path)) { // the damaged one
        remove(whole);
        return {};
    }
    remove(path); // a log of the damaged one, which has been read
    qCWarning(lcStorage).noquote() << path << "was damaged: what could be saved of it is used";
    const auto renamed = rename(whole, path);
    if (renamed)
        removeDamageMark(path);
    return renamed;
}

} // namespace parlour::storage
