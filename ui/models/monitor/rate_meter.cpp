// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "models/monitor/rate_meter.h"

namespace parlour::models {

namespace {

constexpr qint64 WindowMs = 2000;
constexpr std::size_t MaxReadings = 32; // a feed faster than agreed must not grow it

} // namespace

void RateMeter::add(qint64 msUtc, qint64 counter)
{
    if (!m_readings.empty()) {
        const Reading &last = m_readings.back();
        if (counter < last.counter || msUtc < last.time)
            m_readings.clear();
        else if (msUtc == last.time)
            m_readings.pop_back();
    }
    m_readings.push_back({msUtc, counter});
    // One reading at or before the window's start stays: with one snapshot a second there would
    // else be nothing to compare with.
    while (m_readings.size() > 2 && m_readings[1].time <= msUtc - WindowMs)
        m_readings.pop_front();
    while (m_readings.size() > MaxReadings)
        m_readings.pop_front();
}

double RateMeter::perSecond() const
{
    if (m_readings.size() < 2)
        return 0;
    const Reading &first = m_readings.front();
    const Reading &last = m_readings.back();
    return (double(last.counter) - double(first.counter)) * 1000.0
        / (double(last.time) - double(first.time));
}

} // namespace parlour::models
