// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/server_clock.h"

#include <QLocale>

#include <algorithm>

namespace parlour::redis {

namespace {
constexpr double Microsecond = 1e-6;
/// A server whose clock was so far ahead told a wrong time: what comes next is by the right one.
constexpr double MostAhead = 5;
} // namespace

ServerClock::ServerClock(std::function<double()> local)
    : m_local(std::move(local))
{
}

// It looked at its clock half way, as far as we can know.
void ServerClock::set(const RedisReply &answer, double asked)
{
    if (answer.elements.size() != 2)
        return;
    const double server = answer.elements.at(0).bytes.toDouble()
        + Microsecond * answer.elements.at(1).bytes.toDouble();
    if (server > 0)
        m_offset = server - (asked + m_local()) / 2;
}

double ServerClock::next()
{
    const double present = now();
    m_last = m_last > present + MostAhead ? present : std::max(present, m_last + Microsecond);
    return m_last;
}

QByteArray pythonFloat(double number)
{
    const QByteArray text = QByteArray::number(number, 'f', QLocale::FloatingPointShortest);
    return text.contains('.') ? text : text + ".0";
}

} // namespace parlour::redis
