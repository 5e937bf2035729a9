// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QList>

namespace parlour::models {

/// The last five minutes of a value, one sample a second, the newest last. A second without data is
/// NaN: a gap in the line, not a zero. Pauses of up to three seconds are bridged.
class TimeSeries
{
public:
    static constexpr int MaxSamples = 300;

    void add(qint64 msUtc, double value);
    const QList<double> &samples() const { return m_samples; }
    void clear();

private:
    QList<double> m_samples;
    qint64 m_second = 0; ///< of the newest sample
};

} // namespace parlour::models
