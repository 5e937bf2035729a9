// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "wiring/sharing.h"

#include "channels/names.h"
#include "redis/redis_channel_layer.h"
#include "redis/redis_pub_sub_channel_layer.h"
#include "wiring/option_reader.h"

#include <algorithm>

namespace parlour::wiring {

using namespace Qt::StringLiterals;

namespace {

constexpr int MaxPrefix = 200; ///< bytes; a group's name has up to 99 beside it

/// What a Django site may have, less what nobody could see.
bool isPrefix(const QString &text)
{
    const auto characters = text.toUcs4();
    return !text.isEmpty() && text.toUtf8().size() <= MaxPrefix && text == text.trimmed()
        && text.isValidUtf16()
        && std::all_of(characters.begin(), characters.end(),
                       [](uint character) { return QChar::isPrint(char32_t(character)); });
}

QString wantedLayer(OptionReader &reader, bool hasRedis)
{
    if (!reader.has(u"layer"_s))
        return hasRedis ? u"redis-pubsub"_s : u"memory"_s;
    const QString layer = reader.text(u"layer"_s);
    if (layer != "memory"_L1 && layer != "redis-pubsub"_L1 && layer != "redis-core"_L1)
        reader.fail(
            u"--layer: \"%1\" is not one of memory, redis-pubsub, redis-core."_s.arg(layer));
    return layer;
}

void refuseWithoutRedis(OptionReader &reader)
{
    for (const auto &name : {u"redis"_s, u"redis-prefix"_s, u"redis-key"_s, u"worker"_s}) {
        if (reader.has(name))
            reader.fail(reader.has(u"layer"_s)
                            ? u"--%1: has no meaning with --layer memory."_s.arg(name)
                            : u"--%1: needs --redis URL with it."_s.arg(name));
    }
}

void readAddresses(OptionReader &reader, const QString &urlFromEnvironment, Sharing &sharing)
{
    const bool isOnLine = reader.has(u"redis"_s);
    QStringList urls = reader.all(u"redis"_s);
    if (!isOnLine && !urlFromEnvironment.isEmpty())
        urls.append(urlFromEnvironment);
    if (urls.isEmpty())
        return; // Redis' own default, as channels_redis takes it
    sharing.redis.hosts.clear();
    for (const QString &url : std::as_const(urls)) {
        const auto address = redis::RedisAddress::parse(url);
        if (address)
            sharing.redis.hosts.append(*address);
        else
            reader.fail(u"%1: %2"_s.arg(isOnLine ? u"--redis"_s : u"PARLOUR_REDIS_URL"_s,
                                        address.error().message));
    }
}

void readPrefix(OptionReader &reader, Sharing &sharing)
{
    if (!reader.has(u"redis-prefix"_s))
        return;
    sharing.redis.prefix = reader.text(u"redis-prefix"_s);
    if (!isPrefix(sharing.redis.prefix))
        reader.fail(
            u"--redis-prefix: must be 1 to %1 bytes of printable text, with no space at its "
            "beginning or end."_s.arg(MaxPrefix));
}

void readWorkers(OptionReader &reader, Sharing &sharing)
{
    sharing.workers = reader.all(u"worker"_s);
    sharing.workers.removeDuplicates();
    for (const QString &name : std::as_const(sharing.workers)) {
        if (const auto checked = channels::checkSharedChannelName(name); !checked)
            reader.fail(u"--worker: %1."_s.arg(checked.error().message));
    }
}

} // namespace

std::optional<Sharing> readSharing(OptionReader &reader, const QString &urlFromEnvironment)
{
    const QString layer =
        wantedLayer(reader, reader.has(u"redis"_s) || !urlFromEnvironment.isEmpty());
    if (layer == "memory"_L1) {
        refuseWithoutRedis(reader);
        return std::nullopt;
    }
    Sharing sharing;
    if (layer == "redis-core"_L1)
        sharing.backend = Sharing::Backend::RedisCore;
    readAddresses(reader, urlFromEnvironment, sharing);
    readPrefix(reader, sharing);
    readWorkers(reader, sharing);
    sharing.redis.encryptionKeys = reader.all(u"redis-key"_s);
    return sharing;
}

std::unique_ptr<channels::ChannelLayer>
makeSharedLayer(const Sharing &sharing, const channels::ChannelLayerOptions &options)
{
    if (sharing.backend == Sharing::Backend::RedisCore)
        return std::make_unique<redis::RedisChannelLayer>(options, sharing.redis);
    return std::make_unique<redis::RedisPubSubChannelLayer>(options, sharing.redis);
}

} // namespace parlour::wiring
