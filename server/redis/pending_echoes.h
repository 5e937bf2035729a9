// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/message.h"

#include <QByteArray>
#include <QHash>

#include <chrono>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <vector>

namespace parlour::redis {

/// Messages published here whose copy has not come back from Redis. Known by their bytes alone, for
/// nothing else goes over the wire: of equal ones it does not matter which is which. Remembers what
/// was delivered without waiting, so that it is not delivered again, and no longer than its copy
/// can come. A value; used in one thread. A part of the pub/sub layer.
class PendingEchoes
{
public:
    using Time = std::chrono::steady_clock::time_point;

    struct Own {
        QByteArray name; ///< of the Redis channel
        channels::Message message;
    };

    /// Its number. It has no copy before it is written.
    quint64 expect(const Own &own, const QByteArray &payload, Time now, bool isDelivered);
    /// It is on its way to Redis: from here on its copy can come.
    void written(quint64 number);
    /// A copy has come: of equal ones, of the first that is not delivered yet. What is to be
    /// delivered now, as giveUp(). Nothing: it is none of ours.
    std::optional<std::vector<Own>> take(const QByteArray &name, const QByteArray &payload);
    /// No copy will come. What is to be delivered now, in order: it, where it was not and has not
    /// come, behind all that was published before it.
    std::vector<Own> giveUp(quint64 number);

    /// Redis has published it: the copy is under way.
    void answered(quint64 number);
    /// Redis may have published it. What is to be delivered now, as giveUp().
    std::vector<Own> interrupted(quint64 number);

    /// What is to be delivered without waiting any longer, in order; up to this number.
    std::vector<Own> takeInAdvance(quint64 last = std::numeric_limits<quint64>::max());
    /// Something has waited for its copy since that time.
    bool hasWaitedSince(Time time) const;
    /// The line on which copies come is lost, with those under way. As takeInAdvance().
    std::vector<Own> lineLost();

    /// A round is a question to Redis on the line on which copies come: what was under way when it
    /// began has come when it ends. Of an interrupted publishing Redis may read the bytes late, so
    /// that two rounds are waited for.
    bool wantsRound() const { return m_ended > 0; }
    void beginRound();
    /// As takeInAdvance().
    std::vector<Own> endRound();

    bool isEmpty() const { return m_pending.empty(); }
    /// More would be without bound.
    bool isFull() const { return m_pending.size() >= MaxPending; }

private:
    enum class Stage { Waiting, Written, Answered, Interrupted };

    struct Pending {
        Own own;
        QByteArray key;
        Time since;
        bool isDelivered = false;
        Stage stage = Stage::Waiting;
        bool isInRound = false;
        int rounds = 0; ///< over since it ended

        bool hasEnded() const { return stage > Stage::Written; }
        bool isDone() const;
    };
    using Place = std::map<quint64, Pending>::iterator;
    /// Of those with equal name and payload that are written.
    struct Numbers {
        std::set<quint64> undelivered;
        std::set<quint64> delivered;
    };

    static constexpr size_t MaxPending = 50'000;

    void end(Pending &pending, Stage stage);
    void markDelivered(Place place);
    Place erase(Place place);

    std::map<quint64, Pending> m_pending; ///< by number, so in order
    std::set<quint64> m_undelivered; ///< of them
    QHash<QByteArray, Numbers> m_numbers; ///< by name and payload
    quint64 m_last = 0;
    int m_ended = 0; ///< that are answered or interrupted
};

} // namespace parlour::redis
