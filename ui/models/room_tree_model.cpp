// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "models/room_tree_model.h"

#include "models/room_tree_rows.h"

#include <algorithm>

namespace parlour::models {

RoomTreeModel::RoomTreeModel(QObject *parent)
    : QAbstractItemModel(parent)
{
}

RoomTreeModel::~RoomTreeModel() = default;

void RoomTreeModel::addHost(const QString &hostId, const QString &title)
{
    if (rowOf(hostId) >= 0) {
        setHostTitle(hostId, title);
        return;
    }
    const int row = static_cast<int>(m_hosts.size());
    if (row >= MaxHosts) {
        ++m_leftOut;
        return;
    }
    auto host = std::make_unique<HostRow>();
    host->id = hostId;
    host->title = title;
    beginInsertRows({}, row, row);
    m_hosts.push_back(std::move(host));
    endInsertRows();
}

void RoomTreeModel::removeHost(const QString &hostId)
{
    const int row = rowOf(hostId);
    if (row < 0) {
        return;
    }
    beginRemoveRows({}, row, row);
    m_hosts.erase(m_hosts.begin() + row);
    endRemoveRows();
}

void RoomTreeModel::setHostTitle(const QString &hostId, const QString &title)
{
    HostRow *host = hostOf(hostId);
    if (host != nullptr && host->title != title) {
        host->title = title;
        announce(indexOf(hostId));
    }
}

void RoomTreeModel::setHostedHere(const QString &hostId, bool isHere)
{
    HostRow *host = hostOf(hostId);
    if (host != nullptr && host->isHere != isHere) {
        host->isHere = isHere;
        announce(indexOf(hostId));
    }
}

void RoomTreeModel::setLink(const QString &hostId, const chat::Link &link)
{
    HostRow *host = hostOf(hostId);
    if (host != nullptr && host->link != link) {
        host->link = link;
        host->retryAt = QDeadlineTimer(link.retryIn);
        const QModelIndex row = indexOf(hostId);
        announce(row);
        if (!host->rooms.empty()) // what waits is shown where the link is lost
            Q_EMIT dataChanged(index(0, 0, row), index(rowCount(row) - 1, 0, row),
                               {WaitingRole, Qt::AccessibleTextRole});
    }
}

void RoomTreeModel::setRoom(const QString &hostId, const chat::RoomState &room)
{
    HostRow *host = hostOf(hostId);
    if (host == nullptr) {
        return;
    }
    if (RoomRow *known = roomOf(hostId, room.room)) {
        if (known->state != room) {
            known->state = room;
            announce(indexOf(hostId, room.room));
        }
        return;
    }
    const int row = static_cast<int>(host->rooms.size());
    if (row >= MaxRooms) {
        ++m_leftOut;
        return;
    }
    beginInsertRows(indexOf(hostId), row, row);
    host->rooms.push_back({.state = room, .unread = 0, .isJoined = false});
    endInsertRows();
}

void RoomTreeModel::removeRoom(const QString &hostId, const QString &room)
{
    HostRow *host = hostOf(hostId);
    const int row = host == nullptr ? -1 : host->rowOf(room);
    if (row < 0) {
        return;
    }
    beginRemoveRows(indexOf(hostId), row, row);
    host->rooms.erase(host->rooms.begin() + row);
    endRemoveRows();
}

void RoomTreeModel::setJoined(const QString &hostId, const QString &room, bool isJoined)
{
    RoomRow *known = roomOf(hostId, room);
    if (known != nullptr && known->isJoined != isJoined) {
        known->isJoined = isJoined;
        if (!isJoined) { // nothing is to be sent there any more
            known->waiting = known->failed = 0;
            known->hasDraft = false;
        }
        announce(indexOf(hostId, room));
    }
}

void RoomTreeModel::setUnread(const QString &hostId, const QString &room, int count, int mentions)
{
    RoomRow *known = roomOf(hostId, room);
    if (known != nullptr && (known->unread != count || known->mentions != mentions)) {
        known->unread = count;
        known->mentions = mentions;
        announce(indexOf(hostId, room));
    }
}

void RoomTreeModel::setDraft(const QString &hostId, const QString &room, bool hasDraft)
{
    RoomRow *known = roomOf(hostId, room);
    if (known != nullptr && known->hasDraft != hasDraft) {
        known->hasDraft = hasDraft;
        announce(indexOf(hostId, room));
    }
}

void RoomTreeModel::setCatchingUp(const QString &hostId, const QString &room, bool isCatchingUp)
{
    RoomRow *known = roomOf(hostId, room);
    if (known != nullptr && known->isCatchingUp != isCatchingUp) {
        known->isCatchingUp = isCatchingUp;
        announce(indexOf(hostId, room));
        announce(indexOf(hostId));
    }
}

void RoomTreeModel::setWaiting(const QString &hostId, const QString &room, int count)
{
    RoomRow *known = roomOf(hostId, room);
    if (known != nullptr && known->waiting != count) {
        known->waiting = count;
        announce(indexOf(hostId, room));
    }
}

void RoomTreeModel::setFailed(const QString &hostId, const QString &room, int count)
{
    RoomRow *known = roomOf(hostId, room);
    if (known != nullptr && known->failed != count) {
        known->failed = count;
        announce(indexOf(hostId, room));
    }
}

int RoomTreeModel::unread() const
{
    int sum = 0;
    for (const auto &host : m_hosts) {
        for (const RoomRow &room : host->rooms) {
            sum += room.unread;
        }
    }
    return sum;
}

QModelIndex RoomTreeModel::indexOf(const QString &hostId, const QString &room) const
{
    const int hostRow = rowOf(hostId);
    if (hostRow < 0) {
        return {};
    }
    const QModelIndex host = createIndex(hostRow, 0);
    if (room.isEmpty()) {
        return host;
    }
    const int row = m_hosts[static_cast<size_t>(hostRow)]->rowOf(room);
    return row < 0 ? QModelIndex() : index(row, 0, host);
}

// A room's index points at its host, which stays where it is as long as it lives; a host's at
// nothing.
QModelIndex RoomTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent)) {
        return {};
    }
    return parent.isValid()
        ? createIndex(row, column, m_hosts[static_cast<size_t>(parent.row())].get())
        : createIndex(row, column);
}

QModelIndex RoomTreeModel::parent(const QModelIndex &child) const
{
    const auto *host = static_cast<const HostRow *>(child.constInternalPointer());
    return host == nullptr ? QModelIndex() : indexOf(host->id);
}

int RoomTreeModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid()) {
        return static_cast<int>(m_hosts.size());
    }
    if (parent.internalPointer() != nullptr) {
        return 0;
    }
    return static_cast<int>(m_hosts[static_cast<size_t>(parent.row())]->rooms.size());
}

int RoomTreeModel::columnCount(const QModelIndex & /*parent*/) const
{
    return 1;
}

QVariant RoomTreeModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const auto *host = static_cast<const HostRow *>(index.constInternalPointer());
    return host == nullptr ? dataOf(*m_hosts[static_cast<size_t>(index.row())], role)
                           : dataOf(*host, host->rooms[static_cast<size_t>(index.row())], role);
}

QHash<int, QByteArray> RoomTreeModel::roleNames() const
{
    return {{Qt::DisplayRole, "display"},
            {TitleRole, "title"},
            {TopicRole, "topic"},
            {UnreadRole, "unread"},
            {PeopleRole, "people"},
            {JoinedRole, "joined"},
            {ListedRole, "listed"},
            {IsHostRole, "isHost"},
            {HostedHereRole, "hostedHere"},
            {LinkRole, "link"},
            {HostIdRole, "hostId"},
            {RoomIdRole, "roomId"},
            {CatchingUpRole, "catchingUp"},
            {WaitingRole, "waiting"},
            {MentionsRole, "mentions"},
            {FailedRole, "failed"},
            {DraftRole, "draft"}};
}

int RoomTreeModel::rowOf(const QString &hostId) const
{
    const auto found =
        std::ranges::find(m_hosts, hostId, [](const auto &host) { return host->id; });
    return found == m_hosts.end() ? -1 : static_cast<int>(found - m_hosts.begin());
}

HostRow *RoomTreeModel::hostOf(const QString &hostId) const
{
    const int row = rowOf(hostId);
    return row < 0 ? nullptr : m_hosts[static_cast<size_t>(row)].get();
}

RoomRow *RoomTreeModel::roomOf(const QString &hostId, const QString &room) const
{
    HostRow *host = hostOf(hostId);
    const int row = host == nullptr ? -1 : host->rowOf(room);
    return row < 0 ? nullptr : &host->rooms[static_cast<size_t>(row)];
}

void RoomTreeModel::announce(const QModelIndex &index)
{
    Q_EMIT dataChanged(index, index);
}

} // namespace parlour::models
