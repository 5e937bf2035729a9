// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/channel_layer.h"

#include <QObject>

#include <deque>
#include <memory>
#include <optional>

namespace parlour::channels {

/// Reads a channel by asking, message by message: for workers, scripts and tests; consumers are
/// told instead (Channel::Receiver). What is not asked for waits, within the channel's capacity and
/// the layer's expiry. The layer outlives it; lives in the layer's thread.
/// Counterpart: channel_layer.receive().
class ChannelReader final : public QObject, private Channel::Receiver
{
    Q_OBJECT
public:
    /// Reads a new channel of its own.
    explicit ChannelReader(ChannelLayer &layer);
    /// Reads a channel of that name; fails as ChannelLayer::openChannel().
    static Expected<std::unique_ptr<ChannelReader>> open(ChannelLayer &layer, const QString &name);
    /// What still waits is counted as dropped.
    ~ChannelReader() override;

    /// For its name, and to join groups.
    Channel &channel() { return *m_channel; }

    /// The oldest message that waits; nothing where none does.
    std::optional<Message> receive();

Q_SIGNALS:
    /// A message waits to be asked for.
    void ready();

private:
    using Time = std::chrono::steady_clock::time_point;
    struct Waiting {
        Message message;
        Time since;
    };

    explicit ChannelReader(const ChannelLayerOptions &options);

    void receiveMessage(const Message &message) override;
    int unsent() const override;
    std::optional<Time> lastSign() const override { return m_lastAsked; }

    Clock m_clock;
    std::chrono::milliseconds m_expiry;
    std::deque<Waiting> m_waiting;
    Time m_lastAsked;
    std::unique_ptr<Channel> m_channel;
};

} // namespace parlour::channels
