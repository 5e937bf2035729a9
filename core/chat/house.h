// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/peer_holes.h"
#include "chat/people.h"
#include "chat/read_positions.h"
#include "chat/rooms.h"
#include "chat/routing.h"

#include <QObject>

#include <functional>
#include <optional>

namespace parlour::chat {

class RoomBridge;

/// The living state of a host: its rooms, its people, and whether it is watched. Lives in the
/// server thread; outlives the application that is made of it.
class House final : public QObject
{
    Q_OBJECT
public:
    /// Has the listed room "general" from the start, beside what `store` remembers. `log` and
    /// `store` outlive it.
    House(const ChatOptions &options, RoomLog &log, HouseStore &store, QObject *parent = nullptr);

    /// The id is the store's.
    const HostInfo &info() const { return m_info; }
    Rooms &rooms() { return m_rooms; }
    const Rooms &rooms() const { return m_rooms; }
    People &people() { return m_people; }
    const People &people() const { return m_people; }
    ReadPositions &reads() { return m_reads; }
    PeerHoles &holes() { return m_holes; }

    /// Of the key that the host's TLS shows: 32 bytes; empty while it has none.
    const QByteArray &keyFingerprint() const { return m_keyFingerprint; }
    void setKeyFingerprint(const QByteArray &fingerprint) { m_keyFingerprint = fingerprint; }

    /// Whether a monitor shows what is said.
    bool isWatched() const { return m_watchers > 0; }
    void addWatcher();
    void removeWatcher();

    /// What joins its rooms with those of other processes; null: it shares them with nobody.
    RoomBridge *bridge() const { return m_bridge; }
    void setBridge(RoomBridge *bridge) { m_bridge = bridge; }
    /// As RoomBridge::whenJoined(); at once where the rooms are not shared.
    void whenJoined(const Room &room, QObject *context, const std::function<void()> &joined);
    /// As RoomBridge::state(); nothing where the rooms are not shared.
    std::optional<SharedFrame> sharedState() const;

    void tellEverybody(const ServerFrame &frame);
    /// Somebody of this host writes in the room, or does not any more: its members hear of it, here
    /// and on other hosts.
    void setTyping(Room &room, const QString &person, bool isTyping,
                   std::chrono::steady_clock::time_point now);

    /// What /readyz says; false while the host shuts down.
    bool isReady() const { return m_ready; }
    void setReady(bool isReady) { m_ready = isReady; }

Q_SIGNALS:
    /// A frame for every parlour.v1 client.
    void noticed(const QByteArray &frame);

private:
    HostInfo m_info;
    People m_people;
    Rooms m_rooms;
    ReadPositions m_reads;
    PeerHoles m_holes;
    QByteArray m_keyFingerprint;
    RoomBridge *m_bridge = nullptr;
    int m_watchers = 0;
    bool m_ready = true;
};

} // namespace parlour::chat
