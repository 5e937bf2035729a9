// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/logging.h"

namespace parlour::client {

Q_LOGGING_CATEGORY(log, "parlour.client")

} // namespace parlour::client
