// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/redis_scripts.h"

#include <algorithm>

namespace parlour::redis {

namespace {

constexpr const char *Store = R"(
local results = {}
for i = 1, #KEYS do
    local held = redis.pcall('ZCOUNT', KEYS[i], '-inf', '+inf')
    if type(held) == 'table' then
        results[i] = held
    elseif held < tonumber(ARGV[i + #KEYS]) then
        redis.call('ZADD', KEYS[i], ARGV[#ARGV - 1], ARGV[i])
        redis.call('EXPIRE', KEYS[i], ARGV[#ARGV])
        results[i] = 0
    else
        results[i] = 1
    end
end
return results
)";

} // namespace

RedisCommand storeCommand(const QList<StoredMessage> &messages, const QByteArray &score,
                          std::chrono::milliseconds expiry)
{
    QByteArrayList words{"EVAL", Store, QByteArray::number(messages.size())};
    for (const auto &message : messages)
        words.append(message.key);
    for (const auto &message : messages)
        words.append(message.member);
    for (const auto &message : messages)
        words.append(QByteArray::number(message.capacity));
    return RedisCommand(words << score << expirySeconds(expiry));
}

QByteArray expirySeconds(std::chrono::milliseconds expiry)
{
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(expiry);
    return QByteArray::number(std::max<qint64>(1, seconds.count()));
}

QByteArray storeScript()
{
    return Store;
}

} // namespace parlour::redis
