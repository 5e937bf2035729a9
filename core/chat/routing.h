// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/application.h"
#include "channels/channel_layer.h"
#include "channels/clock.h"
#include "channels/inspector.h"
#include "channels/origin_validator.h"
#include "chat/key_proof.h"
#include "chat/room_log.h"

#include <chrono>

namespace parlour::chat {

class House;

/// What a host's chat may be told. Each limit has a test row.
struct ChatOptions {
    QString title = QStringLiteral("Parlour"); ///< the host's name, as people see it
    QByteArray ownerToken; ///< 64 hex digits; empty: the host has no owner
    channels::AllowedHosts allowed;
    KeyVerifier verifyKey; ///< null: no client is let in by a key
    bool echo = false; ///< adds ws/echo/
    int historyCount = 200; ///< messages a parlour.v1 newcomer gets
    int maxListedRooms = 200;
    int maxListedRoomsPerPerson = 20; ///< made by one person, at a time
    int maxUnlistedRooms = 1000; ///< kept while they are empty and have history
    int maxRooms = 20000; ///< in all
    int maxRoomsPerClient = 100;
    int maxPeople = 20000; ///< persons known at a time
    int maxReadPositions = 50000; ///< of all persons in all rooms
    std::chrono::milliseconds helloTimeout{10000};
    std::chrono::milliseconds comeback{600000}; ///< as RoomLimits::comeback
    channels::Clock clock = channels::steadyClock(); ///< for rates, and how long a link holds
};

/// One chat host's application: the one place for its routes, consumers and middlewares. Everything
/// passed by reference outlives it. `house` is the host's living state (rooms,
/// people). The web page is read from ":/web/".
channels::Application makeApplication(House &house, channels::ChannelLayer &layer, RoomLog &log,
                                      channels::Inspector &inspector, const ChatOptions &options);

/// For a channels::Worker, whatever its channels are called: says in a room what arrives there.
/// `layer` is the worker's.
channels::Application makeWorkerApplication(House &house, RoomLog &log,
                                            channels::ChannelLayer &layer);

} // namespace parlour::chat
