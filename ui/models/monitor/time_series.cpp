// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "models/monitor/time_series.h"

#include <algorithm>
#include <limits>

namespace parlour::models {

namespace {

constexpr qint64 BridgedSeconds = 3;

} // namespace

void TimeSeries::add(qint64 msUtc, double value)
{
    const qint64 second = msUtc / 1000;
    if (!m_samples.isEmpty() && second < m_second)
        m_samples.clear(); // the host's clock was set back
    if (m_samples.isEmpty() || second > m_second) {
        if (!m_samples.isEmpty()) {
            const qint64 missing = second - m_second - 1;
            const double filler = missing < BridgedSeconds
                ? m_samples.constLast()
                : std::numeric_limits<double>::quiet_NaN();
            m_samples.resize(m_samples.size() + std::min<qint64>(missing, MaxSamples), filler);
        }
        m_samples.append(value);
    } else {
        m_samples.last() = value;
    }
    m_second = second;
    if (m_samples.size() > MaxSamples)
        m_samples.remove(0, m_samples.size() - MaxSamples);
}

void TimeSeries::clear()
{
    m_samples.clear();
}

} // namespace parlour::models
