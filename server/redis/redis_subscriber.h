// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "redis/redis_command.h"
#include "redis/redis_link.h"

#include <QByteArray>
#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <chrono>
#include <deque>

namespace parlour::redis {

/// Hears channels of one Redis server, over losses of the connection too: on return all of them are
/// subscribed anew. What is said meanwhile is lost; Redis keeps nothing. Never blocks; lives in its
/// owner's thread.
class RedisSubscriber final : public QObject
{
    Q_OBJECT
public:
    explicit RedisSubscriber(const RedisAddress &address,
                             const RedisConnectionOptions &options = {}, QObject *parent = nullptr);

    void open() { m_link.open(); }
    channels::BridgeInfo::State state() const { return m_link.info().state; }
    bool isUp() const { return m_link.isUp(); }
    /// As RedisConnection::problem().
    const QString &problem() const { return info().problem; }
    const channels::BridgeInfo::Host &info() const { return m_link.info(); }

    /// Both do nothing the second time; both go out at the end of this turn, together.
    void subscribe(const QByteArray &channel);
    void unsubscribe(const QByteArray &channel);
    /// What is published there from now on is heard here.
    bool isConfirmed(const QByteArray &channel) const { return m_confirmed.contains(channel); }
    const QSet<QByteArray> &channels() const { return m_channels; }

    /// Asks Redis for a sign of life; its number, counted from 1. Every message of a publishing
    /// that Redis has answered before comes before probed() of it. Lost with the connection.
    quint64 probe();

Q_SIGNALS:
    /// Another state() or problem().
    void stateChanged();
    /// After each return again.
    void confirmed(const QByteArray &channel);
    void message(const QByteArray &channel, const QByteArray &payload);
    void probed(quint64 number);

private:
    void subscribeAll();
    void forget();
    void touch(const QByteArray &channel);
    void flush();
    void take(const RedisReply &reply);
    void confirm(const QByteArray &channel);
    void write(const RedisCommand &command, qsizetype answers);
    bool takeAnswer(const RedisReply &reply, bool isPong);

    /// A command without all its answers.
    struct Due {
        bool isPing = false;
        qsizetype answers = 0;
    };

    RedisConnectionOptions m_options;
    RedisLink m_link;
    QSet<QByteArray> m_channels; ///< that are wanted
    QSet<QByteArray> m_told; ///< that Redis was told of
    QSet<QByteArray> m_confirmed;
    QHash<QByteArray, int> m_unanswered; ///< SUBSCRIBEs on their way
    QList<QByteArray> m_touched; ///< in this turn
    QTimer m_ping;
    QTimer m_silence; ///< while an answer is due
    std::deque<Due> m_due;
    quint64 m_probes = 0; ///< sent
    quint64 m_probed = 0; ///< answered, or lost
    std::chrono::steady_clock::time_point m_lastProbe;
};

} // namespace parlour::redis
