// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/redis_command.h"

#include <hiredis/hiredis.h>
#include <vector>

namespace parlour::redis {

namespace {

QByteArray formatted(const QByteArrayList &words)
{
    std::vector<const char *> starts;
    std::vector<size_t> sizes;
    for (const QByteArray &word : words) {
        starts.push_back(word.constData());
        sizes.push_back(size_t(word.size()));
    }
    char *text = nullptr;
    const int size = redisFormatCommandArgv(&text, int(words.size()), starts.data(), sizes.data());
    const QByteArray bytes(text, size > 0 ? size : 0);
    redisFreeCommand(text);
    return bytes;
}

} // namespace

RedisCommand::RedisCommand(const QByteArrayList &words)
    : m_name(words.value(0))
    , m_bytes(formatted(words))
{
}

RedisCommand::RedisCommand(std::initializer_list<QByteArray> words)
    : RedisCommand(QByteArrayList(words))
{
}

} // namespace parlour::redis
