// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"
#include "redis/redis_command.h"
#include "redis/redis_link.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <chrono>
#include <deque>
#include <functional>

namespace parlour::redis {

/// Commands to one Redis server, pipelined, each answered once. Comes back by itself. Never blocks;
/// lives in its owner's thread.
class RedisConnection final : public QObject
{
    Q_OBJECT
public:
    /// What Redis said (an error of Redis is a reply too), or why nothing did: redis_away (not
    /// connected, and no patience), expired (waited too long, never sent), queue_full (too much
    /// waits; never sent), interrupted (sent, and the connection was lost: it may have happened).
    using Answer = std::function<void(const channels::Expected<RedisReply> &)>;

    struct SendOptions {
        /// How long it may wait for Redis' return; 0: it fails at once while Redis is away.
        std::chrono::milliseconds patience{0};
        /// Another one than commandTimeout, for commands that wait inside Redis; 0: none.
        std::chrono::milliseconds timeout{0};
        /// Called when it goes out to Redis, perhaps within send(); not where `context` is gone.
        std::function<void()> written = {};
    };

    explicit RedisConnection(const RedisAddress &address,
                             const RedisConnectionOptions &options = {}, QObject *parent = nullptr);
    /// What is not answered by then never is.
    ~RedisConnection() override;

    void open() { m_link.open(); }
    channels::BridgeInfo::State state() const { return m_link.info().state; }
    bool isUp() const { return m_link.isUp(); }
    /// Why it is away, or what Redis refuses to do; empty: nothing is wrong.
    QString problem() const { return info().problem; }
    channels::BridgeInfo::Host info() const;
    /// It is back, and what may wait still does (settleTime).
    bool isSettling() const { return m_settling.isActive(); }
    /// Commands that wait for Redis' return.
    int waiting() const { return int(m_waiting.size()); }
    /// Commands whose answer is to come; 0 while Redis is away.
    int unanswered() const { return isUp() ? int(m_waiting.size() + m_sent.size()) : 0; }

    /// The answer comes later, never within this call, in the order of the calls; not at all where
    /// `context` is gone by then.
    void send(const RedisCommand &command, QObject *context, const Answer &answer,
              const SendOptions &options);
    void send(const RedisCommand &command, QObject *context, const Answer &answer)
    {
        send(command, context, answer, {});
    }

Q_SIGNALS:
    /// Another state() or problem().
    void stateChanged();

private:
    using Time = std::chrono::steady_clock::time_point;

    struct Call {
        RedisCommand command;
        QPointer<QObject> context;
        Answer answer;
        std::chrono::milliseconds timeout;
        Time expires; ///< while it waits
        std::function<void()> written;
    };
    struct Failure {
        Call call;
        channels::Error error;
    };

    void transmit(Call call);
    void failLater(Call call, const channels::Error &error);
    void answerFailures();
    void takeReply(const RedisReply &reply);
    void begin();
    void sendWaiting();
    void interruptSent();
    void expireWaiting();
    void watchFront();
    void ping();
    void noteRefusal(const Call &call, const RedisReply &reply);

    RedisConnectionOptions m_options;
    RedisLink m_link;
    std::deque<Call> m_waiting;
    std::deque<Call> m_sent;
    std::deque<Failure> m_failures; ///< that are told in the next turn
    qint64 m_bytes = 0; ///< of m_waiting and m_sent
    QTimer m_expiry;
    QTimer m_silence; ///< while the front of m_sent has no answer
    QTimer m_ping;
    QTimer m_settling; ///< after an outage, before what waited goes out
    bool m_wasAway = false;
    QByteArray m_refused; ///< the command that Redis refuses, and why
    QString m_refusal;
};

} // namespace parlour::redis
