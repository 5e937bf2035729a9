// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/outbox_letters.h"

#include <utility>

namespace parlour::redis {

bool OutboxLetters::keep(const Pointer &letter)
{
    if (size() >= MaxLetters || m_bytes + letter->bytes > MaxBytes)
        return false;
    letter->number = ++m_last;
    m_queues.at(size_t(letter->host)).emplace(letter->number, letter);
    m_bytes += letter->bytes;
    if (letter->isForHere && !letter->isDelivered)
        m_undelivered.emplace(letter->number, letter);
    return true;
}

void OutboxLetters::remove(const OutboxLetter &letter)
{
    const qint64 bytes = letter.bytes; // it may be gone with its place
    m_undelivered.erase(letter.number);
    if (m_queues.at(size_t(letter.host)).erase(letter.number) > 0)
        m_bytes -= bytes;
}

std::vector<OutboxLetters::Pointer> OutboxLetters::takeAll()
{
    Queue all;
    for (Queue &queue : m_queues)
        all.merge(std::exchange(queue, {}));
    m_undelivered.clear();
    m_bytes = 0;
    std::vector<Pointer> letters;
    for (const auto &[number, letter] : all)
        letters.push_back(letter);
    return letters;
}

OutboxLetters::Pointer OutboxLetters::next(const std::function<bool(int)> &isHostThere) const
{
    Pointer oldest;
    for (const Queue &queue : m_queues) {
        if (queue.empty())
            continue;
        const Pointer &first = queue.begin()->second;
        if (!first->isAnswered && !isHostThere(first->host))
            continue;
        if (!oldest || first->number < oldest->number)
            oldest = first;
    }
    return oldest && oldest->isAnswered ? oldest : nullptr;
}

std::vector<OutboxLetters::Pointer> OutboxLetters::undelivered() const
{
    std::vector<Pointer> letters;
    for (const auto &[number, letter] : m_undelivered)
        letters.push_back(letter);
    return letters;
}

int OutboxLetters::size() const
{
    size_t size = 0;
    for (const Queue &queue : m_queues)
        size += queue.size();
    return int(size);
}

} // namespace parlour::redis
