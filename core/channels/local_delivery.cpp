// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/local_delivery.h"

#include <QDateTime>
#include <QMetaMethod>

using namespace Qt::StringLiterals;

namespace parlour::channels {

LocalDelivery::LocalDelivery(QObject *parent)
    : QObject(parent)
{
}

LocalDelivery::~LocalDelivery()
{
    for (Channel *channel : std::as_const(m_channels)) {
        channel->m_memberships.clear();
        channel->m_delivery = nullptr;
    }
}

std::unique_ptr<Channel> LocalDelivery::open(const QString &name, Channel::Receiver &receiver,
                                             int capacity)
{
    std::unique_ptr<Channel> channel(new Channel(*this, name, receiver, capacity));
    m_channels.insert(name, channel.get());
    report(Activity::Kind::ChannelOpened, name, {});
    return channel;
}

void LocalDelivery::join(const QString &groupName, Channel &channel)
{
    auto &group = m_groups[groupName];
    if (!group)
        group = std::make_unique<Group>(groupName);
    if (channel.m_memberships.contains(group.get()))
        return;
    channel.m_memberships.insert(group.get(),
                                 connect(group.get(), &Group::posted, &channel, &Channel::deliver));
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
    disconnect(channel.m_memberships.take(&group));
    report(Activity::Kind::GroupLeft, channel.name(), group.name());
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

void LocalDelivery::closed(Channel &channel)
{
    const auto groups = channel.m_memberships.keys();
    for (Group *group : groups)
        leave(*group, channel);
    m_channels.remove(channel.name());
    report(Activity::Kind::ChannelClosed, channel.name(), {});
}

void LocalDelivery::postToGroup(const QString &group, const Message &message)
{
    post({group, {}, message});
}

bool LocalDelivery::postToChannel(const QString &channel, const Message &message)
{
    if (!m_channels.contains(channel))
        return false;
    post({{}, channel, message});
    return true;
}

void LocalDelivery::post(Letter letter)
{
    report(Activity::Kind::Sent, letter.channel, letter.group, letter.message);
    m_mailbox.push_back(std::move(letter));
    if (!m_posted)
        postFlush();
}

void LocalDelivery::postFlush()
{
    m_posted = true;
    QMetaObject::invokeMethod(this, &LocalDelivery::deliverPending, Qt::QueuedConnection);
}

void LocalDelivery::deliverPending()
{
    m_posted = false;
    if (m_isDelivering || m_mailbox.empty())
        return;
    m_isDelivering = true;
    m_delivering.swap(m_mailbox);
    for (const Letter &letter : m_delivering)
        deliver(letter);
    m_delivering.clear();
    m_isDelivering = false;
    removeEmptyGroups();
    // A handler that ran the event loop has swallowed the flush of what it posted.
    if (!m_mailbox.empty() && !m_posted)
        postFlush();
}

void LocalDelivery::deliver(const Letter &letter)
{
    if (letter.group.isEmpty()) {
        if (Channel *channel = m_channels.value(letter.channel)) {
            channel->deliver(letter.message);
            report(Activity::Kind::Delivered, letter.channel, {}, letter.message, 1);
        } else {
            count(u"no_channel"_s, letter.channel, letter.message);
        }
        return;
    }
    const auto found = m_groups.find(letter.group);
    if (found == m_groups.end())
        return;
    Group &group = *found->second;
    ++group.m_info.messages;
    group.m_info.lastMessage = QDateTime::currentMSecsSinceEpoch();
    const int receivers = group.m_info.members;
    Q_EMIT group.posted(letter.message);
    report(Activity::Kind::Delivered, {}, letter.group, letter.message, receivers);
}

void LocalDelivery::count(const QString &cause, const QString &channel, const Message &message)
{
    ++m_dropped[cause];
    report(Activity::Kind::Dropped, channel, {}, message, 0, cause);
}

QList<ChannelInfo> LocalDelivery::channels() const
{
    QList<ChannelInfo> infos;
    infos.reserve(m_channels.size());
    for (const Channel *channel : m_channels)
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

bool LocalDelivery::hasChannel(const QString &name) const
{
    return m_channels.contains(name);
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
