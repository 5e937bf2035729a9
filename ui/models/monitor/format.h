// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

/// How the monitor writes numbers, times and other people's text: by the system's locale.
namespace parlour::models {

/// `text` on one line: line ends as ⏎, other control and direction characters as �.
QString oneLine(const QString &text);

QString formatNumber(qint64 number);
/// One decimal below 10, none above: "3.4", "22".
QString formatRate(double value);
/// "18.2 KiB"
QString formatBytes(qint64 bytes);
/// "10:32:09", local time; with the day where it is not `now`'s. Empty for 0.
QString formatClock(qint64 msUtc, qint64 nowMsUtc);
/// "10:32:09.118", local time.
QString formatExactClock(qint64 msUtc);
/// "2 h 14 min", "14 min", "9 s"
QString formatDuration(qint64 ms);

} // namespace parlour::models
