// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/redis_scripts.h"

#include <algorithm>

namespace parlour::redis {

namespace {

constexpr const char *GroupSend = R"(
                local over_capacity = 0
                local current_time = ARGV[#ARGV - 1]
                local expiry = ARGV[#ARGV]
                for i=1,#KEYS do
                    if redis.call('ZCOUNT', KEYS[i], '-inf', '+inf') < tonumber(ARGV[i + #KEYS]) then
                        redis.call('ZADD', KEYS[i], current_time, ARGV[i])
                        redis.call('EXPIRE', KEYS[i], expiry)
                    else
                        over_capacity = over_capacity + 1
                    end
                end
                return over_capacity
            )";

constexpr const char *Send = R"(
if ARGV[5] ~= '' then
    redis.call('ZREMRANGEBYSCORE', KEYS[1], 0, ARGV[5])
end
if redis.call('ZCOUNT', KEYS[1], '-inf', '+inf') >= tonumber(ARGV[2]) then
    return 1
end
redis.call('ZADD', KEYS[1], ARGV[3], ARGV[1])
redis.call('EXPIRE', KEYS[1], ARGV[4])
return 0
)";

} // namespace

RedisCommand storeCommand(const QList<StoredMessage> &messages, const QByteArray &score,
                          std::chrono::milliseconds expiry)
{
    QByteArrayList words{"EVAL", GroupSend, QByteArray::number(messages.size())};
    for (const auto &message : messages)
        words.append(message.key);
    for (const auto &message : messages)
        words.append(message.member);
    for (const auto &message : messages)
        words.append(QByteArray::number(message.capacity));
    return RedisCommand(words << score << expirySeconds(expiry));
}

RedisCommand sendCommand(const StoredMessage &message, const QByteArray &score,
                         std::chrono::milliseconds expiry, const QByteArray &trimTo)
{
    return {"EVAL",
            Send,
            "1",
            message.key,
            message.member,
            QByteArray::number(message.capacity),
            score,
            expirySeconds(expiry),
            trimTo};
}

QByteArray expirySeconds(std::chrono::milliseconds expiry)
{
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(expiry);
    return QByteArray::number(std::max<qint64>(1, seconds.count()));
}

QByteArray groupSendScript()
{
    return GroupSend;
}

} // namespace parlour::redis
