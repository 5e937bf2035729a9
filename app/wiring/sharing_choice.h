// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "wiring/sharing.h"

#include <chrono>

namespace parlour::wiring {

struct HostConfig;

/// How the person wants the rooms to be shared, as it is kept. Whoever has it has a secret.
struct SharingChoice {
    bool isOn = false;
    QString addresses; ///< of Redis servers, apart by spaces; empty: the one of this machine
    QString layer = QStringLiteral("redis-pubsub"); ///< as --layer takes it
    QString prefix = QStringLiteral("asgi");
    int capacity = 100; ///< messages that wait for one reader
    std::chrono::seconds expiry{60}; ///< how long a message is kept
    QString key; ///< that encrypts the messages; empty: none

    friend bool operator==(const SharingChoice &, const SharingChoice &) = default;
};

/// What the command line says already, and so rules over the choice.
struct SharingGiven {
    bool sharing = false; ///< whether and how the rooms are shared
    bool capacity = false;
    bool expiry = false;
};

/// The choice as a host takes it, on or off. Fails as --redis and the others do, without their
/// names: the words are about what was chosen.
channels::Expected<Sharing> sharingOf(const SharingChoice &choice);

/// Puts it into `config` where nothing is given. Fails as sharingOf().
channels::Expected<void> applySharing(const SharingChoice &choice, const SharingGiven &given,
                                      HostConfig &config);

} // namespace parlour::wiring
