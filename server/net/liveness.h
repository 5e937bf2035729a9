// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "net/server_options.h"

#include <optional>

namespace parlour::server {

/// Whether a client still lives: one that was silent for pingInterval is pinged, and given up where
/// nothing at all comes within pingTimeout after that. A value with no timer in it, so that a
/// client that speaks costs a time stamp, and a silent one a deadline.
class Liveness
{
public:
    using Time = std::chrono::steady_clock::time_point;
    enum class Verdict { Fine, Ping, Dead };

    /// Something came from the client, whatever it was.
    void heard(Time now);
    std::chrono::milliseconds silence(Time now) const;
    /// To be asked when wait() is over; Ping is to be done.
    Verdict judge(Time now, const ServerOptions &options);
    /// How long until there is something to judge; nothing: for ever.
    std::optional<std::chrono::milliseconds> wait(Time now, const ServerOptions &options) const;

private:
    Time due(const ServerOptions &options) const;

    Time m_heard{};
    std::optional<Time> m_pinged; ///< since it was heard last
};

} // namespace parlour::server
