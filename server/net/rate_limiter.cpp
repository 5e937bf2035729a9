// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/rate_limiter.h"

#include <algorithm>
#include <cmath>

namespace parlour::server {

RateLimiter::RateLimiter(double perSecond, int burst, Time now)
    : m_perSecond(perSecond)
    , m_burst(std::max(1, burst))
    , m_tokens(m_burst)
    , m_last(now)
{
}

std::chrono::milliseconds RateLimiter::take(Time now)
{
    using Seconds = std::chrono::duration<double>;
    if (!(m_perSecond > 0))
        return std::chrono::milliseconds(0);
    const double elapsed = std::max(0.0, Seconds(now - m_last).count());
    m_tokens = std::min(m_burst, m_tokens + elapsed * m_perSecond);
    m_last = std::max(m_last, now);
    if (m_tokens >= 1) {
        m_tokens -= 1;
        return std::chrono::milliseconds(0);
    }
    const double wait = std::ceil((1 - m_tokens) / m_perSecond * 1000);
    constexpr double Longest = 24.0 * 60 * 60 * 1000; // a rate may be as low as one likes
    return std::chrono::milliseconds(std::llround(std::clamp(wait, 1.0, Longest)));
}

void RateLimiter::setLimit(double perSecond, int burst)
{
    m_perSecond = perSecond;
    m_burst = std::max(1, burst);
    m_tokens = std::min(m_tokens, m_burst);
}

} // namespace parlour::server
