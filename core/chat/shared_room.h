// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/channel_layer.h"
#include "chat/room.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace parlour::chat {

/// A room's place on the shared layer: in its group there while somebody of this host is in the
/// room. A channel of its own, since what Django says does not tell its room. The room and the
/// layer outlive it; lives in the server thread.
class SharedRoom final : public QObject, private channels::Channel::Receiver
{
    Q_OBJECT
public:
    SharedRoom(channels::ChannelLayer &layer, const Room &room,
               std::chrono::milliseconds leaveDelay);
    ~SharedRoom() override;

    const Room &room() const { return m_room; }

Q_SIGNALS:
    /// Something came for the group, from any process, this one included.
    void heard(const parlour::channels::Message &message);

private:
    void receiveMessage(const channels::Message &message) override;
    void occupied(bool isOccupied);
    void join();

    channels::ChannelLayer &m_layer;
    const Room &m_room;
    QTimer m_leaving;
    std::unique_ptr<channels::Channel> m_channel; ///< while it is joined
};

} // namespace parlour::chat
