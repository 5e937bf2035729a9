// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "redis/core_host.h"
#include "redis/full_inboxes.h"
#include "redis/sharing_tally.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <deque>

namespace parlour::redis {

/// Puts messages where their readers are, on one server: one script at a time, and what comes
/// meanwhile goes out with the next one. So it is known what got in before anything follows:
/// whatever finds its inbox full, or Redis refusing writes for a while, waits and is not overtaken.
/// Counts what did not arrive. A part of the core layer; lives in its thread.
class InboxWriter final : public QObject
{
    Q_OBJECT
public:
    struct Options {
        /// Keys that nobody writes to or reads are gone after it.
        std::chrono::milliseconds expiry = std::chrono::seconds(60);
        /// RedisLayerOptions::capacityPatience
        std::chrono::milliseconds patience = std::chrono::seconds(1);
    };

    /// Both outlive it.
    InboxWriter(CoreHost &host, const Options &options, SharingTally &tally);

    /// The copies of one message.
    void store(QList<InboxCopy> copies);
    /// Nothing of what waits goes out any more.
    void flush();
    /// Copies that are not on their way yet.
    int waiting() const { return int(qsizetype(m_ready.size()) + m_full.size()); }

Q_SIGNALS:
    /// It may be there or not, or certainly is not: nobody is to wait for it.
    void failed(const QByteArray &stamp);
    /// Something else than messages lies under that key.
    void blocked(const QByteArray &key);

private:
    void makeReady(const std::deque<InboxCopy> &copies);
    void takeReady(QList<InboxCopy> &copies);
    void transmit();
    void transmit(const QList<InboxCopy> &copies);
    void take(const QList<InboxCopy> &copies, const channels::Expected<RedisReply> &answer);
    void take(const InboxCopy &copy, const RedisReply &result);
    void refuse(const InboxCopy &copy);
    void lose(const InboxCopy &copy, const QString &cause);
    void fail(const InboxCopy &copy, const QString &cause);
    void announceFailures();
    void step();
    void expire();

    CoreHost &m_host;
    Options m_options;
    SharingTally &m_tally;
    std::deque<InboxCopy> m_ready; ///< for the next script
    FullInboxes m_full;
    bool m_isOnItsWay = false; ///< a script, whose answer tells what is to follow
    qint64 m_bytes = 0; ///< of all that has no end yet
    QByteArrayList m_failed; ///< to be announced
    QTimer m_step;
};

} // namespace parlour::redis
