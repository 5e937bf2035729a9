// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/channel.h"
#include "channels/expected.h"
#include "channels/message.h"

#include <QObject>

#include <memory>

namespace parlour::channels {

/// The words of Django's CHANNEL_LAYERS.
struct ChannelLayerOptions {
    /// Messages that one channel's client may leave untaken before further ones are dropped.
    int capacity = 100;
};

/// Carries messages between consumers: to one channel, or to all channels of a group. Every call
/// returns at once; delivery comes in a later turn, in order per sender, and is at most once.
/// Nothing is lost silently: what is dropped is counted by cause. Lives in the server thread.
/// Counterpart: channels.layers.BaseChannelLayer. Twins: InMemoryChannelLayer; the Redis layers.
class ChannelLayer : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    /// A channel with a new unique name, read by `receiver`, which outlives it. The caller owns it.
    virtual std::unique_ptr<Channel>
    newChannel(Channel::Receiver &receiver, const QString &prefix = QStringLiteral("specific")) = 0;

    /// Fails for a bad name (bad_name) or a channel that nobody reads (no_channel).
    virtual Expected<void> send(const QString &channel, const Message &message) = 0;

    /// Joining twice is joining once. Fails for a bad name.
    virtual Expected<void> groupAdd(const QString &group, Channel &channel) = 0;
    /// Leaving a group that the channel is not in does nothing. Fails for a bad name.
    virtual Expected<void> groupDiscard(const QString &group, Channel &channel) = 0;
    /// To every member, the sender included if it is one. An empty group is no error. Fails for a
    /// bad name.
    virtual Expected<void> groupSend(const QString &group, const Message &message) = 0;

    /// Delivers what waits for this process now; a server calls it at the end of its turn.
    virtual void deliverPending() = 0;

    virtual QList<ChannelInfo> channels() const = 0;
    virtual QList<GroupInfo> groups() const = 0;
    virtual QMap<QString, qint64> dropped() const = 0;

Q_SIGNALS:
    /// Costs nothing while nobody is connected.
    void activity(const parlour::channels::Activity &activity);
};

} // namespace parlour::channels
