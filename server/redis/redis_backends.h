// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/channel_layers.h"

namespace parlour::redis {

/// Teaches `layers` the backends over Redis: "redis-core", which shares groups with Django's
/// channels_redis.core.RedisChannelLayer, and "redis-pubsub", with its RedisPubSubChannelLayer.
/// Both go by those names too, as a BACKEND of CHANNEL_LAYERS says them.
///
/// Their settings are those of CONFIG there: hosts (a URL, or a list of URLs, of [host, port] or of
/// {address: URL}), prefix, symmetric_encryption_keys, capacity, channel_capacity ({glob:
/// capacity}), expiry and group_expiry (both in seconds); what is not given is as in the options.
/// Adding such a layer fails for a setting that is not known (unknown_setting) or that cannot be
/// read (bad_setting); a Redis that does not answer is no failure.
void addRedisBackends(channels::ChannelLayers &layers);

} // namespace parlour::redis
