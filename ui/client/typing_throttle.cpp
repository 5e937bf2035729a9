// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/typing_throttle.h"

namespace parlour::client {

bool TypingThrottle::note(const QString &room, bool isTyping, std::chrono::milliseconds now)
{
    if (!isTyping)
        return m_told.remove(room);
    const auto told = m_told.constFind(room);
    if (told != m_told.cend() && now - *told < Interval)
        return false;
    m_told.insert(room, now);
    return true;
}

QStringList TypingThrottle::take()
{
    const QStringList rooms = m_told.keys();
    m_told.clear();
    return rooms;
}

} // namespace parlour::client
