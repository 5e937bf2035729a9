// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/in_memory_channel_layer.h"

#include "channels/names.h"

#include <QRandomGenerator>
#include <QStringBuilder>

#include <array>

using namespace Qt::StringLiterals;

namespace parlour::channels {

namespace {
// As in Channels. No other process has these channels, so nothing has to tell processes apart.
QString randomLetters()
{
    constexpr QStringView Letters = u"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    std::array<quint32, 3> random{}; // four letters of each
    QRandomGenerator::global()->fillRange(random.data(), random.size());
    QString letters;
    letters.reserve(12);
    for (quint32 number : random) {
        for (int i = 0; i < 4; ++i, number >>= 8)
            letters += Letters[(number & 0xFF) * Letters.size() / 256];
    }
    return letters;
}
} // namespace

InMemoryChannelLayer::InMemoryChannelLayer(const ChannelLayerOptions &options, QObject *parent)
    : ChannelLayer(options, parent)
    , m_delivery(options)
{
    relay(m_delivery);
}

std::unique_ptr<Channel> InMemoryChannelLayer::makeChannel(Channel::Receiver &receiver,
                                                           const QString &prefix)
{
    const QString name = prefix % u".inmemory!"_s % randomLetters();
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

void InMemoryChannelLayer::sendAtOnce(const std::function<void()> &send)
{
    m_delivery.postAtOnce(send);
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
