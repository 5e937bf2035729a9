// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/in_memory_channel_layer.h"

#include "channels/names.h"

#include <QStringBuilder>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace parlour::channels {

namespace {
QString uuidHex()
{
    return QString::fromLatin1(QUuid::createUuid().toRfc4122().toHex());
}
} // namespace

InMemoryChannelLayer::InMemoryChannelLayer(const ChannelLayerOptions &options, QObject *parent)
    : ChannelLayer(options, parent)
    , m_delivery(options)
    , m_processName(uuidHex())
{
    relay(m_delivery);
}

std::unique_ptr<Channel> InMemoryChannelLayer::makeChannel(Channel::Receiver &receiver,
                                                           const QString &prefix)
{
    const QString name = prefix % u'.' % m_processName % u'!' % uuidHex();
    return m_delivery.open(name, receiver);
}

Expected<std::unique_ptr<Channel>> InMemoryChannelLayer::openChannel(const QString &name,
                                                                     Channel::Receiver &receiver)
{
    if (auto checked = checkSharedChannelName(name); !checked)
        return checked.error();
    return m_delivery.openNamed(name, receiver);
}

Expected<void> InMemoryChannelLayer::send(const QString &channel, const Message &message)
{
    if (auto checked = checkChannelName(channel); !checked)
        return checked;
    return m_delivery.postToChannel(channel, message);
}

Expected<void> InMemoryChannelLayer::groupAdd(const QString &group, Channel &channel)
{
    auto checked = checkGroupName(group);
    if (checked)
        m_delivery.join(group, channel);
    return checked;
}

Expected<void> InMemoryChannelLayer::groupDiscard(const QString &group, Channel &channel)
{
    auto checked = checkGroupName(group);
    if (checked)
        m_delivery.leave(group, channel);
    return checked;
}

Expected<void> InMemoryChannelLayer::groupSend(const QString &group, const Message &message)
{
    auto checked = checkGroupName(group);
    if (checked)
        m_delivery.postToGroup(group, message);
    return checked;
}

void InMemoryChannelLayer::flush()
{
    m_delivery.flush();
}

void InMemoryChannelLayer::deliverPending()
{
    m_delivery.deliverPending();
}

QList<ChannelInfo> InMemoryChannelLayer::channels() const
{
    return m_delivery.channels();
}

QList<GroupInfo> InMemoryChannelLayer::groups() const
{
    return m_delivery.groups();
}

QMap<QString, qint64> InMemoryChannelLayer::dropped() const
{
    return m_delivery.dropped();
}

} // namespace parlour::channels
