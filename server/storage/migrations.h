// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace parlour::storage {

class SqliteDatabase;

/// The statements that bring a file from one format to the next.
using Migration = QStringList;

/// Those of a host's file. Once released, one is never changed: the next change is a new one.
const QList<Migration> &migrations();

/// Brings a file to the newest format, whose number is that of the migrations; it is the file's
/// user_version. A file with content is copied before to "<path>.format-<its number>"
/// (removeOldCopies()). Where
/// something fails, the file stays as it was. Fails with too_new for a file of a later version,
/// else as SqliteDatabase.
channels::Expected<void> migrate(SqliteDatabase &database,
                                 const QList<Migration> &steps = migrations());

} // namespace parlour::storage
