// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/channel_layer.h"
#include "channels/local_delivery.h"

namespace parlour::channels {

/// The layer of one process. Counterpart: channels.layers.InMemoryChannelLayer.
class InMemoryChannelLayer final : public ChannelLayer
{
    Q_OBJECT
public:
    explicit InMemoryChannelLayer(const ChannelLayerOptions &options = {},
                                  QObject *parent = nullptr);

    Expected<std::unique_ptr<Channel>> openChannel(const QString &name,
                                                   Channel::Receiver &receiver) override;
    Expected<void> send(const QString &channel, const Message &message) override;
    Expected<void> groupAdd(const QString &group, Channel &channel) override;
    Expected<void> groupDiscard(const QString &group, Channel &channel) override;
    Expected<void> groupSend(const QString &group, const Message &message) override;
    void flush() override;
    void deliverPending() override;
    void sendAtOnce(const std::function<void()> &send) override;

    QList<ChannelInfo> channels() const override;
    QList<GroupInfo> groups() const override;
    QMap<QString, qint64> dropped() const override;

private:
    std::unique_ptr<Channel> makeChannel(Channel::Receiver &receiver,
                                         const QString &prefix) override;
    LocalDelivery m_delivery;
};

} // namespace parlour::channels
