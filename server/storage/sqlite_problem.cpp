// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "storage/sqlite_problem.h"

#include <sqlite3.h>

namespace parlour::storage {

using channels::Error;
using namespace Qt::StringLiterals;

namespace {
Error corrupt(const QString &path)
{
    return {u"corrupt"_s,
            u"%1: is damaged. What can be read of it is saved as the host starts."_s.arg(path)};
}
} // namespace

Error sqliteProblem(const QString &path, const sqlite::Connection::Problem &problem)
{
    // No statement of ours gives a key twice: an index and its table do not agree.
    if (problem.code == SQLITE_CONSTRAINT_UNIQUE || problem.code == SQLITE_CONSTRAINT_PRIMARYKEY)
        return corrupt(path);
    switch (problem.code & 0xff) { // of what kind it is
    case SQLITE_FULL:
        return {u"disk_full"_s, u"%1: the disk is full. Make place on it."_s.arg(path)};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {u"locked"_s, u"%1: locked by another program. End that one."_s.arg(path)};
    case SQLITE_READONLY:
        return {
            u"read_only"_s,
            u"%1: cannot be written. Change its permissions, and those of its folder."_s.arg(path)};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return corrupt(path);
    default:
        return {u"unreadable"_s,
                u"%1: cannot be read or written: %2 (SQLite's code %3)."_s.arg(path, problem.text)
                    .arg(problem.code)};
    }
}

} // namespace parlour::storage
