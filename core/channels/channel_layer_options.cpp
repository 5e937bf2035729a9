// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/channel_layer_options.h"

#include <algorithm>

namespace parlour::channels {

// Names have no slash, the one character that Qt's wildcards leave out.
ChannelPattern::ChannelPattern(const QString &glob)
    : m_expression(QRegularExpression::wildcardToRegularExpression(glob))
{
}

ChannelPattern::ChannelPattern(const QRegularExpression &expression)
    : m_expression(expression)
{
}

bool ChannelPattern::matches(const QString &channel) const
{
    return m_expression
        .match(channel, 0, QRegularExpression::NormalMatch,
               QRegularExpression::AnchorAtOffsetMatchOption)
        .hasMatch();
}

int ChannelLayerOptions::capacityOf(const QString &channel) const
{
    const auto found =
        std::find_if(channelCapacity.begin(), channelCapacity.end(),
                     [&](const ChannelCapacity &entry) { return entry.pattern.matches(channel); });
    return found == channelCapacity.end() ? capacity : found->capacity;
}

} // namespace parlour::channels
