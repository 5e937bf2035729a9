// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "redis/echo_book.h"

#include <QStringList>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace parlour::redis {

/// A message on its way out: a group's until its members are known, a channel's until its turn.
struct OutboxLetter {
    OwnMessage message;
    std::chrono::steady_clock::time_point expires;
    qint64 bytes = 0;
    int host = 0; ///< which of the servers it has to be asked or given first
    bool isForHere = false; ///< too
    bool isDelivered = false; ///< here, in advance
    bool isAnswered = false;
    bool isDropped = false;
    int interruptions = 0; ///< so often was the server lost that had been asked
    QStringList members;
    quint64 moment = 0; ///< GroupMembers::moment(), when Redis was asked
    quint64 number = 0; ///< among all that were kept
};

/// The letters that are open, in the order of the calls, with an index of what is asked of them
/// often, since many thousands are open while a server is away. A value; used in one thread. A part
/// of the core layer.
class OutboxLetters
{
public:
    using Pointer = std::shared_ptr<OutboxLetter>;

    explicit OutboxLetters(int hosts)
        : m_queues(size_t(hosts))
    {
    }

    /// False: there are too many already, or too many bytes.
    bool keep(const Pointer &letter);
    /// Nothing happens where it is not kept.
    void remove(const OutboxLetter &letter);
    std::vector<Pointer> takeAll();

    /// The oldest one if its turn has come; what waits for a server that is away lets those of
    /// other servers pass. Looks at one letter of each server.
    Pointer next(const std::function<bool(int)> &isHostThere) const;

    /// Members here wait for these.
    std::vector<Pointer> undelivered() const;
    void noteDelivery(const OutboxLetter &letter) { m_undelivered.erase(letter.number); }

    int size() const;
    /// Of one server.
    int size(int host) const { return int(m_queues.at(size_t(host)).size()); }

private:
    using Queue = std::map<quint64, Pointer>; ///< by number

    static constexpr int MaxLetters = 20'000;
    static constexpr qint64 MaxBytes = qint64(64) * 1024 * 1024;

    std::vector<Queue> m_queues; ///< of each server
    Queue m_undelivered; ///< of all of them
    qint64 m_bytes = 0;
    quint64 m_last = 0;
};

} // namespace parlour::redis
