// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "redis/core_host.h"
#include "redis/core_keys.h"

#include <QObject>

#include <functional>

namespace parlour::redis {

/// Removes the core layer's keys from Redis, whoever made them: by SCAN, a bit at a time, and only
/// what has the shape of one. channels_redis' flush() blocks Redis with KEYS and removes everything
/// that begins with the prefix, other programs' keys as well. A part of the core layer; lives in
/// its thread.
class KeySweeper final : public QObject
{
    Q_OBJECT
public:
    /// `isKept`: made since. The others outlive it.
    KeySweeper(CoreHosts &hosts, const CoreKeys &keys,
               std::function<bool(const QByteArray &key)> isKept);

    /// On all servers that are there.
    void sweep();

private:
    void step(CoreHost &host, const QByteArray &cursor, int round);
    void remove(CoreHost &host, const RedisReply &keys);
    QByteArray pattern() const;

    CoreHosts &m_hosts;
    const CoreKeys &m_keys;
    std::function<bool(const QByteArray &key)> m_isKept;
    int m_round = 0; ///< a later one ends those before it
};

} // namespace parlour::redis
