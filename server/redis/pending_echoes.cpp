// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/pending_echoes.h"

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
    m_pending.emplace(++m_last, Pending{own, keyOf(own.name, payload), now, isDelivered});
    if (!isDelivered)
        m_undelivered.insert(m_last);
    return m_last;
}

// What still waits for Redis' return has no copy: equal bytes that come are somebody else's.
void PendingEchoes::written(quint64 number)
{
    const auto place = m_pending.find(number);
    if (place == m_pending.end() || place->second.stage != Stage::Waiting)
        return;
    Pending &pending = place->second;
    pending.stage = Stage::Written;
    auto &numbers = m_numbers[pending.key];
    (pending.isDelivered ? numbers.delivered : numbers.undelivered).insert(number);
}

std::optional<std::vector<PendingEchoes::Own>> PendingEchoes::take(const QByteArray &name,
                                                                   const QByteArray &payload)
{
    const auto numbers = m_numbers.constFind(keyOf(name, payload));
    if (numbers == m_numbers.cend())
        return std::nullopt;
    const auto &first = numbers->undelivered.empty() ? numbers->delivered : numbers->undelivered;
    return giveUp(*first.begin());
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
    while (!m_undelivered.empty() && *m_undelivered.begin() <= last) {
        const auto place = m_pending.find(*m_undelivered.begin());
        markDelivered(place);
        due.push_back(place->second.own);
    }
    return due;
}

void PendingEchoes::markDelivered(Place place)
{
    auto &[number, pending] = *place;
    pending.isDelivered = true;
    m_undelivered.erase(number);
    const auto numbers = m_numbers.find(pending.key);
    if (numbers != m_numbers.end() && numbers->undelivered.erase(number) > 0)
        numbers->delivered.insert(number);
}

bool PendingEchoes::hasWaitedSince(Time time) const
{
    return !m_undelivered.empty() && m_pending.at(*m_undelivered.begin()).since <= time;
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
        pending.isInRound = pending.hasEnded();
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
    m_ended += pending.hasEnded() ? 0 : 1;
    pending.stage = stage;
}

PendingEchoes::Place PendingEchoes::erase(Place place)
{
    const Pending &pending = place->second;
    m_undelivered.erase(place->first);
    const auto numbers = m_numbers.find(pending.key);
    if (numbers != m_numbers.end()) {
        numbers->undelivered.erase(place->first);
        numbers->delivered.erase(place->first);
        if (numbers->delivered.empty() && numbers->undelivered.empty())
            m_numbers.erase(numbers);
    }
    m_ended -= pending.hasEnded() ? 1 : 0;
    return m_pending.erase(place);
}

} // namespace parlour::redis
