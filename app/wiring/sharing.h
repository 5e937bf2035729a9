// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/channel_layer.h"
#include "redis/redis_layer_options.h"

#include <memory>
#include <optional>

namespace parlour::wiring {

class OptionReader;

/// How a host shares its rooms with Django sites and other hosts: an entry of CHANNEL_LAYERS.
struct Sharing {
    enum class Backend {
        RedisPubSub, ///< channels_redis.pubsub.RedisPubSubChannelLayer
        RedisCore, ///< channels_redis.core.RedisChannelLayer
    };

    Backend backend = Backend::RedisPubSub;
    redis::RedisLayerOptions redis;
    QStringList workers; ///< channel names whose messages are said in rooms
};

/// Reads --layer, --redis…, --worker; `urlFromEnvironment` is for a host whose line names none.
/// Nothing: it shares with nobody, or the reader has noted what is wrong.
std::optional<Sharing> readSharing(OptionReader &reader, const QString &urlFromEnvironment);

/// Begins to connect at once. Capacity and the like are those of `options`.
std::unique_ptr<channels::ChannelLayer>
makeSharedLayer(const Sharing &sharing, const channels::ChannelLayerOptions &options);

} // namespace parlour::wiring
