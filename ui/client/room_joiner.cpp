// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/room_joiner.h"

#include <algorithm>

namespace parlour::client {

RoomJoiner::RoomJoiner(std::chrono::milliseconds answerTimeout, QObject *parent)
    : QObject(parent)
{
    m_answer.setSingleShot(true);
    m_answer.setInterval(answerTimeout);
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, &RoomJoiner::askNext);
    connect(&m_answer, &QTimer::timeout, this, [this] {
        // Unanswered: to the end of the line, so that it does not hold up the others.
        if (m_wanted.removeOne(m_asked))
            m_wanted.append(m_asked);
        answered(m_asked);
    });
}

void RoomJoiner::want(const QString &room)
{
    if (!m_wanted.contains(room))
        m_wanted.append(room);
    askNext();
}

void RoomJoiner::forget(const QString &room)
{
    m_wanted.removeOne(room);
    m_inside.remove(room);
    answered(room);
}

void RoomJoiner::start()
{
    m_started = true;
    askNext();
}

void RoomJoiner::stop()
{
    m_started = false;
    m_inside.clear();
    m_asked.clear();
    m_answer.stop();
    m_pause.stop();
}

void RoomJoiner::progressed(const QString &room)
{
    if (room == m_asked && !m_asked.isEmpty())
        m_answer.start();
}

void RoomJoiner::again(const QString &room)
{
    m_inside.remove(room);
    answered(room);
    askNext();
}

void RoomJoiner::entered(const QString &room)
{
    if (!m_wanted.contains(room))
        m_wanted.append(room);
    m_inside.insert(room);
    answered(room);
}

void RoomJoiner::postpone(const QString &room, std::chrono::milliseconds delay)
{
    m_pause.start(delay);
    answered(room);
}

void RoomJoiner::askNext()
{
    if (!m_started || !m_asked.isEmpty() || m_pause.isActive())
        return;
    const auto next = std::find_if(m_wanted.cbegin(), m_wanted.cend(),
                                   [this](const QString &room) { return !isIn(room); });
    if (next == m_wanted.cend())
        return;
    m_asked = *next;
    m_answer.start();
    Q_EMIT joinDue(m_asked);
}

void RoomJoiner::answered(const QString &room)
{
    if (room != m_asked || m_asked.isEmpty())
        return;
    m_asked.clear();
    m_answer.stop();
    askNext();
}

} // namespace parlour::client
