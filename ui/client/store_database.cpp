// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/store_database.h"

#include "client/owner_only.h"

#include <QFile>

#include <array>
#include <sqlite3.h>

namespace parlour::client {

using namespace Qt::StringLiterals;
using channels::Error;
using channels::Expected;

namespace {

// After so many transactions what they wrote is moved from the log of changes into the file. The
// first write to the new log waits for the disk then: a few ms.
constexpr int ChangesBetweenTidying = 1000;

// The schema as it grew; entry n leads from version n to n + 1. Never change one that was released.
const std::array migrations = {
    QStringList{
        u"CREATE TABLE hosts (key INTEGER PRIMARY KEY, address TEXT NOT NULL UNIQUE,"
        " id TEXT NOT NULL DEFAULT '', title TEXT NOT NULL DEFAULT '',"
        " person TEXT NOT NULL DEFAULT '', name TEXT NOT NULL DEFAULT '',"
        " used INTEGER NOT NULL DEFAULT 0)"_s,
        u"CREATE TABLE rooms (key INTEGER PRIMARY KEY, host INTEGER NOT NULL, room TEXT NOT NULL,"
        " topic TEXT NOT NULL DEFAULT '', listed INTEGER NOT NULL DEFAULT 1,"
        " epoch TEXT, number INTEGER, UNIQUE (host, room))"_s,
        // Epochs of a room follow each other by their keys.
        u"CREATE TABLE epochs (key INTEGER PRIMARY KEY AUTOINCREMENT, room INTEGER NOT NULL,"
        " epoch TEXT NOT NULL, UNIQUE (room, epoch))"_s,
        u"CREATE TABLE messages (room INTEGER NOT NULL, epoch INTEGER NOT NULL,"
        " number INTEGER NOT NULL, id TEXT NOT NULL, sender TEXT NOT NULL, name TEXT NOT NULL,"
        " time INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (room, epoch, number))"
        " WITHOUT ROWID"_s,
        u"CREATE TABLE outbox (place INTEGER PRIMARY KEY AUTOINCREMENT, host INTEGER NOT NULL,"
        " room TEXT NOT NULL, id TEXT NOT NULL UNIQUE, text TEXT NOT NULL, time INTEGER NOT NULL,"
        " failed INTEGER NOT NULL DEFAULT 0, why TEXT NOT NULL DEFAULT '')"_s,
    },
    QStringList{
        u"ALTER TABLE messages ADD COLUMN edited INTEGER NOT NULL DEFAULT 0"_s,
        u"ALTER TABLE messages ADD COLUMN deleted INTEGER NOT NULL DEFAULT 0"_s,
        u"ALTER TABLE messages ADD COLUMN reactions TEXT NOT NULL DEFAULT ''"_s,
        u"ALTER TABLE messages ADD COLUMN reply TEXT NOT NULL DEFAULT ''"_s,
        u"ALTER TABLE messages ADD COLUMN reply_number INTEGER NOT NULL DEFAULT 0"_s,
        u"ALTER TABLE messages ADD COLUMN reply_sender TEXT NOT NULL DEFAULT ''"_s,
        u"ALTER TABLE messages ADD COLUMN reply_name TEXT NOT NULL DEFAULT ''"_s,
        u"ALTER TABLE messages ADD COLUMN reply_text TEXT NOT NULL DEFAULT ''"_s,
        u"CREATE INDEX replies ON messages (room, reply) WHERE reply <> ''"_s,
        // Changes have numbers, too: which numbers are known is said by itself. Until now each was
        // a message's.
        u"CREATE TABLE ranges (room INTEGER NOT NULL, epoch INTEGER NOT NULL, first INTEGER NOT "
        u"NULL,"
        " last INTEGER NOT NULL, PRIMARY KEY (room, epoch, first)) WITHOUT ROWID"_s,
        u"INSERT INTO ranges SELECT room, epoch, MIN(number), MAX(number) FROM"
        " (SELECT room, epoch, number, number - ROW_NUMBER() OVER"
        " (PARTITION BY room, epoch ORDER BY number) AS island FROM messages)"
        " GROUP BY room, epoch, island"_s,
        u"ALTER TABLE rooms ADD COLUMN read_epoch TEXT NOT NULL DEFAULT ''"_s,
        u"ALTER TABLE rooms ADD COLUMN read_number INTEGER NOT NULL DEFAULT 0"_s,
        u"ALTER TABLE rooms ADD COLUMN draft TEXT NOT NULL DEFAULT ''"_s,
        u"ALTER TABLE outbox ADD COLUMN what INTEGER NOT NULL DEFAULT 0"_s,
        u"ALTER TABLE outbox ADD COLUMN target TEXT NOT NULL DEFAULT ''"_s,
        u"ALTER TABLE outbox ADD COLUMN emoji TEXT NOT NULL DEFAULT ''"_s,
        u"ALTER TABLE outbox ADD COLUMN is_on INTEGER NOT NULL DEFAULT 0"_s,
    },
    QStringList{
        u"CREATE INDEX ids ON messages (room, id)"_s,
    }};

constexpr std::chrono::seconds Patience{5}; // with another window of the same person

void tidy(const QString &file, bool emptiesLog)
{
    sqlite::Connection connection(file, sqlite::Connection::Access::Write, Patience);
    if (connection.isOpen())
        (void)connection.execute(emptiesLog ? u"PRAGMA wal_checkpoint(TRUNCATE)"_s
                                            : u"PRAGMA wal_checkpoint(PASSIVE)"_s);
}

/// SQLite makes its files as the mask of the process says; others are not to read this one.
bool makeOwnersFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadWrite) && file.setPermissions(OwnerOnly);
}

} // namespace

StoreDatabase::StoreDatabase(const QString &file)
    : m_file(file)
    , m_connection(file, sqlite::Connection::Access::Write, Patience)
{
    m_tidying.setMaxThreadCount(1);
}

StoreDatabase::~StoreDatabase()
{
    m_tidying.waitForDone();
}

Expected<std::unique_ptr<StoreDatabase>> StoreDatabase::open(const QString &file)
{
    const bool isOwners = makeOwnersFile(file);
    std::unique_ptr<StoreDatabase> made(new StoreDatabase(file));
    if (const auto ready = made->prepare(isOwners); !ready)
        return ready.error();
    return made;
}

Expected<void> StoreDatabase::prepare(bool isOwners)
{
    const auto fail = [this](const QString &why) {
        return Error{u"store"_s,
                     tr("What was said before cannot be read from %1: %2. Nothing is kept until "
                        "this file can be used, or is moved away.")
                         .arg(m_file, why)};
    };
    if (!isOwners)
        return fail(tr("it cannot be written"));
    if (!m_connection.isOpen())
        return fail(m_connection.problem().text);
    if (!run(u"PRAGMA journal_mode=WAL"_s) || !run(u"PRAGMA synchronous=NORMAL"_s)
        || !run(u"PRAGMA wal_autocheckpoint=0"_s) || !run(u"PRAGMA secure_delete=ON"_s))
        return fail(m_problem);
    const auto version = run(u"PRAGMA user_version"_s);
    if (!version)
        return fail(m_problem);
    const int from = version->first().first().toInt();
    if (from > int(migrations.size()))
        return fail(tr("a newer Parlour wrote it"));
    if (!migrate(from))
        return fail(m_problem);
    return {};
}

bool StoreDatabase::migrate(int from)
{
    if (from == int(migrations.size()))
        return true;
    return change([this, from] {
        for (auto version = size_t(from); version < migrations.size(); ++version) {
            for (const QString &statement : migrations.at(version)) {
                if (!run(statement))
                    return false;
            }
        }
        return run(u"PRAGMA user_version=%1"_s.arg(migrations.size())).has_value();
    });
}

std::optional<StoreDatabase::Rows> StoreDatabase::run(const QString &sql,
                                                      const QVariantList &values)
{
    auto *statement = m_connection.prepared(sql);
    if (!statement) {
        m_problem = m_connection.problem().text;
        return std::nullopt;
    }
    std::vector<sqlite::Value> bound;
    for (const QVariant &value : values)
        bound.push_back(sqlite::valueOf(value));
    statement->bind(bound);
    Rows rows;
    int result = statement->step();
    for (; result == SQLITE_ROW; result = statement->step()) {
        Row row;
        for (int column = 0; column < statement->columnCount(); ++column)
            row.append(statement->value(column).toVariant());
        rows.append(row);
    }
    if (result != SQLITE_DONE)
        m_problem = m_connection.problem().text;
    statement->reset(); // else it would hold the file's state of this moment
    return result == SQLITE_DONE ? std::optional(rows) : std::nullopt;
}

void StoreDatabase::tidyLater()
{
    if (++m_changes < ChangesBetweenTidying && !m_mustForget)
        return;
    if (m_isTidying.exchange(true))
        return; // the next change looks again
    m_changes = 0;
    m_tidying.start([this, file = m_file, emptiesLog = std::exchange(m_mustForget, false)] {
        tidy(file, emptiesLog);
        m_isTidying = false;
    });
}

} // namespace parlour::client
