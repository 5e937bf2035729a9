// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <functional>

namespace parlour::channels {

/// A source of monotonic time, so that tests can turn it by hand.
using Clock = std::function<std::chrono::steady_clock::time_point()>;

inline Clock steadyClock()
{
    return [] { return std::chrono::steady_clock::now(); };
}

} // namespace parlour::channels
