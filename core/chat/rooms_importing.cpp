// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/rooms.h"

namespace parlour::chat {

using namespace Qt::StringLiterals;

std::optional<Error> Rooms::whyNoLog(const QString &title) const
{
    if (m_log.hasHistory(title))
        return Error{u"room_exists"_s,
                     u"Something was said in a room \"%1\" already."_s.arg(title)};
    const Room *room = find(title);
    if (!room && count() >= m_limits.all)
        return Error{u"too_many_rooms"_s, u"This host has no place for a further room."_s};
    return room && room->isListed() ? std::nullopt : whyNotListed({});
}

void Rooms::showLog(const QString &title, const QString &topic)
{
    if (!find(title) || !find(title)->isListed()) {
        (void)create(title, topic, {}); // it has a place
        return;
    }
    Room &room = *find(title);
    if (room.topic().isEmpty())
        room.m_topic = topic;
    keep(room);
    tell(room);
}

} // namespace parlour::chat
