// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/channel_layer.h"
#include "channels/local_delivery.h"
#include "redis/redis_layer_options.h"

#include <QPointer>

#include <memory>
#include <vector>

namespace parlour::redis {

class MessageCodec;
class PubSubHost;
struct PubSubSources;
struct SharingTally;

/// Over Redis' publish and subscribe: nothing is kept in Redis, one PUBLISH reaches every process.
/// What is said here comes back by way of Redis, so that all processes see one order for each
/// group; while Redis does not answer, members here get it at once. The names of channels begin
/// with the prefix, as Python's do, and a reader of a named channel shares its messages with the
/// readers of its process alone: every process gets each. Over several hosts the order holds for
/// each of them.
///
/// Unlike Python's: names follow the rules of names; capacity and expiry count; a body that cannot
/// be read closes nobody; a lost connection closes nobody, and loses nothing between members here.
/// Counterpart: channels_redis.pubsub.RedisPubSubChannelLayer. Twin: InMemoryChannelLayer.
class RedisPubSubChannelLayer final : public channels::ChannelLayer
{
    Q_OBJECT
public:
    /// Connects at once, and never stops trying.
    explicit RedisPubSubChannelLayer(const channels::ChannelLayerOptions &options = {},
                                     const RedisLayerOptions &redis = {},
                                     QObject *parent = nullptr);
    RedisPubSubChannelLayer(const channels::ChannelLayerOptions &options,
                            const RedisLayerOptions &redis, const PubSubSources &sources,
                            QObject *parent = nullptr);
    ~RedisPubSubChannelLayer() override;

    channels::Expected<std::unique_ptr<channels::Channel>>
    openChannel(const QString &name, channels::Channel::Receiver &receiver) override;
    /// Where nobody reads the channel, that is counted (no_channel) when Redis says so.
    channels::Expected<void> send(const QString &channel,
                                  const channels::Message &message) override;
    channels::Expected<void> groupAdd(const QString &group, channels::Channel &channel) override;
    channels::Expected<void> groupDiscard(const QString &group,
                                          channels::Channel &channel) override;
    channels::Expected<void> groupSend(const QString &group,
                                       const channels::Message &message) override;
    void whenJoined(const QString &group, QObject *context,
                    const std::function<void()> &joined) override;
    bool isReachable(const QString &group) const override;
    int unconfirmed() const override;
    void flush() override;
    void deliverPending() override { m_delivery.deliverPending(); }

    QList<channels::ChannelInfo> channels() const override { return m_delivery.channels(); }
    QList<channels::GroupInfo> groups() const override { return m_delivery.groups(); }
    QMap<QString, qint64> dropped() const override { return m_delivery.dropped(); }
    std::optional<channels::BridgeInfo> bridge() const override;

private:
    std::unique_ptr<channels::Channel> makeChannel(channels::Channel::Receiver &receiver,
                                                   const QString &prefix) override;
    struct Waiter {
        QByteArray name;
        QPointer<QObject> context;
        std::function<void()> joined;
    };

    void addHost(const RedisAddress &address);
    PubSubHost &hostOf(const QByteArray &name) const;
    QByteArray nameOf(const QString &group) const { return m_groupPrefix + group.toUtf8(); }
    /// Its group; empty: it is a channel's.
    QString groupOf(const QByteArray &name) const;

    void listen(const QByteArray &name);
    void stopListening(const QByteArray &name);
    void watch(channels::Channel &channel);
    channels::Expected<void> publish(const QByteArray &name, const channels::Message &message);

    void deliver(const QByteArray &name, const channels::Message &message);
    void takeForeign(const QByteArray &name, const QByteArray &payload);
    void countUnheard(const QByteArray &name, const channels::Message &message);
    void tellJoined(const QByteArray &name);

    RedisLayerOptions m_redis;
    QByteArray m_groupPrefix;
    channels::LocalDelivery m_delivery;
    std::unique_ptr<PubSubSources> m_sources;
    std::unique_ptr<MessageCodec> m_codec;
    std::unique_ptr<SharingTally> m_tally;
    std::vector<std::unique_ptr<PubSubHost>> m_hosts;
    std::vector<Waiter> m_waiters; ///< for groups that are to be joined
};

} // namespace parlour::redis
