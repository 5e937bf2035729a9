// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <deque>

namespace parlour::models {

/// Speed of a counter that only grows, over the last two seconds or so. A counter that falls
/// (another host answers at that address) starts anew.
class RateMeter
{
public:
    void add(qint64 msUtc, qint64 counter);
    /// Per second; 0 until there are two readings.
    double perSecond() const;

private:
    struct Reading {
        qint64 time;
        qint64 counter;
    };
    std::deque<Reading> m_readings;
};

} // namespace parlour::models
