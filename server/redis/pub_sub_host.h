// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "redis/pending_echoes.h"
#include "redis/redis_connection.h"
#include "redis/redis_subscriber.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <vector>

namespace parlour::redis {

/// One Redis server of the pub/sub layer: one connection that listens and one that publishes. Sees
/// to it that what is published here reaches this process once, whatever Redis does. A part of the
/// layer.
class PubSubHost final : public QObject
{
    Q_OBJECT
public:
    /// `patience`: how long a message waits for Redis' return.
    PubSubHost(const RedisAddress &address, const RedisConnectionOptions &options,
               std::chrono::milliseconds patience);

    void open();
    void subscribe(const QByteArray &name) { m_subscriber.subscribe(name); }
    void unsubscribe(const QByteArray &name) { m_subscriber.unsubscribe(name); }
    bool isSubscribed(const QByteArray &name) const
    {
        return m_subscriber.channels().contains(name);
    }
    bool isConfirmed(const QByteArray &name) const { return m_subscriber.isConfirmed(name); }

    /// What is published under this name comes back, soon; else it is delivered here at once.
    bool isPrompt(const QByteArray &name) const;
    void publish(const QByteArray &name, const QByteArray &payload,
                 const channels::Message &message);
    /// Delivers what was published and has not come back.
    void deliverInAdvance() { deliver(m_echoes.takeInAdvance()); }
    /// How many messages are not delivered any more that would be.
    qint64 dropUndelivered() { return qint64(m_echoes.takeInAdvance().size()); }

    /// Of both connections, the worse.
    channels::BridgeInfo::Host info() const;
    int waiting() const { return m_publisher.waiting(); }
    int unanswered() const { return m_publisher.unanswered(); }

Q_SIGNALS:
    /// A message of this process, for its own channels.
    void due(const QByteArray &name, const parlour::channels::Message &message);
    /// A body from another process.
    void arrived(const QByteArray &name, const QByteArray &payload);
    /// Redis has handed a message out.
    void published();
    /// Nobody has got it, here or elsewhere.
    void unheard(const QByteArray &name, const parlour::channels::Message &message);
    /// Others do not get a message, or may not have got it; why.
    void notShared(const QString &cause);
    void confirmed(const QByteArray &name);
    /// Another state or problem of info().
    void stateChanged();

private:
    void take(const QByteArray &name, const QByteArray &payload);
    void takeAnswer(const PendingEchoes::Own &own, quint64 echo,
                    const channels::Expected<RedisReply> &reply);
    void followSubscriber();
    void tick();
    void endRound(quint64 probe);
    void deliver(const std::vector<PendingEchoes::Own> &messages);

    std::chrono::milliseconds m_patience;
    RedisSubscriber m_subscriber;
    RedisConnection m_publisher;
    PendingEchoes m_echoes;
    QTimer m_tick; ///< while there are echoes to come
    quint64 m_round = 0; ///< the probe with which it ends; 0: there is none
    bool m_isLate = false; ///< echoes do not come
    bool m_wasHearing = false;
};

} // namespace parlour::redis
