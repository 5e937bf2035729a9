// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "redis/redis_reply.h"

#include <QByteArray>

#include <functional>

namespace parlour::redis {

/// The time of one Redis server, in seconds since 1970. Everything in its sorted sets is ordered by
/// it: channels_redis goes by each process' own clock, so that one which is slow puts its messages
/// before others', and one which is a minute slow has them deleted. A value; used in one thread.
class ServerClock
{
public:
    /// `local` as CoreSources::time; until the server has been asked, its time is this one.
    explicit ServerClock(std::function<double()> local);

    double local() const { return m_local(); }
    /// What the server answered to TIME, asked at that local time.
    void set(const RedisReply &answer, double asked);

    double now() const { return m_local() + m_offset; }
    /// The same, but later than every one before: what is done in one tick has an order too, where
    /// channels_redis lets chance decide. At most some seconds ahead of now(): one wrong answer of
    /// the server does not count for ever.
    double next();

private:
    std::function<double()> m_local;
    double m_offset = 0;
    double m_last = 0;
};

/// A number as Python prints it: "1700000000.0", "1700000001.1234567".
QByteArray pythonFloat(double number);

} // namespace parlour::redis
