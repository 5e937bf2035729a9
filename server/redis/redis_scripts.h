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

/// channels_redis' own script of group_send(), to the byte. KEYS: where the messages go. ARGV: the
/// messages, the capacities, the score, seconds until the keys expire. Answers how many of the keys
/// were full.
RedisCommand storeCommand(const QList<StoredMessage> &messages, const QByteArray &score,
                          std::chrono::milliseconds expiry);

/// send() in one step, where channels_redis takes four in which others can come between. KEYS:
/// where the message goes. ARGV: it, the capacity, the score, seconds until the key expires, the
/// score up to which older ones are removed ("": none). Answers as storeCommand() does. Only a
/// channel that many read is trimmed: an inbox is bounded by its capacity and its expiry, and
/// whoever has a slow clock keeps its messages.
RedisCommand sendCommand(const StoredMessage &message, const QByteArray &score,
                         std::chrono::milliseconds expiry, const QByteArray &trimTo);

/// Whole seconds for EXPIRE; at least one.
QByteArray expirySeconds(std::chrono::milliseconds expiry);

/// The text of channels_redis' script; a test compares it.
QByteArray groupSendScript();

} // namespace parlour::redis
