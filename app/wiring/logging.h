// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"

#include <QString>

namespace parlour::wiring {

enum class LogLevel { Debug, Info, Warning, Error };

/// "debug", "info", "warning" or "error". Fails (usage).
channels::Expected<LogLevel> parseLogLevel(const QString &text);

/// Sends what this program logs, from that level up, to standard error, one line each with the
/// time. Lines of Qt's own categories come from warning up.
void installLogging(LogLevel level);

} // namespace parlour::wiring
