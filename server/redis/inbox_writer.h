// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "redis/core_host.h"
#include "redis/redis_scripts.h"
#include "redis/sharing_tally.h"

#include <QObject>

#include <chrono>

namespace parlour::redis {

/// Puts messages where their readers are: one script a server and message. Counts what did not
/// arrive, and finds out what stood in the way. A part of the core layer; lives in its thread.
class InboxWriter final : public QObject
{
    Q_OBJECT
public:
    struct Delivery {
        QList<StoredMessage> messages; ///< all on one server
        int others = 0; ///< of them, those for other processes
        std::chrono::milliseconds patience{0}; ///< while the server is away
    };

    /// The tally outlives it.
    InboxWriter(std::chrono::milliseconds expiry, SharingTally &tally);

    /// Of one group's message, the copies for a server.
    void store(CoreHost &host, const Delivery &delivery);
    /// To one channel; one that many read is trimmed.
    void send(CoreHost &host, const Delivery &delivery, bool isTrimmed);

Q_SIGNALS:
    /// It may be there or not, or certainly is not: nobody is to wait for it.
    void failed(const QByteArray &stamp);
    /// Something else than messages lies under that key.
    void blocked(const QByteArray &key);

private:
    void transmit(CoreHost &host, const RedisCommand &command, const Delivery &delivery);
    void take(CoreHost &host, const Delivery &delivery,
              const channels::Expected<RedisReply> &answer);
    void fail(const Delivery &delivery, const QString &cause);
    void findBlocked(CoreHost &host, const Delivery &delivery);
    void storeBehind(CoreHost &host, const Delivery &delivery,
                     const QList<channels::Expected<RedisReply>> &types);

    std::chrono::milliseconds m_expiry;
    SharingTally &m_tally;
};

} // namespace parlour::redis
