// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "redis/redis_connection.h"

#include <QByteArrayList>
#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <functional>

namespace parlour::redis {

/// Reads messages from sorted sets of one Redis server as they come: inboxes of this process, and
/// channels that many processes read. It waits inside Redis, so it has a connection of its own.
/// What it reads is gone from Redis, at most once as Channels promises: the copies "$inflight" with
/// which channels_redis reads are none of our business, since nobody else reads our inbox and a
/// restarted process has another one; of a shared channel a message is lost with the process that
/// took it. With a line that is cut at most the one message is lost that had ended the wait; what
/// lies behind it in an inbox is removed when it has come. A part of the core layer; lives in its
/// thread.
class InboxReader final : public QObject
{
    Q_OBJECT
public:
    struct Wanted {
        QByteArrayList inboxes; ///< emptied as fast as they fill
        QByteArrayList shared; ///< read one by one, so that other processes have their part
        bool isMore = false; ///< some are left out because nobody here could take a message
    };

    /// `commands` is another connection to the same server; it outlives this.
    InboxReader(const RedisAddress &address, const RedisConnectionOptions &options,
                RedisConnection &commands, std::function<Wanted()> wanted);

    /// What is wanted has changed. The first time opens the connection.
    void refresh();
    bool isReading() const { return m_connection.isUp(); }
    /// Something is wanted of this server.
    bool isNeeded() const { return m_isOpen; }
    channels::BridgeInfo::Host info() const { return m_connection.info(); }

Q_SIGNALS:
    void stateChanged();
    /// In the order of the scores, as far as the messages were there.
    void popped(const QByteArray &key, const QByteArray &member, const QByteArray &score);
    /// The line was lost while Redis waited for a message, which may have gone with it.
    void interrupted();
    /// Something else lies under that key, where no message can be.
    void blocked(const QByteArray &key);
    /// A message came from a key of which none was asked for: no Redis does that. It is dropped.
    void unasked();

private:
    void follow();
    void read();
    QByteArrayList nextKeys();
    void take(const channels::Expected<RedisReply> &answer);
    void takeMessage(const RedisReply &reply);
    void drain(const QByteArray &inbox, int rounds);
    void takeDrained(const QByteArray &inbox, int rounds, const RedisReply &answer);
    void remove(const QByteArray &inbox, const QByteArrayList &members);
    void wake();
    void findBlocked();
    void takeType(const QByteArray &key, const channels::Expected<RedisReply> &answer);
    void pause(std::chrono::milliseconds time);

    RedisConnection m_connection;
    RedisConnection &m_commands;
    std::function<Wanted()> m_wanted;
    QSet<QByteArray> m_inboxes;
    QByteArrayList m_asked; ///< what Redis waits for; empty: it does not
    QByteArray m_lastServed; ///< comes last in the next turn, so that each key has its turn
    bool m_isMore = false;
    QHash<QByteArray, QByteArrayList> m_removing; ///< of inboxes: has come, and may lie there yet
    QSet<QByteArray> m_blocked;
    QByteArray m_clientId; ///< of our connection, by which it is woken
    QTimer m_retry;
    QTimer m_unblock;
    bool m_isOpen = false;
    bool m_wasUp = false;
};

} // namespace parlour::redis
