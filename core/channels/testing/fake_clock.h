// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/clock.h"

#include <memory>

namespace parlour::channels {

/// A clock that a test turns by hand, for every option of the type Clock. Copies show the same
/// time, and a Clock made of it may outlive it.
class FakeClock
{
public:
    Clock clock() const
    {
        return [time = m_time] { return *time; };
    }
    operator Clock() const { return clock(); }

    void advance(std::chrono::nanoseconds by) { *m_time += by; }

private:
    using Time = std::chrono::steady_clock::time_point;
    // Not at zero: what was never set must not look like now.
    std::shared_ptr<Time> m_time = std::make_shared<Time>(std::chrono::hours(1));
};

} // namespace parlour::channels
