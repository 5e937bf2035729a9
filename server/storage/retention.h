// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <chrono>

namespace parlour::storage {

/// How much of what was said is kept. What is beyond goes within a minute.
struct Retention {
    qint64 messagesPerRoom = 10000; ///< 0: all
    std::chrono::milliseconds age = std::chrono::hours(90 * 24); ///< of a message at most; 0: any
};

} // namespace parlour::storage
