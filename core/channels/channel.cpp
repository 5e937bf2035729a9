// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/channel.h"

#include "channels/local_delivery.h"

#include <QDateTime>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parlour::channels {

Channel::Receiver::~Receiver() = default;

Channel::Channel(LocalDelivery &delivery, QString name, Receiver &receiver, int capacity)
    : m_delivery(&delivery)
    , m_receiver(receiver)
{
    m_info.name = std::move(name);
    m_info.kind = u"local"_s;
    m_info.capacity = capacity;
    m_info.since = QDateTime::currentMSecsSinceEpoch();
}

Channel::~Channel()
{
    if (m_delivery)
        m_delivery->closed(*this);
}

QStringList Channel::groups() const
{
    QStringList names;
    for (const auto &[group, connection] : m_memberships)
        names.append(group->name());
    names.sort();
    return names;
}

bool Channel::isMember(const QString &group) const
{
    return std::any_of(m_memberships.begin(), m_memberships.end(),
                       [&](const auto &joined) { return joined.first->name() == group; });
}

ChannelInfo Channel::info() const
{
    ChannelInfo info = m_info;
    if (info.connection != 0)
        info.kind = u"socket"_s;
    info.groups = groups();
    info.queued = m_receiver.unsent();
    return info;
}

void Channel::setPerson(const QString &id, const QString &name)
{
    m_info.personId = id;
    m_info.person = name;
}

void Channel::countDropped(const QString &cause, const Message &message)
{
    ++m_info.dropped;
    if (m_delivery)
        m_delivery->count(cause, name(), message);
}

bool Channel::isForgotten(std::chrono::steady_clock::time_point now,
                          std::chrono::milliseconds groupExpiry) const
{
    const auto sign = m_receiver.lastSign();
    return sign && !m_memberships.empty() && now - std::max(*sign, m_lastJoined) > groupExpiry;
}

void Channel::deliver(const Message &message)
{
    if (isFull()) {
        countDropped(u"capacity"_s, message);
        m_receiver.overflowed();
        return;
    }
    ++m_info.delivered;
    m_receiver.receiveMessage(message);
}

} // namespace parlour::channels
