// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"
#include "wiring/sharing.h"

#include <QList>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>

namespace parlour::redis {
class RedisCommand;
class RedisConnection;
struct RedisReply;
} // namespace parlour::redis

namespace parlour::wiring {

/// Tries once whether Redis servers answer and let us do what the backend does, before a host
/// relies on them: under a name of its own behind the prefix, which is gone afterwards. Lives in
/// its owner's thread and never blocks it.
class RedisTest final : public QObject
{
    Q_OBJECT
public:
    explicit RedisTest(QObject *parent = nullptr);
    ~RedisTest() override;

    /// For a server to let us in, and again for its answers.
    void setPatience(std::chrono::milliseconds patience) { m_patience = patience; }

    /// One after the other, all its servers; an earlier test is given up. At least one server.
    void start(const Sharing &sharing);
    /// Nothing is told any more. Does nothing where no test goes on.
    void cancel();

    static constexpr std::chrono::milliseconds Patience{3000};

Q_SIGNALS:
    /// All do what is needed; the slowest round trip, and how many Parlour hosts share through them
    /// now (-1: they do not tell). Sites of Django are known by nothing before they speak. In a
    /// later turn than start().
    void answered(std::chrono::microseconds roundTrip, int hosts);
    /// The first one that does not: its address without the password, and why.
    void failed(const QString &address, const QString &problem);

private:
    void next();
    void look();
    void measure();
    void take(const channels::Expected<redis::RedisReply> &pong, std::chrono::microseconds time);
    using Count = std::function<void(const redis::RedisReply &)>;

    void countHosts();
    void ask(const redis::RedisCommand &command, const Count &count);
    void tryCommands();
    QList<redis::RedisCommand> commands() const;
    void takeOne(const channels::Expected<redis::RedisReply> &reply);
    void fail(const QString &problem);
    void drop();

    std::chrono::milliseconds m_patience{Patience};
    Sharing m_sharing; ///< its servers are those that are still to be tried
    std::unique_ptr<redis::RedisConnection> m_connection; ///< to the one that is tried
    std::chrono::microseconds m_slowest{0};
    QTimer m_deadline;
    bool m_isMeasuring = false;
    int m_hosts = -1; ///< of Parlour, on those that were tried
    int m_unanswered = 0; ///< commands
    QString m_refusal; ///< of the first one that Redis refused; empty: none
};

} // namespace parlour::wiring
