// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/house_store.h"
#include "chat/room.h"
#include "chat/room_log.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <chrono>
#include <list>
#include <memory>
#include <optional>
#include <unordered_map>

namespace parlour::chat {

struct RoomLimits {
    int listed = 200;
    int listedPerPerson = 20; ///< of one creator, at a time
    /// Unlisted rooms that are empty and have history; beyond, the least recently left one is
    /// forgotten together with its log.
    int keptUnlisted = 1000;
    int all = 20000;
    /// How long, after a start, people have to come back to a room in which nothing was said yet.
    std::chrono::milliseconds comeback = std::chrono::minutes(10);
};

/// The rooms of a host: those that nobody in particular made stay, all others live while somebody
/// is in them or said something there. Those of the last start are there again. Lives in the server
/// thread.
class Rooms final : public QObject
{
    Q_OBJECT
public:
    /// `log` and `store` outlive it.
    Rooms(RoomLog &log, HouseStore &store, const RoomLimits &limits, QObject *parent = nullptr);
    ~Rooms() override;

    /// The room of this title (as checkRoomTitle() gives it), unlisted where there was none. It
    /// lives until nobody is in it at the end of a turn. Fails with too_many_rooms.
    Expected<Room *> open(const QString &title);
    /// A listed room; an unlisted one of the title becomes listed. Where the list is full, the one
    /// that stands empty for longest is listed no more. Fails with room_exists or
    /// too_many_rooms. An empty `creator` is nobody in particular: the room stays.
    Expected<Room *> create(const QString &title, const QString &topic, const QString &creator);
    /// Why a log cannot become that of the room of this title (room_exists, too_many_rooms);
    /// nothing: it can.
    std::optional<Error> whyNoLog(const QString &title) const;
    /// A log became that of the room of this title, which it could: the room is listed from now on,
    /// and told.
    void showLog(const QString &title, const QString &topic);
    void setTopic(Room &room, const QString &topic, const QString &by);

    RoomState state(const Room &room) const;
    QList<RoomState> listed() const;
    QList<Room *> all() const;
    /// Null: there is none of this title.
    Room *find(const QString &title) const;
    int count() const { return int(m_rooms.size()); }

Q_SIGNALS:
    /// A frame for everybody: a listed room is new or was closed, or its topic or number of people
    /// changed (numbers are told four times a second at most).
    void announced(const QByteArray &frame);
    void made(parlour::chat::Room *room);
    /// The room is there for the last time.
    void ending(parlour::chat::Room *room);

private:
    void bringBack(const KeptRoom &kept);
    Expected<Room *> make(const QString &title);
    void keep(const Room &room);
    void makePlaceInTheList(const QString &creator);
    qsizetype listedOf(const QString &creator) const;
    std::optional<Error> whyNotListed(const QString &creator) const;
    void unlist(const QString &title);
    void tell(const Room &room);
    void tellNumbers();
    void occupied(const QString &title, bool isOccupied);
    void tidy();
    void forget(const QString &title);

    RoomLog &m_log;
    HouseStore &m_store;
    RoomLimits m_limits;
    std::unordered_map<QString, std::unique_ptr<Room>> m_rooms;
    QStringList m_listed; ///< in the order of their making
    QStringList m_idle; ///< listed, made by a person, empty, with history; the longest left first
    QHash<QString, quint64> m_emptied; ///< since the last tidying, numbered in their order
    quint64 m_emptyings = 0;
    std::list<QString> m_kept; ///< unlisted, empty, with history; the longest left first
    QHash<QString, std::list<QString>::iterator> m_keptByTitle;
    QTimer m_tidying;
    QSet<QString> m_otherNumbers; ///< rooms with another number of people than was told
    QTimer m_tellingNumbers;
};

} // namespace parlour::chat
