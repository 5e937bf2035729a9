// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/pending_echoes.h"

#include <algorithm>
#include <utility>

namespace parlour::redis {

namespace {

void removeFrom(std::deque<quint64> &numbers, quint64 number)
{
    const auto place = std::find(numbers.begin(), numbers.end(), number);
    if (place != numbers.end())
        numbers.erase(place);
}

// No name has a line feed in it.
QByteArray keyOf(const QByteArray &name, const QByteArray &payload)
{
    return name + '\n' + payload;
}

} // namespace

quint64 PendingEchoes::expect(const Own &own, const QByteArray &payload, Time now, bool isDelivered)
{
    Pending pending{own, keyOf(own.name, payload), now, isDelivered};
    auto &numbers = m_numbers[pending.key];
    (isDelivered ? numbers.delivered : numbers.undelivered).push_back(++m_last);
    m_pending.emplace(m_last, std::move(pending));
    return m_last;
}

std::optional<std::vector<PendingEchoes::Own>> PendingEchoes::take(const QByteArray &name,
                                                                   const QByteArray &payload)
{
    const auto numbers = m_numbers.constFind(keyOf(name, payload));
    if (numbers == m_numbers.cend())
        return std::nullopt;
    const auto &first = numbers->undelivered.empty() ? numbers->delivered : numbers->undelivered;
    return giveUp(first.front());
}

// Redis keeps the order of what one connection publishes, and so do we.
std::vector<PendingEchoes::Own> PendingEchoes::giveUp(quint64 number)
{
    const auto place = m_pending.find(number);
    if (place == m_pending.end())
        return {};
    auto due = place->second.isDelivered ? std::vector<Own>() : takeInAdvance(number);
    erase(place);
    return due;
}

void PendingEchoes::answered(quint64 number)
{
    if (const auto place = m_pending.find(number); place != m_pending.end())
        end(place->second, Stage::Answered);
}

std::vector<PendingEchoes::Own> PendingEchoes::interrupted(quint64 number)
{
    const auto place = m_pending.find(number);
    if (place == m_pending.end())
        return {};
    end(place->second, Stage::Interrupted);
    return place->second.isDelivered ? std::vector<Own>() : takeInAdvance(number);
}

std::vector<PendingEchoes::Own> PendingEchoes::takeInAdvance(quint64 last)
{
    std::vector<Own> due;
    const auto end = m_pending.upper_bound(last);
    for (auto place = m_pending.begin(); place != end; ++place) {
        if (place->second.isDelivered)
            continue;
        markDelivered(place);
        due.push_back(place->second.own);
    }
    return due;
}

void PendingEchoes::markDelivered(Place place)
{
    auto &[number, pending] = *place;
    pending.isDelivered = true;
    auto &numbers = m_numbers[pending.key];
    removeFrom(numbers.undelivered, number);
    numbers.delivered.push_back(number);
}

bool PendingEchoes::hasWaitedSince(Time time) const
{
    const auto first = std::find_if(m_pending.begin(), m_pending.end(),
                                    [](const auto &entry) { return !entry.second.isDelivered; });
    return first != m_pending.end() && first->second.since <= time;
}

std::vector<PendingEchoes::Own> PendingEchoes::lineLost()
{
    auto due = takeInAdvance();
    for (auto place = m_pending.begin(); place != m_pending.end();) {
        place->second.isInRound = false;
        place = place->second.stage == Stage::Answered ? erase(place) : std::next(place);
    }
    return due;
}

void PendingEchoes::beginRound()
{
    for (auto &[number, pending] : m_pending)
        pending.isInRound = pending.stage != Stage::Sent;
}

std::vector<PendingEchoes::Own> PendingEchoes::endRound()
{
    quint64 lastDue = 0;
    for (auto &[number, pending] : m_pending) {
        pending.rounds += pending.isInRound ? 1 : 0;
        if (pending.isDone() && !pending.isDelivered)
            lastDue = number;
    }
    auto due = takeInAdvance(lastDue);
    for (auto place = m_pending.begin(); place != m_pending.end();)
        place = place->second.isDone() ? erase(place) : std::next(place);
    return due;
}

bool PendingEchoes::Pending::isDone() const
{
    return rounds >= (stage == Stage::Interrupted ? 2 : 1);
}

void PendingEchoes::end(Pending &pending, Stage stage)
{
    m_ended += pending.stage == Stage::Sent ? 1 : 0;
    pending.stage = stage;
}

PendingEchoes::Place PendingEchoes::erase(Place place)
{
    const Pending &pending = place->second;
    const auto numbers = m_numbers.find(pending.key);
    removeFrom(pending.isDelivered ? numbers->delivered : numbers->undelivered, place->first);
    if (numbers->delivered.empty() && numbers->undelivered.empty())
        m_numbers.erase(numbers);
    m_ended -= pending.stage == Stage::Sent ? 0 : 1;
    return m_pending.erase(place);
}

} // namespace parlour::redis
