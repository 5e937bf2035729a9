// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"
#include "redis/redis_address.h"

#include <QList>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <memory>

namespace parlour::redis {
class RedisConnection;
struct RedisReply;
} // namespace parlour::redis

namespace parlour::wiring {

/// Tries once whether Redis servers answer, before a host relies on them. Lives in its owner's
/// thread and never blocks it.
class RedisTest final : public QObject
{
    Q_OBJECT
public:
    explicit RedisTest(QObject *parent = nullptr);
    ~RedisTest() override;

    /// For a server to let us in, and again for its answer.
    void setPatience(std::chrono::milliseconds patience) { m_patience = patience; }

    /// One after the other, all of them; an earlier test is given up. `hosts`: at least one.
    void start(const QList<redis::RedisAddress> &hosts);
    /// Nothing is told any more. Does nothing where no test goes on.
    void cancel();

    static constexpr std::chrono::milliseconds Patience{3000};

Q_SIGNALS:
    /// All answer; the slowest round trip. In a later turn than start().
    void answered(std::chrono::microseconds roundTrip);
    /// The first one that does not: its address without the password, and why.
    void failed(const QString &address, const QString &problem);

private:
    void next();
    void look();
    void measure();
    void take(const channels::Expected<redis::RedisReply> &pong, std::chrono::microseconds time);
    void fail(const QString &problem);
    void drop();

    std::chrono::milliseconds m_patience{Patience};
    QList<redis::RedisAddress> m_hosts; ///< still to be tried
    std::unique_ptr<redis::RedisConnection> m_connection; ///< to the one that is tried
    std::chrono::microseconds m_slowest{0};
    QTimer m_deadline;
    bool m_isMeasuring = false;
};

} // namespace parlour::wiring
