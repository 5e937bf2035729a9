// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/logging.h"

namespace parlour::server {

Q_LOGGING_CATEGORY(lcServer, "parlour.server", QtInfoMsg)

} // namespace parlour::server
