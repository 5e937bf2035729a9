// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/channel_layer.h"
#include "channels/clock.h"
#include "chat/house_presence.h"
#include "chat/people_elsewhere.h"
#include "chat/presence_messages.h"

#include <QDeadlineTimer>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <map>
#include <memory>
#include <optional>

namespace parlour::chat {

struct PresenceOptions {
    std::chrono::milliseconds heartbeat{5000};
    /// Without a word from a host, its people are gone by then.
    std::chrono::milliseconds deadAfter{15000};
    std::chrono::milliseconds tick{1000}; ///< how often the clock is looked at
    std::chrono::milliseconds changeDelay{100}; ///< what happens within it is told at once
    /// From a question to the answer, so that many who ask get one.
    std::chrono::milliseconds answerDelay{100};
    std::chrono::milliseconds answerInterval{500}; ///< from one answer to the next, at least
    int maxHosts = 200; ///< other hosts known at a time
    /// Of other hosts, a person in two rooms counted twice; as many again may be on their way in
    /// states that come in parts.
    int maxPeople = 50000;
};

/// Tells the other hosts of a shared layer who is here, and shows here who is there. Every host
/// says every few seconds that it lives, and numbers what it tells, so that a newcomer, and whoever
/// missed something, knows to ask for everything. Lives in the server thread; all references
/// outlive it.
class HostPresence final : public QObject, private channels::Channel::Receiver
{
    Q_OBJECT
public:
    HostPresence(House &house, channels::ChannelLayer &shared, const PresenceOptions &options,
                 const channels::Clock &clock);
    /// Says goodbye.
    ~HostPresence() override;

    /// The way to the other hosts was lost, or is back (which it is at first).
    void setUp(bool isUp);
    /// The other hosts that live.
    int hosts() const;

private:
    using Time = std::chrono::steady_clock::time_point;
    /// A state that comes in parts.
    struct Arriving {
        qint64 sequence = 0;
        int parts = 1; ///< as the first one said
        int next = 0; ///< the part that is due
        qsizetype people = 0;
        QList<RoomPresence> rooms;
    };
    struct Host {
        QString title; ///< empty: it has not said it
        QString channel;
        qint64 sequence = -1; ///< of what is known of it; -1: nothing is
        Time lastSign;
        std::optional<Time> asked;
        std::optional<Arriving> arriving;
    };

    void receiveMessage(const channels::Message &message) override;
    Host *hostOf(const PresenceMessage &message);
    void hear(const QString &id, Host &host, const PresenceAlive &alive);
    void hear(const QString &id, Host &host, const PresenceChanges &changes);
    void hear(const QString &id, Host &host, const PresenceState &state);
    void ask(const QString &id, Host &host);
    void dropLargestStates();
    void apply(const QString &id, Host &host, const RoomPresence &room);
    void replace(const QString &id, Host &host, const QList<RoomPresence> &rooms);
    void forget(const QString &id);

    void introduce();
    void answerSoon();
    void answer();
    void sayAlive();
    void tell(const QList<RoomPresence> &rooms);
    void say(const PresenceContent &content);
    void tick();
    void lookAtOwnTrouble(Time now);
    bool isSurelyDead(const QString &id, const Host &host) const;

    House &m_house;
    channels::ChannelLayer &m_shared;
    PresenceOptions m_options;
    channels::Clock m_clock;
    std::unique_ptr<channels::Channel> m_channel; ///< in the group of hosts
    HousePresence m_here;
    PeopleElsewhere m_elsewhere;
    std::map<QString, Host> m_hosts; ///< the others, by their ids
    qint64 m_sequence; ///< of the changes that were told last
    std::optional<Time> m_upSince;
    Time m_soundSince; ///< since then nothing kept us from hearing others, or them from hearing us
    qint64 m_lost = 0; ///< of our messages, as the layer counts them
    Time m_lastAlive;
    Time m_lastTick;
    QTimer m_ticking;
    QTimer m_answering;
    QDeadlineTimer m_nextAnswer; ///< not before
};

} // namespace parlour::chat
