// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"
#include "redis/redis_reply.h"

#include <memory>
#include <optional>

struct redisReader;

namespace parlour::redis {

/// Turns the bytes of a Redis server into replies: hiredis' parser, with our own objects and
/// limits, because whoever sits at the other end is not trusted. Knows no socket.
class ReplyReader
{
public:
    struct Limits {
        qint64 bytes = qint64(64) * 1024 * 1024; ///< of one reply, finished or not
        int elements = 1'000'000; ///< of one reply, in all its arrays together
        int lineBytes = 65536; ///< of what is no bulk: errors, numbers, lengths
    };

    ReplyReader();
    explicit ReplyReader(const Limits &limits);
    ~ReplyReader();
    Q_DISABLE_COPY_MOVE(ReplyReader)

    void feed(QByteArrayView bytes);
    /// The next whole reply; nothing: more bytes are needed. Fails (redis_protocol) for what is no
    /// reply or is over a limit, and then for ever.
    channels::Expected<std::optional<RedisReply>> next();

private:
    struct Building;

    QString overLimit() const;

    std::unique_ptr<Building> m_building;
    std::unique_ptr<redisReader, void (*)(redisReader *)> m_reader;
};

} // namespace parlour::redis
