// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/channel.h"
#include "channels/channel_layer_options.h"

#include <deque>
#include <map>
#include <vector>

namespace parlour::channels {

/// The channels of fixed names that workers read: who reads each, and what waits while nobody does.
/// A part of LocalDelivery, private to it.
class NamedChannels
{
public:
    using Time = std::chrono::steady_clock::time_point;
    struct Waiting {
        Message message;
        Time since;
    };

    explicit NamedChannels(const ChannelLayerOptions &options);

    void addReader(Channel &channel);
    /// False: the channel is none of these.
    bool removeReader(Channel &channel);
    bool hasReader(const QString &name) const;
    /// One that could take a message now.
    bool hasFreeReader(const QString &name) const;
    /// Whose turn it is among the readers; one that is full only where all are. Null: there is
    /// none.
    Channel *nextReader(const QString &name);
    QList<Channel *> readers() const;

    /// False: as much waits as may, in this channel or in too many of them.
    bool keep(const QString &name, const Waiting &waiting);
    /// What waits for a reader of that name, oldest first; nothing waits any more then.
    std::deque<Waiting> takeAll(const QString &name);
    /// What has waited too long.
    std::vector<std::pair<QString, Message>> takeExpired(Time now);
    std::vector<std::pair<QString, Message>> takeEverything();

    /// Channels that have messages and no reader.
    QList<ChannelInfo> unread() const;

private:
    /// A sender makes a channel by naming it, so there is a bound.
    static constexpr size_t MaxUnread = 1000;

    const ChannelLayerOptions &m_options;
    std::map<QString, std::vector<Channel *>> m_readers; ///< the next one is at the front
    std::map<QString, std::deque<Waiting>> m_waiting; ///< none of them is empty
};

} // namespace parlour::channels
