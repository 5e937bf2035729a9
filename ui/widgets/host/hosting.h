// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/client_state.h"
#include "chat/frames.h"

#include <QDate>
#include <QMetaType>
#include <QString>
#include <QStringList>

namespace parlour::widgets {

/// What a person asks for who wants to host.
struct HostingRequest {
    QString title = {}; ///< what guests see; empty: the app finds one
    quint16 port = 8765; ///< 0: any that is free
    bool onNetwork = true; ///< false: this computer only

    friend bool operator==(const HostingRequest &, const HostingRequest &) = default;
};

/// The host found its history damaged, and some of it is gone.
struct HostingDamage {
    qint64 saved = 0; ///< messages
    QString file = {}; ///< where the rest is, in the host's folder; empty: there was no damage
    QDate keptUntil = {}; ///< when that goes

    friend bool operator==(const HostingDamage &, const HostingDamage &) = default;
};

/// What the hosting bar says of the host that runs in this app.
struct HostingState {
    QString title = {};
    QStringList addresses = {}; ///< as people type them, the best first
    QList<chat::Person> people = {}; ///< guests that are known by name; may be fewer than `guests`
    int guests = 0; ///< people but the host
    int inBrowser = 0; ///< of the guests
    chat::HostKey key = {}; ///< that guests see; empty: it has none
    bool isReadable = false; ///< reachable from the network, and not encrypted
    /// Why nothing can be said: disk_full, locked, read_only, corrupt, another; empty: it can.
    QString trouble = {};
    HostingDamage damage = {};

    friend bool operator==(const HostingState &, const HostingState &) = default;
};

} // namespace parlour::widgets

Q_DECLARE_METATYPE(parlour::widgets::HostingRequest)
Q_DECLARE_METATYPE(parlour::widgets::HostingState)
