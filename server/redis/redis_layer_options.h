// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "redis/redis_address.h"
#include "redis/redis_connection_options.h"

#include <QList>
#include <QStringList>

#include <chrono>

namespace parlour::redis {

/// The words of Django's CHANNEL_LAYERS CONFIG that both layers over Redis know, beside
/// channels::ChannelLayerOptions.
struct RedisLayerOptions {
    QList<RedisAddress> hosts = {RedisAddress{}}; ///< at least one; in the same order everywhere
    QString prefix = QStringLiteral("asgi"); ///< of everything that is kept or said in Redis
    /// symmetric_encryption_keys: the first encrypts, each of them decrypts; empty: in clear.
    QStringList encryptionKeys = {};
    RedisConnectionOptions connection = {};
    /// core alone: so long a message waits for room in an inbox that is full, before it is dropped
    /// as `capacity`; 0: not at all, as in channels_redis.
    std::chrono::milliseconds capacityPatience = std::chrono::seconds(1);
};

} // namespace parlour::redis
