// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"
#include "storage/damage.h"

#include <chrono>
#include <stop_token>

namespace parlour::storage {

/// Makes a new file, at `path`, of what can be read of the damaged one there, which gets another
/// name: "<path>.corrupt-<date>" (removeOldCopies()). Of one whose format has other tables, or of
/// which not even the beginning can be read, nothing is taken, and there is no new file. Until all
/// is taken the damaged one stays where it is, so whatever comes between, a full disk or the
/// process' end, costs nothing. Its damage mark goes. For the storage thread, while nobody has the
/// file open. Fails as SqliteDatabase, or (data) where a file cannot be renamed. `stop`: ends it
/// soon (stopped), with the damaged file as it was.
channels::Expected<Damage> salvage(const QString &path, std::chrono::milliseconds patience,
                                   const std::stop_token &stop = {});

/// Ends what a process that died in the middle of it began. Before the file is opened.
channels::Expected<void> finishSalvage(const QString &path);

} // namespace parlour::storage
