// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "storage/logging.h"

namespace parlour::storage {

Q_LOGGING_CATEGORY(lcStorage, "parlour.storage", QtInfoMsg)

} // namespace parlour::storage
