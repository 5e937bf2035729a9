// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/testing/fake_clock.h"
#include "chat/house.h"
#include "chat/memory_room_log.h"
#include "fake_shared_layer.h"
#include "holes_store.h"
#include "late_room_log.h"
#include "room_log_contract.h"

#include <memory>

/// Hosts that are killed and come back with what they had.
namespace parlour::tests {

/// A host whose log outlives it; its way to the others can be cut. There is somebody in "general".
struct KeptHost {
    KeptHost(channels::ChannelLayer &common, const channels::Clock &clock,
             const chat::PeerLogOptions &logs = {});
    ~KeptHost();

    struct Life;
    /// Of utterance(); is on several hosts, one after the other.
    static chat::Sender ann() { return {QStringLiteral("p-1"), QStringLiteral("Ann")}; }

    void start();
    void come();
    void leave();
    /// Somebody who is known by a key, and is there for a moment when it returns; null: could not.
    std::unique_ptr<chat::Stay> arrive(const QByteArray &key);
    /// Nobody hears its goodbye.
    void kill();
    /// The id of what was said.
    QString say(const QString &text, const chat::Sender &sender = ann());
    /// Why that could not be; empty where it is done.
    QString make(chat::Change change, const chat::Sender &by = ann());
    /// The messages as they are now, whatever their numbers and the order of reactions.
    QStringList state();
    chat::House &house();

    channels::InMemoryChannelLayer local;
    FakeSharedLayer way;
    chat::BridgeOptions options;
    chat::MemoryRoomLog log;
    LateRoomLog disk; ///< over `log`; what the host reads and writes, but for say() and make()
    HolesStore store;
    std::unique_ptr<Life> life;
};

/// Two of them.
struct KeptHosts {
    KeptHosts();

    /// Whether both have the same, sooner or later, which is then `state`.
    bool areSame();
    QString saidOnBoth(const QString &text);

    channels::FakeClock clock;
    channels::InMemoryChannelLayer common;
    KeptHost north;
    KeptHost south;
    QStringList state;
};

} // namespace parlour::tests
