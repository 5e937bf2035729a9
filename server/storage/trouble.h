// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace parlour::storage {

/// What people are told of this cause, who are not to know the host's files: as the end of a
/// sentence.
QString reasonFor(const QString &cause);

} // namespace parlour::storage
