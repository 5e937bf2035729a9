// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <functional>

/// Runs the event loop of the calling thread. For tests only.
namespace parlour::channels {

/// Until `condition` holds, `timeout` at most; whether it holds.
bool waitFor(const std::function<bool()> &condition, std::chrono::milliseconds timeout);
/// Until nothing that is posted is left to do.
void settle();

} // namespace parlour::channels
