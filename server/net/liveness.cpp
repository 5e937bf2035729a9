// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/liveness.h"

#include <algorithm>

namespace parlour::server {

void Liveness::heard(Time now)
{
    m_heard = now;
    m_pinged.reset();
}

std::chrono::milliseconds Liveness::silence(Time now) const
{
    return std::chrono::floor<std::chrono::milliseconds>(now - m_heard);
}

// Without a time-out it goes on pinging, which keeps a way through routers open.
Liveness::Time Liveness::due(const ServerOptions &options) const
{
    if (!m_pinged)
        return m_heard + options.pingInterval;
    return *m_pinged + (options.pingTimeout > 0ms ? options.pingTimeout : options.pingInterval);
}

Liveness::Verdict Liveness::judge(Time now, const ServerOptions &options)
{
    if (options.pingInterval <= 0ms || now < due(options))
        return Verdict::Fine;
    if (m_pinged && options.pingTimeout > 0ms)
        return Verdict::Dead;
    m_pinged = now;
    return Verdict::Ping;
}

std::optional<std::chrono::milliseconds> Liveness::wait(Time now,
                                                        const ServerOptions &options) const
{
    if (options.pingInterval <= 0ms)
        return {};
    return std::chrono::ceil<std::chrono::milliseconds>(std::max(due(options), now) - now);
}

} // namespace parlour::server
