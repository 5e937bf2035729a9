// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/logging.h"

namespace parlour::redis {

Q_LOGGING_CATEGORY(lcRedis, "parlour.redis", QtInfoMsg)

} // namespace parlour::redis
