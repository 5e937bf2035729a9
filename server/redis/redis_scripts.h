// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "redis/redis_command.h"

#include <QByteArray>
#include <QList>

#include <chrono>

namespace parlour::redis {

/// A message as it lies in Redis, and where.
struct StoredMessage {
    QByteArray key;
    QByteArray member; ///< 12 bytes of stamp, then the body
    int capacity = 0; ///< of the key
};

/// What group_send() of channels_redis does in one step, to one or many. KEYS: where the messages
/// go; ARGV: the messages, the capacities, the score, seconds until the keys expire, all as there.
/// Where its script counts the keys that were full, ours tells of each: 0 stored, 1 full, or the
/// error that stood in the way and stops no other. Other errors are the script's, and then nothing
/// is stored.
RedisCommand storeCommand(const QList<StoredMessage> &messages, const QByteArray &score,
                          std::chrono::milliseconds expiry);

/// Whole seconds for EXPIRE; at least one.
QByteArray expirySeconds(std::chrono::milliseconds expiry);

/// The script's text; a test compares what it does.
QByteArray storeScript();

} // namespace parlour::redis
