// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QHash>
#include <QStringList>

#include <chrono>

namespace parlour::client {

/// How often the host is told that the person writes in a room: at once, again every three seconds
/// while that goes on, and when it ends. A value.
class TypingThrottle
{
public:
    static constexpr std::chrono::milliseconds Interval{3000}; ///< docs/protocol.md

    /// Whether the host is to be told now. `now`: of a clock that never goes back.
    bool note(const QString &room, bool isTyping, std::chrono::milliseconds now);
    /// Whoever was told has forgotten it.
    void reset() { m_told.clear(); }
    /// The rooms in which the host was told that the person writes; it is to be told the end.
    QStringList take();

private:
    QHash<QString, std::chrono::milliseconds> m_told; ///< when, by room
};

} // namespace parlour::client
