// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QLoggingCategory>

namespace parlour::storage {

Q_DECLARE_LOGGING_CATEGORY(lcStorage)

} // namespace parlour::storage
