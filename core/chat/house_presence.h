// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/presence_messages.h"
#include "chat/rooms.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

namespace parlour::chat {

/// Who is in this house's rooms, as other hosts are told. What happens within a moment is told as
/// one. Lives in the server thread; the rooms outlive it.
class HousePresence final : public QObject
{
    Q_OBJECT
public:
    HousePresence(Rooms &rooms, std::chrono::milliseconds changeDelay);

    /// Tells what is still to be told (changed()), so that all() is the sum of it.
    void tellNow();
    QList<RoomPresence> all() const;

Q_SIGNALS:
    void changed(const QList<parlour::chat::RoomPresence> &rooms);

private:
    void watch(Room &room);
    void notice(const QString &room, const QString &id);
    RoomPresence differences(const QString &title, const QSet<QString> &ids);

    Rooms &m_rooms;
    QTimer m_telling;
    QHash<QString, QHash<QString, Person>> m_told; ///< by room and id
    QHash<QString, QSet<QString>> m_changed; ///< ids by room
};

} // namespace parlour::chat
