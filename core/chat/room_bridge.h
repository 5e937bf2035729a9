// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/channel_layer.h"
#include "channels/clock.h"
#include "chat/change_bridge.h"
#include "chat/frames.h"
#include "chat/host_presence.h"
#include "chat/peer_logs.h"
#include "chat/room_log.h"
#include "chat/shared_message.h"
#include "chat/waiting_changes.h"

#include <QObject>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>

namespace parlour::chat {

class House;
class Room;
class SharedRoom;

struct BridgeOptions {
    /// A newcomer waits this long for the room to be joined on the shared layer, and no longer.
    std::chrono::milliseconds joinTimeout{2000};
    /// From the last person's leaving to the room's on the shared layer: who comes back sooner
    /// finds it joined.
    std::chrono::milliseconds leaveDelay{400};
    qint64 maxMessageBytes = qint64(1024) * 1024; ///< of one message, as JSON, either way
    /// How far ahead of the own clock the time may be that another host gives its message; the own
    /// counts beyond. (What it changes has its time, whatever that is.)
    std::chrono::milliseconds maxClockSkew = std::chrono::minutes(10);
    channels::Clock clock = channels::steadyClock();
    /// A message of another host that was said longer ago counts as said now.
    std::chrono::milliseconds maxAge = std::chrono::hours(24 * 90);
    PresenceOptions presence = {};
    PeerLogOptions logs = {};
};

/// Joins a host's rooms with those of other processes. Its people are members of groups of the
/// local layer, whose messages never wait for anybody; the bridge carries what was said here to the
/// group of the same name on the shared layer, and what other hosts and Django said there into this
/// host's log; and both sides' lists of members are one. Lives in the server thread. All references
/// outlive it; `house` knows it while it lives.
class RoomBridge final : public QObject, private channels::Channel::Receiver
{
    Q_OBJECT
public:
    RoomBridge(House &house, channels::ChannelLayer &local, channels::ChannelLayer &shared,
               RoomLog &log, const BridgeOptions &options = {}, QObject *parent = nullptr);
    ~RoomBridge() override;

    /// Calls `joined` through `context`, now or later: as soon as what any process says in the room
    /// is heard here, or after BridgeOptions::joinTimeout. Somebody of this host is in the room.
    void whenJoined(const Room &room, QObject *context, const std::function<void()> &joined);

    /// As ChangeBridge::shareTyping().
    void shareTyping(const Room &room, const QString &person, bool isTyping);

    /// Whether the other processes are within reach; nothing before the first attempt has ended.
    std::optional<SharedFrame> state() const;
    /// The shared layer's, with what the bridge itself knows; nothing where that layer has none.
    std::optional<channels::BridgeInfo> info() const;
    /// What the shared layer dropped, by cause.
    QMap<QString, qint64> dropped() const { return m_shared.dropped(); }

    /// The host stops: says goodbye to the others, leaves all groups of the shared layer, and
    /// shares nothing any more.
    void stop();

private:
    void receiveMessage(const channels::Message &message) override;
    void share(const channels::Message &said);
    void shareChange(const channels::Message &changed);
    void adopt(const Room &room, const channels::Message &message);
    void post(const Utterance &said);
    void makeWaiting(const Utterance &said);
    void keepWaiting(const Change &change, WaitingChanges::Cause cause);
    AdoptionRules adoptionRules() const;
    void countDropped(const QString &cause, const channels::Message &message);

    void joinParts();
    void addRoom(Room &room);
    void removeRoom(const Room &room);
    void reachChanged();
    bool isUp() const;
    bool isLongAway() const;

    House &m_house;
    channels::ChannelLayer &m_local;
    channels::ChannelLayer &m_shared;
    RoomLog &m_log;
    BridgeOptions m_options;
    std::unique_ptr<channels::Channel> m_channel; ///< on the local layer, in every room's group
    std::unordered_map<const Room *, std::unique_ptr<SharedRoom>> m_rooms;
    std::unique_ptr<HostPresence> m_presence;
    std::unique_ptr<ChangeBridge> m_changes;
    std::unique_ptr<PeerLogs> m_logs;
    WaitingChanges m_waiting; ///< of other hosts
    std::optional<bool> m_isUp; ///< as people were told
    std::optional<std::chrono::steady_clock::time_point> m_awaySince;
    QMap<QString, qint64> m_notShared; ///< by cause
};

} // namespace parlour::chat
