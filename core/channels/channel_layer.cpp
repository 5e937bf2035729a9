// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/channel_layer.h"

#include "channels/local_delivery.h"
#include "channels/names.h"

#include <QMetaMethod>

#include <utility>

namespace parlour::channels {

ChannelLayer::ChannelLayer(const ChannelLayerOptions &options, QObject *parent)
    : QObject(parent)
    , m_options(options)
{
}

std::unique_ptr<Channel> ChannelLayer::newChannel(Channel::Receiver &receiver)
{
    return makeChannel(receiver, QStringLiteral("specific"));
}

Expected<std::unique_ptr<Channel>> ChannelLayer::newChannel(Channel::Receiver &receiver,
                                                            const QString &prefix)
{
    if (auto checked = checkChannelPrefix(prefix); !checked)
        return checked.error();
    return makeChannel(receiver, prefix);
}

void ChannelLayer::whenJoined(const QString &, QObject *, const std::function<void()> &joined)
{
    joined();
}

bool ChannelLayer::isReachable(const QString &) const
{
    return true;
}

void ChannelLayer::forgetProcess(const QString &) { }

void ChannelLayer::sendAtOnce(const std::function<void()> &send)
{
    send();
    deliverPending();
}

std::optional<BridgeInfo> ChannelLayer::bridge() const
{
    return std::nullopt;
}

void ChannelLayer::relay(LocalDelivery &delivery)
{
    m_delivery = &delivery;
}

// The delivery reports only while somebody listens here.
void ChannelLayer::connectNotify(const QMetaMethod &signal)
{
    if (m_delivery && signal == QMetaMethod::fromSignal(&ChannelLayer::activity) && !m_watching)
        m_watching = connect(m_delivery, &LocalDelivery::activity, this, &ChannelLayer::forward);
}

// Ends the watch with the first report that nobody hears. disconnectNotify() would be sooner, but
// it runs under QObject's own lock, where disconnect() never returns.
void ChannelLayer::forward(const Activity &report)
{
    static const QMetaMethod signal = QMetaMethod::fromSignal(&ChannelLayer::activity);
    if (isSignalConnected(signal))
        Q_EMIT activity(report);
    else
        disconnect(std::exchange(m_watching, {}));
}

} // namespace parlour::channels
