// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/echo_book.h"

#include <iterator>
#include <utility>

namespace parlour::redis {

void EchoBook::expect(const QByteArray &stamp, const OwnMessage &message, Time now)
{
    m_expected.push_back({stamp, message, now, false});
    m_places.insert(stamp, std::prev(m_expected.end()));
    ++m_awaited;
    if (m_expected.size() > MaxExpected) {
        m_awaited -= m_expected.front().isDelivered ? 0 : 1;
        m_places.remove(m_expected.front().stamp);
        m_expected.pop_front();
    }
}

std::optional<EchoBook::Echo> EchoBook::take(const QByteArray &stamp)
{
    const auto place = m_places.constFind(stamp);
    if (place == m_places.cend())
        return std::nullopt;
    const auto expected = *place;
    m_places.erase(place);
    m_awaited -= expected->isDelivered ? 0 : 1;
    Echo echo{std::move(expected->message), expected->isDelivered};
    m_expected.erase(expected);
    return echo;
}

std::optional<OwnMessage> EchoBook::takeInAdvance(const QByteArray &stamp)
{
    const auto place = m_places.constFind(stamp);
    if (place == m_places.cend() || (*place)->isDelivered)
        return std::nullopt;
    return deliver(**place);
}

std::vector<OwnMessage> EchoBook::takeInAdvance(Time expectedBy)
{
    std::vector<OwnMessage> messages;
    for (Expected &expected : m_expected) {
        if (expected.since > expectedBy)
            break;
        if (!expected.isDelivered)
            messages.push_back(deliver(expected));
    }
    return messages;
}

void EchoBook::forget(Time expectedBefore)
{
    while (!m_expected.empty() && m_expected.front().isDelivered
           && m_expected.front().since < expectedBefore) {
        m_places.remove(m_expected.front().stamp);
        m_expected.pop_front();
    }
}

OwnMessage EchoBook::deliver(Expected &expected)
{
    expected.isDelivered = true;
    --m_awaited;
    return std::exchange(expected.message, {});
}

} // namespace parlour::redis
