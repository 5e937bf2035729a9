// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/redis_settings.h"

#include "channels/names.h"

#include <functional>

using namespace Qt::StringLiterals;

namespace parlour::redis {

using channels::ChannelLayerSettings;
using channels::Error;
using channels::Expected;

namespace {

/// Behind it, the longest name that a layer makes itself still is one: "specific.", 32 digits.
constexpr qsizetype LongestPrefix = channels::MaxNameLength - 41;

Error badSetting(const QString &what)
{
    return Error{u"bad_setting"_s, what};
}

Expected<RedisAddress> addressIn(const QVariant &host)
{
    const auto pair = host.toList();
    if (pair.size() == 2 && host.typeId() != QMetaType::QString)
        return RedisAddress::parse(u"redis://%1:%2"_s.arg(pair[0].toString(), pair[1].toString()));
    const QVariant address = host.toMap().value(u"address"_s, host);
    if (address.typeId() == QMetaType::QString)
        return RedisAddress::parse(address.toString());
    return badSetting(u"hosts has something that is neither an address nor [host, port]"_s);
}

Expected<void> takeHosts(RedisSettings &into, const QVariant &value)
{
    into.redis.hosts.clear();
    const auto hosts = value.typeId() == QMetaType::QString ? QVariantList{value} : value.toList();
    if (hosts.isEmpty())
        return badSetting(u"hosts is neither an address nor a list of them"_s);
    for (const QVariant &host : hosts) {
        const auto address = addressIn(host);
        if (!address)
            return badSetting(address.error().message);
        into.redis.hosts.append(*address);
    }
    return {};
}

Expected<void> takePrefix(RedisSettings &into, const QVariant &value)
{
    into.redis.prefix = value.toString();
    if (!channels::isGroupName(into.redis.prefix) || into.redis.prefix.size() > LongestPrefix)
        return badSetting(u"the prefix \"%1\" is not one: take up to %2 letters of ASCII, digits, "
                          "'-', '_' and '.'"_s.arg(into.redis.prefix)
                              .arg(LongestPrefix));
    return {};
}

Expected<void> takeKeys(RedisSettings &into, const QVariant &value)
{
    into.redis.encryptionKeys = value.toStringList();
    if (into.redis.encryptionKeys.isEmpty() || into.redis.encryptionKeys.contains(QString()))
        return badSetting(u"symmetric_encryption_keys is not a list of keys"_s);
    return {};
}

Expected<int> positive(const QString &name, const QVariant &value)
{
    bool isNumber = false;
    const int number = value.toInt(&isNumber);
    if (!isNumber || number < 1)
        return badSetting(u"%1 is no whole number from 1 on"_s.arg(name));
    return number;
}

Expected<void> takeChannelCapacity(RedisSettings &into, const QVariant &value)
{
    const auto capacities = value.toMap();
    into.options.channelCapacity.clear();
    for (auto it = capacities.begin(); it != capacities.end(); ++it) {
        const auto capacity = positive(u"channel_capacity of \"%1\""_s.arg(it.key()), it.value());
        if (!capacity)
            return capacity.error();
        into.options.channelCapacity.append({it.key(), *capacity});
    }
    if (capacities.isEmpty())
        return badSetting(u"channel_capacity is no map from names to capacities"_s);
    return {};
}

Expected<void> takeNumber(RedisSettings &into, const QString &name, const QVariant &value)
{
    const auto number = positive(name, value);
    if (!number)
        return number.error();
    if (name == "capacity"_L1)
        into.options.capacity = *number;
    else if (name == "expiry"_L1)
        into.options.expiry = std::chrono::seconds(*number);
    else
        into.options.groupExpiry = std::chrono::seconds(*number);
    return {};
}

Expected<void> take(RedisSettings &into, const QString &name, const QVariant &value)
{
    if (name == "hosts"_L1)
        return takeHosts(into, value);
    if (name == "prefix"_L1)
        return takePrefix(into, value);
    if (name == "symmetric_encryption_keys"_L1)
        return takeKeys(into, value);
    if (name == "channel_capacity"_L1)
        return takeChannelCapacity(into, value);
    if (name == "capacity"_L1 || name == "expiry"_L1 || name == "group_expiry"_L1)
        return takeNumber(into, name, value);
    return Error{u"unknown_setting"_s,
                 u"there is no setting \"%1\"; there are hosts, prefix, symmetric_encryption_keys, "
                 "capacity, channel_capacity, expiry and group_expiry"_s.arg(name)};
}

} // namespace

Expected<RedisSettings> readRedisSettings(const ChannelLayerSettings &settings)
{
    RedisSettings read{settings.options, {}};
    for (auto it = settings.config.begin(); it != settings.config.end(); ++it) {
        if (auto taken = take(read, it.key(), it.value()); !taken)
            return Error{taken.error().code,
                         u"the layer \"%1\": %2"_s.arg(settings.alias, taken.error().message)};
    }
    return read;
}

} // namespace parlour::redis
