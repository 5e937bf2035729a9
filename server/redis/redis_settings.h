// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/channel_layers.h"
#include "redis/redis_layer_options.h"

namespace parlour::redis {

/// What an entry of CHANNEL_LAYERS means for a layer over Redis.
struct RedisSettings {
    channels::ChannelLayerOptions options;
    RedisLayerOptions redis;
};

/// Fails as addRedisBackends() says, with words that never have a password in them.
channels::Expected<RedisSettings> readRedisSettings(const channels::ChannelLayerSettings &settings);

} // namespace parlour::redis
