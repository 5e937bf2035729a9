// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "models/room_tree_rows.h"

#include "models/room_tree_model.h"

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

namespace parlour::models {

namespace {

/// Whether messages wait for something that takes longer than their sending does.
bool isWaiting(const HostRow &host, const RoomRow &room)
{
    return room.waiting > 0 && (host.link.state != chat::LinkState::Online || room.isCatchingUp);
}

QString spokenHost(const HostRow &host)
{
    QStringList parts{host.title};
    if (host.isHere) {
        parts << RoomTreeModel::tr("hosted here");
    }
    switch (host.link.state) {
    case chat::LinkState::Offline:
        parts << RoomTreeModel::tr("not connected");
        break;
    case chat::LinkState::Connecting:
        parts << RoomTreeModel::tr("connecting");
        break;
    case chat::LinkState::Online:
        if (dataOf(host, RoomTreeModel::CatchingUpRole).toBool()) {
            parts << RoomTreeModel::tr("catching up");
        }
        break;
    case chat::LinkState::Waiting:
        parts << RoomTreeModel::tr("reconnecting");
        break;
    case chat::LinkState::Refused:
        parts << RoomTreeModel::tr("refused");
        break;
    }
    return parts.join(", "_L1);
}

/// Until the next try; 0: it is made, or there is none.
int millisecondsLeft(const HostRow &host)
{
    const bool isWaiting = host.link.state == chat::LinkState::Waiting;
    return isWaiting ? int(host.retryAt.remainingTime()) : 0;
}

/// Said beside the name: it changes, and is no part of what the row is called.
QString describedHost(const HostRow &host)
{
    if (host.link.state != chat::LinkState::Waiting)
        return {};
    const int seconds = (millisecondsLeft(host) + 999) / 1000;
    return seconds > 0 ? RoomTreeModel::tr("next try in %n s", nullptr, seconds)
                       : RoomTreeModel::tr("trying now");
}

QString spokenRoom(const HostRow &host, const RoomRow &room)
{
    QStringList parts{room.state.title};
    if (room.unread > 0) {
        parts << RoomTreeModel::tr("%n unread", nullptr, room.unread);
    }
    if (room.mentions > 0) {
        parts << RoomTreeModel::tr("%n mentions", nullptr, room.mentions);
    }
    if (room.hasDraft) {
        parts << RoomTreeModel::tr("draft");
    }
    if (room.failed > 0) {
        parts << RoomTreeModel::tr("%n not sent", nullptr, room.failed);
    }
    if (isWaiting(host, room)) {
        parts << RoomTreeModel::tr("%n waiting", "messages that are not sent", room.waiting);
    }
    parts << host.title;
    if (host.isHere) {
        parts << RoomTreeModel::tr("hosted here");
    }
    return parts.join(", "_L1);
}

} // namespace

int HostRow::rowOf(const QString &room) const
{
    const auto found =
        std::ranges::find(rooms, room, [](const RoomRow &r) { return r.state.room; });
    return found == rooms.end() ? -1 : static_cast<int>(found - rooms.begin());
}

QVariant dataOf(const HostRow &host, int role)
{
    switch (role) {
    case Qt::DisplayRole:
    case RoomTreeModel::TitleRole:
        return host.title;
    case Qt::AccessibleTextRole:
        return spokenHost(host);
    case Qt::AccessibleDescriptionRole:
        return describedHost(host);
    case RoomTreeModel::RetryRole:
        return millisecondsLeft(host);
    case RoomTreeModel::UnreadRole:
        return std::accumulate(host.rooms.begin(), host.rooms.end(), 0,
                               [](int sum, const RoomRow &room) { return sum + room.unread; });
    case RoomTreeModel::CatchingUpRole:
        return std::ranges::any_of(host.rooms, &RoomRow::isCatchingUp);
    case RoomTreeModel::IsHostRole:
        return true;
    case RoomTreeModel::HostedHereRole:
        return host.isHere;
    case RoomTreeModel::LinkRole:
        return QVariant::fromValue(host.link);
    case RoomTreeModel::HostIdRole:
        return host.id;
    default:
        return {};
    }
}

QVariant dataOf(const HostRow &host, const RoomRow &room, int role)
{
    switch (role) {
    case Qt::DisplayRole:
    case RoomTreeModel::TitleRole:
        return room.state.title;
    case Qt::AccessibleTextRole:
        return spokenRoom(host, room);
    case RoomTreeModel::TopicRole:
        return room.state.topic;
    case RoomTreeModel::UnreadRole:
        return room.unread;
    case RoomTreeModel::MentionsRole:
        return room.mentions;
    case RoomTreeModel::DraftRole:
        return room.hasDraft;
    case RoomTreeModel::CatchingUpRole:
        return room.isCatchingUp;
    case RoomTreeModel::WaitingRole:
        return isWaiting(host, room) ? room.waiting : 0;
    case RoomTreeModel::PendingRole:
        return room.waiting;
    case RoomTreeModel::FailedRole:
        return room.failed;
    case RoomTreeModel::PeopleRole:
        return room.state.people;
    case RoomTreeModel::JoinedRole:
        return room.isJoined;
    case RoomTreeModel::ListedRole:
        return room.state.listed;
    case RoomTreeModel::IsHostRole:
        return false;
    case RoomTreeModel::RoomIdRole:
        return room.state.room;
    case RoomTreeModel::HostedHereRole:
    case RoomTreeModel::LinkRole:
    case RoomTreeModel::RetryRole:
    case RoomTreeModel::HostIdRole:
        return dataOf(host, role);
    default:
        return {};
    }
}

} // namespace parlour::models
