// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/number_ranges.h"

#include <algorithm>

namespace parlour::chat {

void NumberRanges::add(const Range &range)
{
    if (range.first < 1 || range.last < range.first)
        return;
    Range whole = range;
    auto at = std::find_if(m_ranges.begin(), m_ranges.end(),
                           [&](const Range &known) { return known.last >= range.first - 1; });
    while (at != m_ranges.end() && at->first - 1 <= range.last) {
        whole = {std::min(whole.first, at->first), std::max(whole.last, at->last)};
        at = m_ranges.erase(at);
    }
    m_ranges.insert(at, whole);
}

bool NumberRanges::hold(qint64 first, qint64 last) const
{
    return std::any_of(m_ranges.begin(), m_ranges.end(), [&](const Range &known) {
        return known.first <= first && last <= known.last;
    });
}

void NumberRanges::dropBefore(qint64 number)
{
    m_ranges.removeIf([&](const Range &known) { return known.last < number; });
    if (!m_ranges.isEmpty() && m_ranges.constFirst().first < number)
        m_ranges.first().first = number;
}

qint64 NumberRanges::lastFrom(qint64 number) const
{
    const auto range = std::find_if(m_ranges.begin(), m_ranges.end(), [&](const Range &known) {
        return known.first <= number && number <= known.last;
    });
    return range == m_ranges.end() ? 0 : range->last;
}

void NumberRanges::dropAfter(qint64 number)
{
    m_ranges.removeIf([&](const Range &known) { return known.first > number; });
    if (!m_ranges.isEmpty() && m_ranges.constLast().last > number)
        m_ranges.last().last = number;
}

} // namespace parlour::chat
