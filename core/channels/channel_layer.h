// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/channel.h"
#include "channels/channel_layer_options.h"
#include "channels/expected.h"
#include "channels/message.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>

namespace parlour::channels {

class LocalDelivery;

/// Carries messages between consumers: to one channel, or to all channels of a group. Every call
/// returns at once; delivery comes in a later turn, in order per sender, and is at most once.
/// Nothing is lost silently: what is dropped is counted by cause. Lives in the server thread.
/// Counterpart: channels.layers.BaseChannelLayer. Twins: InMemoryChannelLayer; the Redis layers.
class ChannelLayer : public QObject
{
    Q_OBJECT
public:
    explicit ChannelLayer(const ChannelLayerOptions &options = {}, QObject *parent = nullptr);

    const ChannelLayerOptions &options() const { return m_options; }

    /// A channel with a new unique name, read by `receiver`, which outlives it. The caller owns it.
    std::unique_ptr<Channel> newChannel(Channel::Receiver &receiver);
    /// The same, with a name that begins otherwise. Fails for what no name may begin with, and for
    /// more than MaxPrefixLength characters (bad_name).
    Expected<std::unique_ptr<Channel>> newChannel(Channel::Receiver &receiver,
                                                  const QString &prefix);
    /// A channel of a name that senders know ("thumbnails"), for workers: any number of readers may
    /// share it, each message goes to one of them. What waited for a reader comes first. Fails for
    /// a bad name, one with '!' too (bad_name).
    virtual Expected<std::unique_ptr<Channel>> openChannel(const QString &name,
                                                           Channel::Receiver &receiver) = 0;

    /// Fails for a bad name (bad_name), a channel with '!' that nobody reads (no_channel), and
    /// where nobody reads the channel yet and as much waits as may (channel_full).
    virtual Expected<void> send(const QString &channel, const Message &message) = 0;

    /// Joining twice is joining once. Fails for a bad name.
    virtual Expected<void> groupAdd(const QString &group, Channel &channel) = 0;
    /// Leaving a group that the channel is not in does nothing. Fails for a bad name.
    virtual Expected<void> groupDiscard(const QString &group, Channel &channel) = 0;
    /// To every member, the sender included if it is one. An empty group is no error. Fails for a
    /// bad name.
    virtual Expected<void> groupSend(const QString &group, const Message &message) = 0;

    /// Calls `joined` through `context`, now or later, as soon as what any process sends to the
    /// group reaches its members here. A layer of one process calls at once; over Redis a
    /// groupAdd() has to be confirmed, and while Redis is away nothing is.
    virtual void whenJoined(const QString &group, QObject *context,
                            const std::function<void()> &joined);

    /// Whether other processes can be heard in the group now, and hear us: where a layer has
    /// several servers, the group's own counts. bridgeChanged() tells when that may have changed.
    /// Always in a layer of one process.
    virtual bool isReachable(const QString &group) const;

    /// How much of what was sent or joined here still waits for its turn or for the store's answer,
    /// which is to come; 0 while the store is away, and in a layer of one process.
    virtual int unconfirmed() const { return 0; }

    /// Another process has ended without a word: its memberships in groups of ours end, if the
    /// layer keeps any. `channel` is any channel of that process; those that it made with another
    /// prefix (newChannel()) stay members.
    virtual void forgetProcess(const QString &channel);

    /// Empties all groups and drops what waits (counted). Channels stay.
    virtual void flush() = 0;

    /// Delivers what waits for this process now; a server calls it at the end of its turn.
    virtual void deliverPending() = 0;
    /// Delivers what `send` sends for this process, and what waits already, as soon as it is all
    /// sent. The event loop is not woken for it, as it is by a sending of its own.
    virtual void sendAtOnce(const std::function<void()> &send);

    virtual QList<ChannelInfo> channels() const = 0;
    virtual QList<GroupInfo> groups() const = 0;
    /// What was dropped, by cause: capacity, expired, no_channel, forged, unregistered, unrouted,
    /// closed, flushed.
    virtual QMap<QString, qint64> dropped() const = 0;
    /// What carries its messages between processes; nothing in a layer of one process.
    virtual std::optional<BridgeInfo> bridge() const;

Q_SIGNALS:
    /// Costs nothing while nobody is connected.
    void activity(const parlour::channels::Activity &activity);
    /// bridge()->state() or isReachable() may be another one now.
    void bridgeChanged();

protected:
    /// The prefix is a sound one.
    virtual std::unique_ptr<Channel> makeChannel(Channel::Receiver &receiver,
                                                 const QString &prefix) = 0;
    /// Passes on what that delivery reports; it lives as long as this layer.
    void relay(LocalDelivery &delivery);
    void connectNotify(const QMetaMethod &signal) override;

private:
    void forward(const Activity &report);

    ChannelLayerOptions m_options;
    LocalDelivery *m_delivery = nullptr;
    QMetaObject::Connection m_watching;
};

} // namespace parlour::channels
