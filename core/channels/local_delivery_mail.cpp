// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// The mailbox of LocalDelivery: what is posted, and how it reaches its receivers.
#include "channels/local_delivery.h"

#include <QDateTime>

#include <utility>

using namespace Qt::StringLiterals;

namespace parlour::channels {

void LocalDelivery::postToGroup(const QString &group, const Message &message)
{
    announce(group, {}, message);
    arriveInGroup(group, message);
}

Expected<void> LocalDelivery::postToChannel(const QString &channel, const Message &message)
{
    const auto now = m_options.clock();
    sweep(now);
    const Letter letter{{}, channel, message, now};
    if (!hasChannel(channel))
        return keepForReader(letter);
    report(Activity::Kind::Sent, channel, {}, message);
    post(letter);
    return {};
}

void LocalDelivery::announce(const QString &group, const QString &channel, const Message &message)
{
    sweep(m_options.clock());
    report(Activity::Kind::Sent, channel, group, message);
}

void LocalDelivery::arriveInGroup(const QString &group, const Message &message,
                                  const QStringList &members)
{
    post({group, {}, message, m_options.clock(), members});
}

void LocalDelivery::arriveInChannel(const QString &channel, const Message &message)
{
    post({{}, channel, message, m_options.clock(), {}, false});
}

// A channel with '!' belongs to one reader and ends with it; others wait for the next one.
Expected<void> LocalDelivery::keepForReader(const Letter &letter)
{
    if (letter.channel.contains(u'!') || !letter.mayWait) {
        drop(u"no_channel"_s, letter);
        return Error{u"no_channel"_s, u"nobody reads the channel \"%1\""_s.arg(letter.channel)};
    }
    if (!m_named.keep(letter.channel, {letter.message, letter.since})) {
        drop(u"capacity"_s, letter);
        return Error{u"channel_full"_s,
                     u"nobody reads the channel \"%1\", and no more messages may wait in it"_s.arg(
                         letter.channel)};
    }
    report(Activity::Kind::Sent, letter.channel, {}, letter.message);
    return {};
}

void LocalDelivery::post(Letter letter)
{
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
    m_isFlushed = false;
    removeEmptyGroups();
    // A handler that ran the event loop has swallowed the flush of what it posted.
    if (!m_mailbox.empty() && !m_posted)
        postFlush();
}

// A flush that is posted meanwhile would find nothing, and costs a turn of the event loop.
void LocalDelivery::postAtOnce(const std::function<void()> &post)
{
    const bool isPosted = std::exchange(m_posted, true);
    post();
    m_posted = isPosted;
    deliverPending();
}

void LocalDelivery::deliver(const Letter &letter)
{
    if (m_isFlushed)
        drop(u"flushed"_s, letter);
    else if (m_options.clock() - letter.since > m_options.expiry)
        drop(u"expired"_s, letter);
    else if (letter.group.isEmpty())
        deliverToChannel(letter);
    else
        deliverToGroup(letter);
}

void LocalDelivery::deliverToChannel(const Letter &letter)
{
    Channel *channel = m_channels.value(letter.channel);
    if (!channel)
        channel = m_named.nextReader(letter.channel);
    if (!channel) {
        (void)keepForReader(letter);
        return;
    }
    channel->deliver(letter.message);
    report(Activity::Kind::Delivered, letter.channel, {}, letter.message, 1);
}

void LocalDelivery::deliverToGroup(const Letter &letter)
{
    const auto found = m_groups.find(letter.group);
    if (found == m_groups.end())
        return;
    Group &group = *found->second;
    ++group.m_info.messages;
    group.m_info.lastMessage = QDateTime::currentMSecsSinceEpoch();
    int receivers = group.m_info.members;
    if (letter.members.isEmpty())
        Q_EMIT group.posted(letter.message);
    else
        receivers = deliverToMembers(letter);
    report(Activity::Kind::Delivered, {}, letter.group, letter.message, receivers);
}

// Who has left the group since gets nothing; who has gone altogether is counted.
int LocalDelivery::deliverToMembers(const Letter &letter)
{
    int receivers = 0;
    for (const QString &name : letter.members) {
        Channel *channel = m_channels.value(name);
        if (!channel) {
            count(u"no_channel"_s, name, letter.message);
        } else if (channel->isMember(letter.group)) {
            channel->deliver(letter.message);
            ++receivers;
        }
    }
    return receivers;
}

void LocalDelivery::drop(const QString &cause, const Letter &letter)
{
    const int receivers = letter.group.isEmpty() ? 1 : memberCount(letter.group);
    for (int n = 0; n < receivers; ++n)
        ++m_dropped[cause];
    if (receivers > 0)
        report(Activity::Kind::Dropped, letter.channel, letter.group, letter.message, 0, cause);
}

void LocalDelivery::flush()
{
    const auto letters = std::exchange(m_mailbox, {});
    for (const Letter &letter : letters)
        drop(u"flushed"_s, letter);
    for (const auto &[name, message] : m_named.takeEverything())
        count(u"flushed"_s, name, message);
    m_isFlushed = m_isDelivering;
    const auto channels = allChannels();
    for (Channel *channel : channels)
        leaveAll(*channel);
}

} // namespace parlour::channels
