// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/channel_layer.h"
#include "channels/local_delivery.h"
#include "redis/core_host.h"
#include "redis/core_keys.h"
#include "redis/core_outbox.h"
#include "redis/core_sources.h"
#include "redis/group_members.h"
#include "redis/inbox_reader.h"
#include "redis/key_sweeper.h"
#include "redis/message_codec.h"
#include "redis/redis_layer_options.h"
#include "redis/sharing_tally.h"

#include <QSet>

#include <memory>
#include <set>
#include <vector>

namespace parlour::redis {

/// The layer that shares its groups with Django's default one, through sorted sets in Redis.
/// What is sent goes to Redis and comes back from there, so that all processes see one order; while
/// Redis is away, channels here get it at once. channels_redis' keys, names, scores and bodies are
/// kept; what it does wrong is done right, and said at its place.
/// Counterpart: channels_redis.core.RedisChannelLayer.
class RedisChannelLayer final : public channels::ChannelLayer
{
    Q_OBJECT
public:
    explicit RedisChannelLayer(const channels::ChannelLayerOptions &options = {},
                               const RedisLayerOptions &redis = {},
                               const CoreSources &sources = CoreSources::ofTheSystem(),
                               QObject *parent = nullptr);
    /// Its channels leave their groups, in Redis too where it is there.
    ~RedisChannelLayer() override;

    channels::Expected<std::unique_ptr<channels::Channel>>
    openChannel(const QString &name, channels::Channel::Receiver &receiver) override;
    /// Whether a channel of another process has a reader, or is full, nobody knows in time: what it
    /// does not take is counted in bridge(). Fails for what cannot be stored (not_serializable)
    /// too; so does groupSend().
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
    void forgetProcess(const QString &channel) override;
    /// Of all processes, as in channels_redis; other programs' keys stay.
    void flush() override;
    void deliverPending() override;

    QList<channels::ChannelInfo> channels() const override;
    QList<channels::GroupInfo> groups() const override;
    QMap<QString, qint64> dropped() const override;
    std::optional<channels::BridgeInfo> bridge() const override;

private:
    std::unique_ptr<channels::Channel> makeChannel(channels::Channel::Receiver &receiver,
                                                   const QString &prefix) override;
    void openHosts(const RedisLayerOptions &redis);
    InboxReader::Wanted wantedOf(int host) const;
    bool isReading() const;
    bool isKept(const QByteArray &key) const;
    void refreshReaders();
    void followHosts();
    void take(int host, const QByteArray &key, const QByteArray &member, const QByteArray &score);
    void takeFromInbox(const MessageCodec::Decoded &decoded);
    void takeShared(CoreHost &host, const StoredMessage &stored, const QByteArray &score);
    void giveBack(CoreHost &host, StoredMessage stored, const QByteArray &score);
    void countUndecodable(const QByteArray &key, const QString &problem);
    void reportBlocked(const QByteArray &key);

    RedisLayerOptions m_redis;
    CoreSources m_sources;
    CoreKeys m_keys;
    CoreHosts m_hosts;
    MessageCodec m_codec;
    SharingTally m_tally;
    channels::LocalDelivery m_delivery;
    GroupMembers m_members;
    CoreOutbox m_outbox;
    KeySweeper m_sweeper;
    std::vector<std::unique_ptr<InboxReader>> m_readers; ///< one of each host
    std::set<QString> m_inboxes; ///< ours: one of each prefix that channels were made with
    bool m_hasChannels = false; ///< or had
    QMap<QString, int> m_shared; ///< channels of fixed names, and how many read each here
    QSet<QByteArray> m_blocked; ///< keys of a wrong type, that were reported
    int m_flushing = 0; ///< what was sent before a flush may still come
};

} // namespace parlour::redis
