// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"
#include "sqlite/connection.h"

namespace parlour::storage {

/// What SQLite's result means for the file `path`, in words that say what to do. The codes:
/// disk_full, locked, read_only, corrupt, unreadable.
channels::Error sqliteProblem(const QString &path, const sqlite::Connection::Problem &problem);

} // namespace parlour::storage
