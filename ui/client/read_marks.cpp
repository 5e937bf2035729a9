// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/read_marks.h"

namespace parlour::client {

using chat::Position;

bool ReadMarks::see(const QString &room, const Position &position)
{
    const auto known = m_read.constFind(room);
    const bool isBehind = known != m_read.cend() && known->epoch == position.epoch
        && position.number <= known->number;
    if (isBehind || position.epoch.isEmpty())
        return false;
    m_read.insert(room, position);
    m_untold.insert(room);
    return true;
}

bool ReadMarks::hear(const QString &room, const Position &position, const QString &epoch)
{
    const auto known = m_read.constFind(room);
    if (known != m_read.cend()) {
        const bool isBehind = known->epoch == position.epoch ? position.number <= known->number
                                                             : known->epoch == epoch;
        if (isBehind)
            return false;
    }
    m_read.insert(room, position);
    m_untold.remove(room);
    return true;
}

void ReadMarks::tellAgain(const QString &room, const std::optional<Position> &known,
                          const QString &epoch)
{
    if (const auto own = of(room); own && own->epoch == epoch && own != known)
        m_untold.insert(room);
}

void ReadMarks::restore(const QString &room, const Position &position)
{
    m_read.insert(room, position);
}

void ReadMarks::forget(const QString &room)
{
    m_read.remove(room);
    m_untold.remove(room);
}

std::optional<Position> ReadMarks::of(const QString &room) const
{
    const auto known = m_read.constFind(room);
    return known == m_read.cend() ? std::nullopt : std::optional(*known);
}

QList<chat::ReadFrame> ReadMarks::take(const QSet<QString> &rooms)
{
    QList<chat::ReadFrame> due;
    const QSet<QString> ready = QSet<QString>(m_untold).intersect(rooms);
    for (const QString &room : ready) {
        due.append({room, m_read.value(room)});
        m_untold.remove(room);
    }
    return due;
}

} // namespace parlour::client
