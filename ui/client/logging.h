// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QLoggingCategory>

namespace parlour::client {

Q_DECLARE_LOGGING_CATEGORY(log)

} // namespace parlour::client
