// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "storage/sqlite_problem.h"

#include <QSqlError>

namespace parlour::storage {

using channels::Error;
using namespace Qt::StringLiterals;

// The numbers are SQLite's primary result codes (sqlite.org/rescode.html), which never change; Qt's
// driver hands on extended ones, whose low byte they are.
Error sqliteProblem(const QString &path, const QSqlError &error)
{
    enum Result { Busy = 5, Locked = 6, ReadOnly = 8, Corrupt = 11, Full = 13, NoDatabase = 26 };
    switch (error.nativeErrorCode().toInt() & 0xff) {
    case Full:
        return {u"disk_full"_s, u"%1: the disk is full. Make place on it."_s.arg(path)};
    case Busy:
    case Locked:
        return {u"locked"_s, u"%1: locked by another program. End that one."_s.arg(path)};
    case ReadOnly:
        return {
            u"read_only"_s,
            u"%1: cannot be written. Change its permissions, and those of its folder."_s.arg(path)};
    case Corrupt:
    case NoDatabase:
        return {u"corrupt"_s,
                u"%1: is damaged. Start the host again: it will begin a new one."_s.arg(path)};
    default:
        return {u"unreadable"_s,
                u"%1: cannot be read or written: %2 (SQLite's code %3)."_s.arg(
                    path, error.text().trimmed(), error.nativeErrorCode())};
    }
}

} // namespace parlour::storage
