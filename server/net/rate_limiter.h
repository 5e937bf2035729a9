// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>

namespace parlour::server {

/// A token bucket: `burst` at once, `perSecond` in the long run. The bucket starts full.
class RateLimiter
{
public:
    using Time = std::chrono::steady_clock::time_point;

    /// Zero or less per second: no limit.
    RateLimiter(double perSecond, int burst, Time now);

    /// Takes one token: zero if there was one, else the time after which there is one.
    std::chrono::milliseconds take(Time now);
    /// What is in the bucket stays in it, as far as it fits.
    void setLimit(double perSecond, int burst);

private:
    double m_perSecond;
    double m_burst;
    double m_tokens;
    Time m_last;
};

} // namespace parlour::server
