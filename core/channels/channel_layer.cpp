// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/channel_layer.h"

namespace parlour::channels {

ChannelLayer::ChannelLayer(const ChannelLayerOptions &options, QObject *parent)
    : QObject(parent)
    , m_options(options)
{
}

void ChannelLayer::whenJoined(const QString &, QObject *, const std::function<void()> &joined)
{
    joined();
}

void ChannelLayer::forgetProcess(const QString &) { }

std::optional<BridgeInfo> ChannelLayer::bridge() const
{
    return std::nullopt;
}

} // namespace parlour::channels
