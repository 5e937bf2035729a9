// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/frames.h"

#include <QHash>
#include <QSet>

#include <optional>

namespace parlour::client {

/// Up to where the person has read each room, here or on another device, and what the host has yet
/// to hear of it. Never goes back within an epoch. A value.
class ReadMarks
{
public:
    /// The person has seen it here. False: no news.
    bool see(const QString &room, const chat::Position &position);
    /// The host says so; `epoch` is that of the room's log now. False: no news.
    bool hear(const QString &room, const chat::Position &position, const QString &epoch);
    /// What the host knows of this room: it is to hear what is known here beyond that of `epoch`.
    void tellAgain(const QString &room, const std::optional<chat::Position> &known,
                   const QString &epoch);
    /// As it was kept.
    void restore(const QString &room, const chat::Position &position);
    void forget(const QString &room);

    std::optional<chat::Position> of(const QString &room) const;
    /// What the host has yet to hear of these rooms; it counts as told then.
    QList<chat::ReadFrame> take(const QSet<QString> &rooms);

private:
    QHash<QString, chat::Position> m_read;
    QSet<QString> m_untold;
};

} // namespace parlour::client
