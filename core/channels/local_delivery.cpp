// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/local_delivery.h"

#include <QDateTime>
#include <QMetaMethod>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace parlour::channels {

LocalDelivery::LocalDelivery(const ChannelLayerOptions &options, QObject *parent)
    : QObject(parent)
    , m_options(options)
    , m_named(m_options)
{
}

LocalDelivery::~LocalDelivery()
{
    const auto channels = allChannels();
    for (Channel *channel : channels) {
        channel->m_memberships.clear();
        channel->m_delivery = nullptr;
    }
}

std::unique_ptr<Channel> LocalDelivery::open(const QString &name, Channel::Receiver &receiver)
{
    std::unique_ptr<Channel> channel(
        new Channel(*this, name, receiver, m_options.capacityOf(name)));
    m_channels.insert(name, channel.get());
    report(Activity::Kind::ChannelOpened, name, {});
    return channel;
}

std::unique_ptr<Channel> LocalDelivery::openNamed(const QString &name, Channel::Receiver &receiver)
{
    std::unique_ptr<Channel> channel(
        new Channel(*this, name, receiver, m_options.capacityOf(name)));
    channel->m_info.kind = u"worker"_s;
    m_named.addReader(*channel);
    report(Activity::Kind::ChannelOpened, name, {});
    for (const auto &waiting : m_named.takeAll(name))
        post({{}, name, waiting.message, waiting.since});
    return channel;
}

void LocalDelivery::join(const QString &groupName, Channel &channel)
{
    channel.m_lastJoined = m_options.clock();
    auto &group = m_groups[groupName];
    if (!group)
        group = std::make_unique<Group>(groupName);
    if (channel.m_memberships.contains(group.get()))
        return;
    channel.m_memberships.emplace(
        group.get(), connect(group.get(), &Group::posted, &channel, &Channel::deliver));
    if (++group->m_info.members == 1)
        Q_EMIT groupOpened(groupName);
    report(Activity::Kind::GroupJoined, channel.name(), groupName);
}

void LocalDelivery::leave(const QString &groupName, Channel &channel)
{
    const auto group = m_groups.find(groupName);
    if (group != m_groups.end() && channel.m_memberships.contains(group->second.get()))
        leave(*group->second, channel);
}

void LocalDelivery::leave(Group &group, Channel &channel)
{
    // By its handle: the other forms of disconnect() scan all members.
    disconnect(channel.m_memberships.extract(&group).mapped());
    report(Activity::Kind::GroupLeft, channel.name(), group.name());
    Q_EMIT memberLeft(group.name(), channel.name());
    if (--group.m_info.members > 0)
        return;
    m_emptied.push_back(group.name());
    if (!m_isDelivering)
        removeEmptyGroups();
}

// A group may lose its last member while it is emitting, so its end waits until then.
void LocalDelivery::removeEmptyGroups()
{
    const auto names = std::exchange(m_emptied, {});
    for (const QString &name : names) {
        const auto group = m_groups.find(name);
        if (group == m_groups.end() || group->second->info().members > 0)
            continue;
        m_groups.erase(group);
        Q_EMIT groupClosed(name);
    }
}

void LocalDelivery::leaveAll(Channel &channel)
{
    while (!channel.m_memberships.empty())
        leave(*channel.m_memberships.begin()->first, channel);
}

void LocalDelivery::closed(Channel &channel)
{
    leaveAll(channel);
    if (m_channels.value(channel.name()) == &channel)
        m_channels.remove(channel.name());
    else if (m_named.removeReader(channel))
        Q_EMIT readerLeft(channel.name());
    report(Activity::Kind::ChannelClosed, channel.name(), {});
}

void LocalDelivery::count(const QString &cause, const QString &channel, const Message &message)
{
    ++m_dropped[cause];
    report(Activity::Kind::Dropped, channel, {}, message, 0, cause);
}

void LocalDelivery::sweep(NamedChannels::Time now)
{
    if (now < m_nextSweep)
        return;
    m_nextSweep = now + std::min(m_options.expiry, m_options.groupExpiry) / 4;
    for (const auto &[name, message] : m_named.takeExpired(now))
        count(u"expired"_s, name, message);
    const auto channels = allChannels();
    for (Channel *channel : channels) {
        if (channel->isForgotten(now, m_options.groupExpiry))
            leaveAll(*channel);
    }
}

QList<Channel *> LocalDelivery::allChannels() const
{
    QList<Channel *> all = m_named.readers();
    for (Channel *channel : m_channels)
        all.append(channel);
    return all;
}

QList<ChannelInfo> LocalDelivery::channels() const
{
    QList<ChannelInfo> infos = m_named.unread();
    const auto channels = allChannels();
    infos.reserve(infos.size() + channels.size());
    for (const Channel *channel : channels)
        infos.append(channel->info());
    return infos;
}

QList<GroupInfo> LocalDelivery::groups() const
{
    QList<GroupInfo> infos;
    for (const auto &[name, group] : m_groups) {
        if (group->info().members > 0)
            infos.append(group->info());
    }
    return infos;
}

int LocalDelivery::memberCount(const QString &group) const
{
    const auto found = m_groups.find(group);
    return found == m_groups.end() ? 0 : found->second->info().members;
}

QString LocalDelivery::groupOf(const QString &channel) const
{
    const Channel *found = m_channels.value(channel);
    return found && found->m_memberships.size() == 1 ? found->m_memberships.begin()->first->name()
                                                     : QString();
}

bool LocalDelivery::hasChannel(const QString &name) const
{
    return m_channels.contains(name) || m_named.hasReader(name);
}

void LocalDelivery::report(Activity::Kind kind, const QString &channel, const QString &group,
                           const Message &message, int receivers, const QString &cause)
{
    static const QMetaMethod signal = QMetaMethod::fromSignal(&LocalDelivery::activity);
    if (!isSignalConnected(signal))
        return;
    Q_EMIT activity(
        {QDateTime::currentMSecsSinceEpoch(), kind, channel, group, message, receivers, cause});
}

} // namespace parlour::channels
