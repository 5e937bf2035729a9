// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/redis_reply.h"

namespace parlour::redis {

QByteArray RedisReply::errorCode() const
{
    if (!isError())
        return {};
    const auto end = bytes.indexOf(' ');
    return end < 0 ? bytes : bytes.first(end);
}

} // namespace parlour::redis
