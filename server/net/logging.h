// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QLoggingCategory>

namespace parlour::server {

Q_DECLARE_LOGGING_CATEGORY(lcServer)

} // namespace parlour::server
