// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/redis_backends.h"

#include "redis/redis_channel_layer.h"
#include "redis/redis_pub_sub_channel_layer.h"
#include "redis/redis_settings.h"

using namespace Qt::StringLiterals;

namespace parlour::redis {

using channels::ChannelLayer;
using channels::ChannelLayerSettings;
using channels::Expected;

namespace {

template <typename Layer>
Expected<std::unique_ptr<ChannelLayer>> makeOverRedis(const ChannelLayerSettings &settings)
{
    const auto read = readRedisSettings(settings);
    if (!read)
        return read.error();
    return std::unique_ptr<ChannelLayer>(std::make_unique<Layer>(read->options, read->redis));
}

} // namespace

void addRedisBackends(channels::ChannelLayers &layers)
{
    for (const QString &name : {u"redis-core"_s, u"channels_redis.core.RedisChannelLayer"_s})
        layers.addBackend(name, makeOverRedis<RedisChannelLayer>);
    for (const QString &name :
         {u"redis-pubsub"_s, u"channels_redis.pubsub.RedisPubSubChannelLayer"_s})
        layers.addBackend(name, makeOverRedis<RedisPubSubChannelLayer>);
}

} // namespace parlour::redis
