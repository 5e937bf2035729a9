// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/deadlines.h"

#include <algorithm>

namespace parlour::server {

using namespace std::chrono_literals;

namespace {
constexpr auto Coarseness = 100ms; ///< deadlines are told at most this much late
}

Deadlines::Owner::~Owner() = default;

Deadlines::Deadlines(const channels::Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::CoarseTimer);
    connect(&m_timer, &QTimer::timeout, this, &Deadlines::check);
}

void Deadlines::set(Owner &owner, std::chrono::milliseconds fromNow)
{
    clear(owner);
    owner.m_deadline = m_clock() + std::max(fromNow, 1ms);
    m_owners.emplace(*owner.m_deadline, &owner);
    if (*owner.m_deadline < m_next)
        schedule();
}

void Deadlines::clear(Owner &owner)
{
    if (owner.m_deadline)
        m_owners.erase({*owner.m_deadline, &owner});
    owner.m_deadline.reset();
}

void Deadlines::check()
{
    const Time now = m_clock();
    while (!m_owners.empty() && m_owners.begin()->first <= now) {
        Owner &owner = *m_owners.begin()->second;
        clear(owner);
        owner.deadlinePassed();
    }
    schedule();
    Q_EMIT checked();
}

void Deadlines::schedule()
{
    if (m_owners.empty()) {
        m_next = Time::max();
        m_timer.stop();
        return;
    }
    m_next = m_owners.begin()->first + Coarseness;
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(m_next - m_clock());
    m_timer.start(std::max(wait, 1ms));
}

} // namespace parlour::server
