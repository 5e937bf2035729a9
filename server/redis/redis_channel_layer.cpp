// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/redis_channel_layer.h"

#include "channels/names.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace parlour::redis {

using channels::BridgeInfo;
using channels::Channel;
using channels::ChannelInfo;
using channels::ChannelLayerOptions;
using channels::Expected;
using channels::GroupInfo;
using channels::LocalDelivery;
using channels::Message;

namespace {

/// An encrypted message may be older than the expiry by so much; channels_redis' figure.
constexpr auto ExtraAge = 10s;

} // namespace

RedisChannelLayer::RedisChannelLayer(const ChannelLayerOptions &options,
                                     const RedisLayerOptions &redis, const CoreSources &sources,
                                     QObject *parent)
    : ChannelLayer(options, parent)
    , m_redis(redis)
    , m_sources(sources)
    , m_keys{redis.prefix, m_sources.uuid()}
    , m_hosts(redis.hosts, redis.connection, m_sources.time)
    , m_codec({.encryptionKeys = redis.encryptionKeys,
               .maxAge = std::chrono::ceil<std::chrono::seconds>(options.expiry) + ExtraAge,
               .sources = {[this] { return qint64(m_hosts.at(0).clock().now()); },
                           m_sources.initialisationVector}})
    , m_delivery(options)
    , m_members(m_hosts, m_keys, options.groupExpiry)
    , m_outbox({m_hosts, m_keys, m_codec, m_members, m_delivery, m_tally, m_sources,
                [this] { return isReading(); }, redis.capacityPatience})
    , m_sweeper(m_hosts, m_keys, [this](const QByteArray &key) { return isKept(key); })
    , m_inboxes{m_keys.inbox()}
{
    relay(m_delivery);
    connect(&m_delivery, &LocalDelivery::memberLeft, &m_members, &GroupMembers::remove);
    connect(&m_delivery, &LocalDelivery::readerLeft, this, [this](const QString &name) {
        if (--m_shared[name] == 0)
            m_shared.remove(name);
        refreshReaders();
    });
    connect(&m_outbox, &CoreOutbox::blocked, this, &RedisChannelLayer::reportBlocked);
    connect(&m_members, &GroupMembers::blocked, this, &RedisChannelLayer::reportBlocked);
    openHosts(redis);
}

void RedisChannelLayer::openHosts(const RedisLayerOptions &redis)
{
    for (int index = 0; index < m_hosts.size(); ++index) {
        CoreHost &host = m_hosts.at(index);
        m_readers.push_back(
            std::make_unique<InboxReader>(redis.hosts.at(index), redis.connection, host.commands(),
                                          [this, index] { return wantedOf(index); }));
        InboxReader &reader = *m_readers.back();
        connect(&reader, &InboxReader::popped, this,
                [this, index](const QByteArray &key, const QByteArray &member,
                              const QByteArray &score) { take(index, key, member, score); });
        connect(&reader, &InboxReader::blocked, this, &RedisChannelLayer::reportBlocked);
        connect(&reader, &InboxReader::interrupted, this,
                [this] { ++m_tally.notShared[u"possibly_lost"_s]; });
        connect(&reader, &InboxReader::unasked, this,
                [this] { countUndecodable("an answer of Redis", u"its key was not asked for"_s); });
        connect(&reader, &InboxReader::stateChanged, this, &RedisChannelLayer::followHosts);
        connect(&host, &CoreHost::readyChanged, this, &RedisChannelLayer::followHosts);
        connect(&host.commands(), &RedisConnection::stateChanged, this,
                &RedisChannelLayer::bridgeChanged);
    }
    for (int index = 0; index < m_hosts.size(); ++index)
        m_hosts.at(index).open();
    refreshReaders();
}

RedisChannelLayer::~RedisChannelLayer()
{
    m_members.leaveAll();
    for (const QString &inbox : m_inboxes)
        m_hosts.of(inbox).commands().send({"DEL", m_keys.messages(inbox)}, nullptr, {});
}

std::unique_ptr<Channel> RedisChannelLayer::makeChannel(Channel::Receiver &receiver,
                                                        const QString &prefix)
{
    const QString inbox = m_keys.inbox(prefix);
    const bool isNew = m_inboxes.insert(inbox).second;
    if (!std::exchange(m_hasChannels, true)) // so far the usual one was read, in case it is the one
        m_inboxes = {inbox};
    if (isNew)
        refreshReaders();
    return m_delivery.open(inbox + m_sources.uuid(), receiver);
}

Expected<std::unique_ptr<Channel>> RedisChannelLayer::openChannel(const QString &name,
                                                                  Channel::Receiver &receiver)
{
    if (auto checked = channels::checkSharedChannelName(name); !checked)
        return checked.error();
    auto channel = m_delivery.openNamed(name, receiver);
    ++m_shared[name];
    refreshReaders();
    return channel;
}

Expected<void> RedisChannelLayer::send(const QString &channel, const Message &message)
{
    if (auto checked = channels::checkChannelName(channel); !checked)
        return checked;
    return m_outbox.toChannel(channel, message);
}

Expected<void> RedisChannelLayer::groupAdd(const QString &group, Channel &channel)
{
    auto checked = channels::checkGroupName(group);
    if (checked) {
        m_delivery.join(group, channel);
        m_members.add(group, channel.name());
    }
    return checked;
}

Expected<void> RedisChannelLayer::groupDiscard(const QString &group, Channel &channel)
{
    auto checked = channels::checkGroupName(group);
    if (checked)
        m_delivery.leave(group, channel);
    return checked;
}

Expected<void> RedisChannelLayer::groupSend(const QString &group, const Message &message)
{
    if (auto checked = channels::checkGroupName(group); !checked)
        return checked;
    return m_outbox.toGroup(group, message);
}

void RedisChannelLayer::whenJoined(const QString &group, QObject *context,
                                   const std::function<void()> &joined)
{
    m_members.whenJoined(group, context, joined);
}

// Who is in the group lies on its server, what comes to us on that of our inboxes.
bool RedisChannelLayer::isReachable(const QString &group) const
{
    return m_hosts.at(m_hosts.indexOf(group)).isReady() && isReading();
}

int RedisChannelLayer::unconfirmed() const
{
    int count = m_outbox.pending();
    for (int host = 0; host < m_hosts.size(); ++host)
        count += m_hosts.at(host).commands().unanswered();
    return count;
}

void RedisChannelLayer::forgetProcess(const QString &channel)
{
    m_members.forgetProcess(channel);
}

// What is ours goes at once, in the order of the calls; the rest is looked for.
void RedisChannelLayer::flush()
{
    m_outbox.flush();
    m_delivery.flush();
    QStringList channels(m_inboxes.begin(), m_inboxes.end());
    channels += m_shared.keys();
    for (const QString &channel : channels) {
        ++m_flushing;
        m_hosts.of(inboxOf(channel))
            .commands()
            .send({"DEL", m_keys.messages(channel)}, this, [this](const auto &) { --m_flushing; });
    }
    m_sweeper.sweep();
}

// Groups that have members again, and inboxes, where new messages may lie already.
bool RedisChannelLayer::isKept(const QByteArray &key) const
{
    const auto isInbox = [&](const QString &inbox) { return m_keys.messages(inbox) == key; };
    const auto groups = m_delivery.groups();
    return std::any_of(m_inboxes.begin(), m_inboxes.end(), isInbox)
        || std::any_of(groups.begin(), groups.end(),
                       [&](const GroupInfo &group) { return m_keys.group(group.name) == key; });
}

void RedisChannelLayer::deliverPending()
{
    m_delivery.deliverPending();
}

QList<ChannelInfo> RedisChannelLayer::channels() const
{
    return m_delivery.channels();
}

QList<GroupInfo> RedisChannelLayer::groups() const
{
    return m_delivery.groups();
}

QMap<QString, qint64> RedisChannelLayer::dropped() const
{
    return m_delivery.dropped();
}

std::optional<BridgeInfo> RedisChannelLayer::bridge() const
{
    BridgeInfo info;
    info.layer = u"redis-core"_s;
    info.prefix = m_redis.prefix;
    info.encrypted = m_codec.isEncrypting();
    info.ownChannel = *m_inboxes.begin();
    info.messagesIn = m_tally.messagesIn;
    info.messagesOut = m_tally.messagesOut;
    info.undecodable = m_tally.undecodable;
    info.notShared = m_tally.notShared;
    info.waiting = m_outbox.waiting();
    for (int host = 0; host < m_hosts.size(); ++host) {
        auto shown = m_hosts.at(host).commands().info();
        const int reconnects = shown.reconnects;
        // The line on which we wait is as needed as the one on which we speak.
        const InboxReader &reader = *m_readers.at(size_t(host));
        if (shown.state == BridgeInfo::State::Up && reader.isNeeded() && !reader.isReading())
            shown = reader.info();
        shown.reconnects = std::max(reconnects, reader.info().reconnects);
        if (shown.state == BridgeInfo::State::Up && !m_hosts.at(host).isReady())
            shown.state = BridgeInfo::State::Connecting;
        info.hosts.append(shown);
    }
    return info;
}

} // namespace parlour::redis
