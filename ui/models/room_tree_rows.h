// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/client_state.h"
#include "chat/frames.h"

#include <QDeadlineTimer>
#include <QVariant>

#include <vector>

namespace parlour::models {

/// What RoomTreeModel knows of a room.
struct RoomRow {
    chat::RoomState state;
    int unread = 0;
    int mentions = 0; ///< among the unread
    bool hasDraft = false;
    bool isJoined = false;
    bool isCatchingUp = false;
    int waiting = 0;
    int failed = 0;
};

/// What RoomTreeModel knows of a host.
struct HostRow {
    QString id;
    QString title;
    chat::Link link;
    QDeadlineTimer retryAt = {}; ///< while it is Waiting
    bool isHere = false;
    std::vector<RoomRow> rooms;

    /// Of the room of that name; -1: none.
    int rowOf(const QString &room) const;
};

/// Values by the roles of RoomTreeModel.
QVariant dataOf(const HostRow &host, int role);
QVariant dataOf(const HostRow &host, const RoomRow &room, int role);

} // namespace parlour::models
