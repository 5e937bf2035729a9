// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/message.h"

#include <QByteArray>
#include <QHash>
#include <QString>
#include <QStringList>

#include <chrono>
#include <list>
#include <optional>
#include <vector>

namespace parlour::redis {

/// A message of this process that its own channels are to get.
struct OwnMessage {
    QString group; ///< empty: to one channel
    QStringList channels; ///< who gets it; none, with a group: all members here
    channels::Message message;
};

/// Messages of ours that come back through our own inbox, known by their stamps: who gets each, and
/// whether they got it in advance, because it took too long or Redis went away. A value; used in
/// one thread. A part of the core layer.
class EchoBook
{
public:
    using Time = std::chrono::steady_clock::time_point;

    struct Echo {
        OwnMessage message;
        bool isDelivered = false;
    };

    void expect(const QByteArray &stamp, const OwnMessage &message, Time now);
    /// It has come. Nothing: it is none of ours.
    std::optional<Echo> take(const QByteArray &stamp);

    /// To be delivered without waiting for its echo; nothing where it was, or has come.
    std::optional<OwnMessage> takeInAdvance(const QByteArray &stamp);
    /// The same of all that are expected since that time or longer, oldest first.
    std::vector<OwnMessage> takeInAdvance(Time expectedBy);
    /// The same of a group's, so that a later one does not overtake them; of none: nothing.
    std::vector<OwnMessage> takeInAdvanceOf(const QString &group);
    /// Echoes of what was delivered come no more.
    void forget(Time expectedBefore);

    bool isEmpty() const { return m_places.isEmpty(); }
    /// Those that somebody here waits for.
    int awaited() const { return int(m_awaited.size()); }

private:
    struct Expected {
        QByteArray stamp;
        OwnMessage message;
        Time since;
        bool isDelivered = false;
    };
    using Place = std::list<Expected>::iterator;

    OwnMessage deliver(Place expected);
    void uncount(const Expected &awaited);

    /// What was delivered in advance is remembered for a while, but not without end.
    static constexpr size_t MaxExpected = 50'000;

    std::list<Expected> m_awaited; ///< oldest first
    std::list<Expected> m_delivered; ///< in the order in which that was done
    QHash<QByteArray, Place> m_places; ///< in one or the other
    QHash<QString, int> m_awaitedOf; ///< how many of each group
};

} // namespace parlour::redis
