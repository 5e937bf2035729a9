// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QLoggingCategory>

namespace parlour::redis {

Q_DECLARE_LOGGING_CATEGORY(lcRedis)

} // namespace parlour::redis
