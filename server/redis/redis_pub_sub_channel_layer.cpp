// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/redis_pub_sub_channel_layer.h"

#include "channels/names.h"
#include "redis/hash_ring.h"
#include "redis/logging.h"
#include "redis/message_codec.h"
#include "redis/pub_sub_host.h"
#include "redis/pub_sub_sources.h"
#include "redis/sharing_tally.h"

#include <QUuid>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace parlour::redis {

using channels::BridgeInfo;
using channels::Channel;
using channels::ChannelLayerOptions;
using channels::Expected;
using channels::LocalDelivery;
using channels::Message;

PubSubSources PubSubSources::ofTheSystem()
{
    return {[] { return QString::fromLatin1(QUuid::createUuid().toRfc4122().toHex()); },
            FernetSources::ofTheSystem()};
}

RedisPubSubChannelLayer::RedisPubSubChannelLayer(const ChannelLayerOptions &options,
                                                 const RedisLayerOptions &redis, QObject *parent)
    : RedisPubSubChannelLayer(options, redis, PubSubSources::ofTheSystem(), parent)
{
}

RedisPubSubChannelLayer::RedisPubSubChannelLayer(const ChannelLayerOptions &options,
                                                 const RedisLayerOptions &redis,
                                                 const PubSubSources &sources, QObject *parent)
    : ChannelLayer(options, parent)
    , m_redis(redis)
    , m_groupPrefix(redis.prefix.toUtf8() + "__group__")
    , m_delivery(options)
    , m_sources(std::make_unique<PubSubSources>(sources))
    , m_codec(std::make_unique<MessageCodec>(MessageCodecOptions{
          .encryptionKeys = redis.encryptionKeys, .sources = sources.encryption}))
    , m_tally(std::make_unique<SharingTally>())
{
    relay(m_delivery);
    connect(&m_delivery, &LocalDelivery::groupOpened, this,
            [this](const QString &group) { listen(nameOf(group)); });
    connect(&m_delivery, &LocalDelivery::groupClosed, this,
            [this](const QString &group) { stopListening(nameOf(group)); });
    if (m_redis.hosts.isEmpty())
        m_redis.hosts.append(RedisAddress{});
    for (const RedisAddress &address : std::as_const(m_redis.hosts))
        addHost(address);
}

// Groups close while the delivery ends; nobody is left to be told.
RedisPubSubChannelLayer::~RedisPubSubChannelLayer()
{
    m_delivery.disconnect(this);
}

void RedisPubSubChannelLayer::addHost(const RedisAddress &address)
{
    auto host = std::make_unique<PubSubHost>(address, m_redis.connection, options().expiry);
    connect(host.get(), &PubSubHost::due, this, &RedisPubSubChannelLayer::deliver);
    connect(host.get(), &PubSubHost::arrived, this, &RedisPubSubChannelLayer::takeForeign);
    connect(host.get(), &PubSubHost::published, this, [this] { ++m_tally->messagesOut; });
    connect(host.get(), &PubSubHost::unheard, this, &RedisPubSubChannelLayer::countUnheard);
    connect(host.get(), &PubSubHost::notShared, this,
            [this](const QString &cause) { ++m_tally->notShared[cause]; });
    connect(host.get(), &PubSubHost::confirmed, this, &RedisPubSubChannelLayer::tellJoined);
    connect(host.get(), &PubSubHost::stateChanged, this, &RedisPubSubChannelLayer::bridgeChanged);
    host->open();
    m_hosts.push_back(std::move(host));
}

PubSubHost &RedisPubSubChannelLayer::hostOf(const QByteArray &name) const
{
    return *m_hosts.at(size_t(hostIndex(name, int(m_hosts.size()))));
}

QString RedisPubSubChannelLayer::groupOf(const QByteArray &name) const
{
    return name.startsWith(m_groupPrefix) ? QString::fromUtf8(name.sliced(m_groupPrefix.size()))
                                          : QString();
}

std::unique_ptr<Channel> RedisPubSubChannelLayer::makeChannel(Channel::Receiver &receiver,
                                                              const QString &prefix)
{
    auto channel = m_delivery.open(m_redis.prefix + prefix + u'.' + m_sources->uuid(), receiver);
    watch(*channel);
    return channel;
}

Expected<std::unique_ptr<Channel>> RedisPubSubChannelLayer::openChannel(const QString &name,
                                                                        Channel::Receiver &receiver)
{
    if (auto checked = channels::checkSharedChannelName(name); !checked)
        return checked.error();
    auto channel = m_delivery.openNamed(name, receiver);
    watch(*channel);
    return channel;
}

void RedisPubSubChannelLayer::watch(Channel &channel)
{
    const QByteArray name = channel.name().toUtf8();
    listen(name);
    connect(&channel, &QObject::destroyed, this, [this, name] { stopListening(name); });
}

void RedisPubSubChannelLayer::listen(const QByteArray &name)
{
    hostOf(name).subscribe(name);
}

// A group and a named channel may share a name in Redis.
void RedisPubSubChannelLayer::stopListening(const QByteArray &name)
{
    const QString group = groupOf(name);
    if (m_delivery.hasChannel(QString::fromUtf8(name))
        || (!group.isEmpty() && m_delivery.memberCount(group) > 0))
        return;
    hostOf(name).unsubscribe(name);
    std::erase_if(m_waiters, [&](const Waiter &waiter) { return waiter.name == name; });
}

// The prefix, which newChannel() puts before its names, may be any text.
Expected<void> RedisPubSubChannelLayer::send(const QString &channel, const Message &message)
{
    const bool isOfOurPrefix = channel.startsWith(m_redis.prefix)
        && channels::isChannelName(QStringView(channel).sliced(m_redis.prefix.size()));
    if (auto checked = channels::checkChannelName(channel); !checked && !isOfOurPrefix)
        return checked;
    return publish(channel.toUtf8(), message);
}

Expected<void> RedisPubSubChannelLayer::groupAdd(const QString &group, Channel &channel)
{
    auto checked = channels::checkGroupName(group);
    if (checked)
        m_delivery.join(group, channel);
    return checked;
}

Expected<void> RedisPubSubChannelLayer::groupDiscard(const QString &group, Channel &channel)
{
    auto checked = channels::checkGroupName(group);
    if (checked)
        m_delivery.leave(group, channel);
    return checked;
}

Expected<void> RedisPubSubChannelLayer::groupSend(const QString &group, const Message &message)
{
    if (auto checked = channels::checkGroupName(group); !checked)
        return checked;
    return publish(nameOf(group), message);
}

// In order per sender: what is delivered at once comes behind all that was sent before.
Expected<void> RedisPubSubChannelLayer::publish(const QByteArray &name, const Message &message)
{
    const auto payload = m_codec->encode(message);
    if (!payload)
        return payload.error();
    const QString group = groupOf(name);
    m_delivery.announce(group, group.isEmpty() ? QString::fromUtf8(name) : QString(), message);
    PubSubHost &host = hostOf(name);
    if (host.isSubscribed(name) && !host.isPrompt(name)) {
        for (const auto &each : m_hosts)
            each->deliverInAdvance();
    }
    host.publish(name, *payload, message);
    return {};
}

void RedisPubSubChannelLayer::deliver(const QByteArray &name, const Message &message)
{
    const QString text = QString::fromUtf8(name);
    const QString group = groupOf(name);
    if (!group.isEmpty())
        m_delivery.arriveInGroup(group, message);
    if (group.isEmpty() || m_delivery.hasChannel(text))
        m_delivery.arriveInChannel(text, message);
}

void RedisPubSubChannelLayer::takeForeign(const QByteArray &name, const QByteArray &payload)
{
    const auto decoded = m_codec->decode(payload);
    if (decoded) {
        ++m_tally->messagesIn;
        deliver(name, decoded->message);
        return;
    }
    ++m_tally->undecodable;
    qCDebug(lcRedis).noquote() << "a message to" << name
                               << "cannot be read:" << decoded.error().message;
}

// An empty group is no error.
void RedisPubSubChannelLayer::countUnheard(const QByteArray &name, const Message &message)
{
    if (groupOf(name).isEmpty())
        m_delivery.count(u"no_channel"_s, QString::fromUtf8(name), message);
}

void RedisPubSubChannelLayer::whenJoined(const QString &group, QObject *context,
                                         const std::function<void()> &joined)
{
    const QByteArray name = nameOf(group);
    std::erase_if(m_waiters, [](const Waiter &waiter) { return !waiter.context; });
    if (hostOf(name).isConfirmed(name))
        joined();
    else
        m_waiters.push_back({name, context, joined});
}

void RedisPubSubChannelLayer::tellJoined(const QByteArray &name)
{
    const auto others = std::stable_partition(m_waiters.begin(), m_waiters.end(),
                                              [&](const Waiter &w) { return w.name == name; });
    const std::vector<Waiter> told(std::make_move_iterator(m_waiters.begin()),
                                   std::make_move_iterator(others));
    m_waiters.erase(m_waiters.begin(), others);
    for (const Waiter &waiter : told) {
        if (waiter.context)
            waiter.joined();
    }
}

bool RedisPubSubChannelLayer::isReachable(const QString &group) const
{
    return hostOf(nameOf(group)).info().state == BridgeInfo::State::Up;
}

int RedisPubSubChannelLayer::unconfirmed() const
{
    int count = 0;
    for (const auto &host : m_hosts)
        count += host->unanswered();
    return count;
}

void RedisPubSubChannelLayer::flush()
{
    for (const auto &host : m_hosts) {
        for (qint64 n = host->dropUndelivered(); n > 0; --n)
            m_delivery.count(u"flushed"_s, {}, {});
    }
    m_delivery.flush();
}

std::optional<BridgeInfo> RedisPubSubChannelLayer::bridge() const
{
    BridgeInfo info;
    info.layer = u"redis-pubsub"_s;
    info.prefix = m_redis.prefix;
    info.encrypted = m_codec->isEncrypting();
    for (const auto &host : m_hosts) {
        info.hosts.append(host->info());
        info.waiting += host->waiting();
    }
    info.messagesIn = m_tally->messagesIn;
    info.messagesOut = m_tally->messagesOut;
    info.undecodable = m_tally->undecodable;
    info.notShared = m_tally->notShared;
    return info;
}

} // namespace parlour::redis
