// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/pending_echoes.h"

#include <algorithm>
#include <utility>

namespace parlour::redis {

namespace {

// No name has a line feed in it.
QByteArray keyOf(const QByteArray &name, const QByteArray &payload)
{
    return name + '\n' + payload;
}

} // namespace

quint64 PendingEchoes::expect(const Own &own, const QByteArray &payload, Time now, bool isDelivered)
{
    Pending pending{own, keyOf(own.name, payload), now, isDelivered};
    m_numbers[pending.key].push_back(++m_last);
    m_pending.emplace(m_last, std::move(pending));
    return m_last;
}

std::optional<PendingEchoes::Echo> PendingEchoes::take(const QByteArray &name,
                                                       const QByteArray &payload)
{
    const auto numbers = m_numbers.constFind(keyOf(name, payload));
    if (numbers == m_numbers.cend())
        return std::nullopt;
    const auto place = m_pending.find(numbers->front());
    const Echo echo{place->second.own, place->second.isDelivered};
    erase(place);
    return echo;
}

std::optional<PendingEchoes::Own> PendingEchoes::giveUp(quint64 number)
{
    const auto place = m_pending.find(number);
    if (place == m_pending.end())
        return std::nullopt;
    std::optional<Own> own;
    if (!place->second.isDelivered)
        own = place->second.own;
    erase(place);
    return own;
}

void PendingEchoes::answered(quint64 number)
{
    if (const auto place = m_pending.find(number); place != m_pending.end())
        end(place->second, Stage::Answered);
}

std::optional<PendingEchoes::Own> PendingEchoes::interrupted(quint64 number)
{
    const auto place = m_pending.find(number);
    if (place == m_pending.end())
        return std::nullopt;
    end(place->second, Stage::Interrupted);
    if (std::exchange(place->second.isDelivered, true))
        return std::nullopt;
    return place->second.own;
}

std::vector<PendingEchoes::Own> PendingEchoes::takeInAdvance()
{
    std::vector<Own> due;
    for (auto &[number, pending] : m_pending) {
        if (!std::exchange(pending.isDelivered, true))
            due.push_back(pending.own);
    }
    return due;
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
    std::vector<Own> due;
    for (auto place = m_pending.begin(); place != m_pending.end();) {
        Pending &pending = place->second;
        const bool isDone =
            pending.isInRound && (pending.stage == Stage::Answered || ++pending.rounds == 2);
        if (isDone && !pending.isDelivered)
            due.push_back(pending.own);
        place = isDone ? erase(place) : std::next(place);
    }
    return due;
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
    std::erase(*numbers, place->first);
    if (numbers->empty())
        m_numbers.erase(numbers);
    m_ended -= pending.stage == Stage::Sent ? 0 : 1;
    return m_pending.erase(place);
}

} // namespace parlour::redis
