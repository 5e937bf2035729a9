// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/echo_book.h"

#include <iterator>
#include <utility>

namespace parlour::redis {

void EchoBook::expect(const QByteArray &stamp, const OwnMessage &message, Time now)
{
    m_awaited.push_back({stamp, message, now, false});
    m_places.insert(stamp, std::prev(m_awaited.end()));
    ++m_awaitedOf[message.group];
    if (size_t(m_places.size()) > MaxExpected) {
        auto &list = m_delivered.empty() ? m_awaited : m_delivered;
        uncount(list.front());
        m_places.remove(list.front().stamp);
        list.pop_front();
    }
}

std::optional<EchoBook::Echo> EchoBook::take(const QByteArray &stamp)
{
    const auto place = m_places.constFind(stamp);
    if (place == m_places.cend())
        return std::nullopt;
    const auto expected = *place;
    m_places.erase(place);
    uncount(*expected);
    Echo echo{std::move(expected->message), expected->isDelivered};
    (echo.isDelivered ? m_delivered : m_awaited).erase(expected);
    return echo;
}

std::optional<OwnMessage> EchoBook::takeInAdvance(const QByteArray &stamp)
{
    const auto place = m_places.constFind(stamp);
    if (place == m_places.cend() || (*place)->isDelivered)
        return std::nullopt;
    return deliver(*place);
}

std::vector<OwnMessage> EchoBook::takeInAdvance(Time expectedBy)
{
    std::vector<OwnMessage> messages;
    while (!m_awaited.empty() && m_awaited.front().since <= expectedBy)
        messages.push_back(deliver(m_awaited.begin()));
    return messages;
}

std::vector<OwnMessage> EchoBook::takeInAdvanceOf(const QString &group)
{
    std::vector<OwnMessage> messages;
    if (group.isEmpty())
        return messages;
    for (auto place = m_awaited.begin(); m_awaitedOf.contains(group);) {
        const auto expected = place++;
        if (expected->message.group == group)
            messages.push_back(deliver(expected));
    }
    return messages;
}

void EchoBook::forget(Time expectedBefore)
{
    while (!m_delivered.empty() && m_delivered.front().since < expectedBefore) {
        m_places.remove(m_delivered.front().stamp);
        m_delivered.pop_front();
    }
}

OwnMessage EchoBook::deliver(Place expected)
{
    uncount(*expected);
    expected->isDelivered = true;
    m_delivered.splice(m_delivered.end(), m_awaited, expected);
    return std::exchange(expected->message, {});
}

void EchoBook::uncount(const Expected &awaited)
{
    const auto count = m_awaitedOf.find(awaited.message.group);
    if (!awaited.isDelivered && --*count == 0)
        m_awaitedOf.erase(count);
}

} // namespace parlour::redis
