// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace parlour::storage {

/// A mark beside a file, "<path>.damaged", that damage was met in it: also such as the check at the
/// next opening does not see. Outlasts the process, and is not in what is damaged. Not where the
/// folder takes no further file; the log says so then.
void markDamaged(const QString &path);
bool isMarkedDamaged(const QString &path);
/// What could be saved is in another file now.
void removeDamageMark(const QString &path);

} // namespace parlour::storage
