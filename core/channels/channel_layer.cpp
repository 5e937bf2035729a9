// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/channel_layer.h"

namespace parlour::channels {

ChannelLayer::ChannelLayer(const ChannelLayerOptions &options, QObject *parent)
    : QObject(parent)
    , m_options(options)
{
}

} // namespace parlour::channels
