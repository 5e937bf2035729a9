// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/client_state.h"
#include "chat/frames.h"

#include <QAbstractItemModel>

#include <memory>
#include <vector>

namespace parlour::models {

struct HostRow;
struct RoomRow;

/// Hosts and their rooms: two levels, in the order they came. Told plain values by the app; a host
/// or room that it does not know is passed over. Lives in the window's thread.
class RoomTreeModel final : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Role {
        TitleRole = Qt::UserRole, ///< of host or room, QString
        TopicRole, ///< of a room
        UnreadRole, ///< messages not seen, int
        PeopleRole, ///< people in the room, int
        JoinedRole, ///< whether we are in the room
        ListedRole, ///< whether everybody sees the room
        IsHostRole, ///< a host; else a room
        HostedHereRole, ///< the host runs in this app
        LinkRole, ///< chat::Link of the row's host
        HostIdRole, ///< of the row's host
        RoomIdRole, ///< of a room
        CatchingUpRole, ///< whether what was missed in the room, or one of the host's, still comes
        WaitingRole, ///< own messages of a room that wait for the host, int
        MentionsRole, ///< messages not seen that name the person, int
        FailedRole, ///< own messages of a room that could not be sent, int
        RetryRole, ///< ms until the row's host is tried again, int; goes down untold
        DraftRole, ///< bool: something was typed in the room and not said
        PendingRole, ///< as WaitingRole, and those that are just being sent, int
    };

    /// Rooms of one host at most; what a host names beyond them is left out and counted.
    static constexpr int MaxRooms = 1000;
    static constexpr int MaxHosts = 100;

    explicit RoomTreeModel(QObject *parent = nullptr);
    ~RoomTreeModel() override;

    void addHost(const QString &hostId, const QString &title);
    void removeHost(const QString &hostId);
    void setHostTitle(const QString &hostId, const QString &title);
    void setHostedHere(const QString &hostId, bool isHere);
    void setLink(const QString &hostId, const chat::Link &link);

    /// Adds the room, or changes what is known of it.
    void setRoom(const QString &hostId, const chat::RoomState &room);
    void removeRoom(const QString &hostId, const QString &room);
    void setJoined(const QString &hostId, const QString &room, bool isJoined);
    /// `mentions`: how many of them name the person.
    void setUnread(const QString &hostId, const QString &room, int count, int mentions = 0);
    void setDraft(const QString &hostId, const QString &room, bool hasDraft);

    void setCatchingUp(const QString &hostId, const QString &room, bool isCatchingUp);
    /// Own messages that are not sent yet.
    void setWaiting(const QString &hostId, const QString &room, int count);
    /// Own messages that could not be sent.
    void setFailed(const QString &hostId, const QString &room, int count);

    /// Messages not seen in all rooms.
    int unread() const;
    /// Hosts and rooms that found no place.
    int leftOut() const { return m_leftOut; }
    /// Row of a host, or of one of its rooms; invalid where there is none.
    QModelIndex indexOf(const QString &hostId, const QString &room = {}) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QHash<int, QByteArray> roleNames() const override;

private:
    int rowOf(const QString &hostId) const;
    HostRow *hostOf(const QString &hostId) const;
    RoomRow *roomOf(const QString &hostId, const QString &room) const;
    void announce(const QModelIndex &index);

    std::vector<std::unique_ptr<HostRow>> m_hosts;
    int m_leftOut = 0;
};

} // namespace parlour::models
