// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "client/backoff.h"

#include <QtGlobal>

#include <chrono>

namespace parlour::client {

/// How patient a client is with its host.
struct SocketOptions {
    using Milliseconds = std::chrono::milliseconds;

    Milliseconds connectTimeout{10000}; ///< for name look-up, TCP and handshake together
    Milliseconds confirmTimeout{10000}; ///< from the handshake to the first good frame
    Milliseconds pingInterval{20000}; ///< between two pings of ours
    Milliseconds pongTimeout{
        10000}; ///< a ping unanswered so long, and nothing else: the link is dead
    Milliseconds stableAfter{10000}; ///< a connection that lasted so long starts the delays anew
    Milliseconds closeTimeout{2000}; ///< for our Close frame to leave
    quint64 maxMessageBytes =
        quint64(16) * 1024 * 1024; ///< from the host; a bigger one ends the connection
    Backoff::Options backoff;
};

} // namespace parlour::client
