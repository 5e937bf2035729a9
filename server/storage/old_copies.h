// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <chrono>

namespace parlour::storage {

/// How long what is put aside beside a host's file is kept: the copy of an older format, and a
/// damaged file. They still have what is deleted from the file.
inline constexpr std::chrono::hours CopyLifetime{7 * 24};
/// Removes those of the file at `path` that are older, and all damaged ones but the newest three.
/// To be asked once the file is known to be in order.
void removeOldCopies(const QString &path);

} // namespace parlour::storage
