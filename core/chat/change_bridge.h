// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/channel_layer.h"
#include "channels/clock.h"
#include "chat/shared_change.h"
#include "chat/waiting_changes.h"

#include <QObject>

#include <memory>

namespace parlour::chat {

class House;
class RoomLog;

/// Carries between hosts what was changed in their rooms, and who writes there; each takes into its
/// own log what concerns messages that it has. A part of RoomBridge. Lives in the server thread;
/// all references outlive it.
class ChangeBridge final : public QObject, private channels::Channel::Receiver
{
    Q_OBJECT
public:
    ChangeBridge(House &house, channels::ChannelLayer &shared, RoomLog &log,
                 const channels::Clock &clock);
    ~ChangeBridge() override;

    /// Tells other hosts of a chat.changed that was asked for here. Fails as the layer does.
    channels::Expected<void> share(const channels::Message &changed,
                                   const Predecessors &predecessors);
    /// Takes into the log what was changed on another host, which told it when it was asked.
    void adopt(const Change &change);
    /// Does so with one that was missed().
    void make(const Change &change, WaitingChanges::Cause cause);
    /// Somebody of this host writes in the room, or does not any more. Of no use once it is late:
    /// no other host hears of it while these are not within reach.
    void shareTyping(const QString &room, const QString &person, bool isTyping);

Q_SIGNALS:
    /// Another host changed something, in a room of this host's.
    void came(const parlour::chat::Change &change, const parlour::chat::Predecessors &predecessors);
    /// Another host seems to have changed something: it is to be asked (isDoubtful()).
    void doubted(const parlour::chat::Change &change);
    /// A message was changed that the log does not have, perhaps not yet. `change` is as this
    /// host's people would see it.
    void missed(const parlour::chat::Change &change, parlour::chat::WaitingChanges::Cause cause);
    /// The log has answered: it has the change, or nobody may do it; else it could not take it.
    void settled(const parlour::chat::Change &change, bool isDone);

private:
    void receiveMessage(const channels::Message &message) override;
    void adoptChange(const channels::Message &message);
    void adoptTyping(const channels::Message &message);
    void take(const Change &change, WaitingChanges::Cause cause);
    void countDropped(const QString &cause, const channels::Message &message = {});

    House &m_house;
    channels::ChannelLayer &m_shared;
    RoomLog &m_log;
    channels::Clock m_clock;
    std::unique_ptr<channels::Channel> m_channel; ///< in the group of hosts' rooms
};

} // namespace parlour::chat
