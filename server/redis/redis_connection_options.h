// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <chrono>

namespace parlour::redis {

/// How a connection to Redis is kept.
struct RedisConnectionOptions {
    /// From the first packet until Redis has taken name, password and database.
    std::chrono::milliseconds connectTimeout = std::chrono::seconds(3);
    /// Silence of Redis while it owes an answer; after it the connection counts as lost.
    std::chrono::milliseconds commandTimeout = std::chrono::seconds(5);
    /// A quiet connection is tried so often; 0: never.
    std::chrono::milliseconds pingInterval = std::chrono::seconds(10);
    /// The pause before the first try after a loss; it doubles up to the second. The cap is so low
    /// because people notice: Redis' return has to be seen within 2 s.
    std::chrono::milliseconds firstRetry = std::chrono::milliseconds(100);
    std::chrono::milliseconds lastRetry = std::chrono::milliseconds(500);
    /// The same where Redis refuses to let us listen, until somebody changes its rules.
    std::chrono::milliseconds lastRefusedRetry = std::chrono::seconds(10);
    /// After an outage, what has waited goes out this much later than what is new: the other
    /// processes have to be back in their groups by then, which a Redis that was started anew knows
    /// nothing of. More than lastRetry.
    std::chrono::milliseconds settleTime = std::chrono::milliseconds(700);
    /// Commands that wait for Redis' return; over it they fail (queue_full).
    int maxWaitingCommands = 10000;
    /// The same for the bytes of all commands without an answer, sent or not.
    qint64 maxWaitingBytes = qint64(64) * 1024 * 1024;
    /// One answer of Redis may have so many bytes; over it the connection is ended.
    qint64 maxReplyBytes = qint64(64) * 1024 * 1024;
};

} // namespace parlour::redis
