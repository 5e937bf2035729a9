// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"
#include "storage/damage.h"
#include "storage/log_ends.h"

#include <QList>

namespace parlour::storage {

class SqliteDatabase;

/// Makes logs of what was saved of them. One of which nothing is missing stays as it is, with its
/// epoch, so that nobody notices. One with gaps begins anew: another epoch, and its entries
/// numbered from 1 on, without what changed messages that are gone; so its people are told. So
/// does one of which the damaged file's indexes know more, and so do all where entries are missing
/// and nobody knows where logs ended (log_file_ranges.cpp): a number could be given again. Other
/// hosts are to be asked again for what they said behind a gap. Entries of no known room are
/// forgotten. Lives in the storage thread.
class LogMender final
{
public:
    /// Both outlive it.
    LogMender(SqliteDatabase &damaged, SqliteDatabase &database)
        : m_database(database)
        , m_ends(damaged)
    {
    }

    /// Of which tables no row is missing.
    struct Whole {
        bool logs = true;
        bool entries = true;
    };
    /// Adds what it finds to `damage`, which has how it is with the other tables.
    channels::Expected<void> mend(Damage &damage, Whole whole);

private:
    struct Log {
        qint64 key = 0;
        QString room;
        QString epoch;
        qint64 oldest = 1;
        qint64 newest = 0;
        qint64 messages = 0;
    };

    channels::Expected<QList<Log>> logs();
    /// The last numbers of their logs may be others than their rows say.
    channels::Expected<bool> areBehind(const Damage &damage);
    channels::Expected<void> readOn(Log &log);
    channels::Expected<void> mend(const Log &log, bool isEndKnown, Damage &damage);
    channels::Expected<bool> isWhole(const Log &log);
    /// Nothing says that its end is missing.
    channels::Expected<bool> endsThere(const Log &log);
    channels::Expected<void> beginAnew(const Log &log, Damage &damage);
    channels::Expected<void> noteHoles(const Log &log);
    channels::Expected<void> renumber(const Log &log, const QString &epoch);
    channels::Expected<qint64> count(qint64 log, const QString &condition);
    /// Whether there were any.
    channels::Expected<bool> forgetOthers(Damage &damage, bool areLogsWhole);

    SqliteDatabase &m_database;
    LogEnds m_ends;
};

} // namespace parlour::storage
