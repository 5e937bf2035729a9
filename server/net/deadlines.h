// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/clock.h"

#include <QObject>
#include <QTimer>

#include <optional>
#include <set>
#include <utility>

namespace parlour::server {

/// One deadline for each of many connections behind one coarse timer; who has none costs nothing.
/// Lives in the server thread.
class Deadlines final : public QObject
{
    Q_OBJECT
public:
    using Time = std::chrono::steady_clock::time_point;

    class Owner
    {
    public:
        Owner() = default;
        Owner(const Owner &) = delete;
        Owner &operator=(const Owner &) = delete;
        virtual ~Owner();

        /// The deadline has passed, and is no longer set.
        virtual void deadlinePassed() = 0;

    private:
        friend class Deadlines;
        std::optional<Time> m_deadline;
    };

    explicit Deadlines(const channels::Clock &clock, QObject *parent = nullptr);

    /// Replaces the owner's earlier deadline.
    void set(Owner &owner, std::chrono::milliseconds fromNow);
    /// Every owner is cleared before it is destroyed.
    void clear(Owner &owner);
    /// Tells those whose time is up; called by the timer.
    void check();

Q_SIGNALS:
    void checked();

private:
    void schedule();

    const channels::Clock &m_clock; ///< outlives us
    std::set<std::pair<Time, Owner *>> m_owners;
    QTimer m_timer;
    Time m_next = Time::max(); ///< when the timer fires
};

} // namespace parlour::server
