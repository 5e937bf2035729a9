// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/clock.h"

#include <QList>
#include <QRegularExpression>
#include <QString>

#include <chrono>

namespace parlour::channels {

/// Chooses channels by their names, as the keys of Channels' channel_capacity do.
class ChannelPattern
{
public:
    /// A glob for the whole name: "*", "?", "[ab]", "[!ab]"; case counts.
    ChannelPattern(const QString &glob);
    /// Matches from the name's beginning, not necessarily to its end.
    ChannelPattern(const QRegularExpression &expression);

    bool matches(const QString &channel) const;

private:
    QRegularExpression m_expression;
};

/// One entry of Channels' channel_capacity.
struct ChannelCapacity {
    ChannelPattern pattern;
    int capacity = 0; ///< messages
};

/// The words of Django's CHANNEL_LAYERS CONFIG that every layer knows.
struct ChannelLayerOptions {
    /// Messages that one channel may hold (its client has not taken, its reader has not asked for)
    /// before further ones are dropped.
    int capacity = 100;
    /// Other capacities for channels of these names; the first pattern that fits counts.
    QList<ChannelCapacity> channelCapacity = {};
    /// A message that has waited longer is dropped instead of delivered.
    std::chrono::milliseconds expiry = std::chrono::seconds(60);
    /// A membership lasts this long after its member's last sign of life: joining (again), taking a
    /// message. A consumer lives as long as its connection, which the server watches.
    std::chrono::milliseconds groupExpiry = std::chrono::hours(24);
    Clock clock = steadyClock();

    int capacityOf(const QString &channel) const;
};

} // namespace parlour::channels
