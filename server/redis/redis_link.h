// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/inspector.h"
#include "redis/outage_log.h"
#include "redis/redis_address.h"
#include "redis/redis_connection_options.h"
#include "redis/redis_reply.h"

#include <QByteArray>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <memory>

namespace parlour::redis {

class RedisSocket;
class ReplyReader;

/// One line to one Redis server: opens the socket (TCP, TLS, Unix), says who we are, gathers what
/// is written into one write per turn, and comes back by itself after a loss, for ever. Knows no
/// command but those of the greeting. Never blocks; lives in its owner's thread.
class RedisLink final : public QObject
{
    Q_OBJECT
public:
    RedisLink(const RedisAddress &address, const RedisConnectionOptions &options,
              QObject *parent = nullptr);
    ~RedisLink() override;

    /// Begins; does nothing the second time.
    void open();
    bool isUp() const { return m_info.state == channels::BridgeInfo::State::Up; }
    const channels::BridgeInfo::Host &info() const { return m_info; }
    void setRoundTrip(std::chrono::microseconds time);
    /// What Redis does not do for us while it is up; empty: it does everything.
    void setProblem(const QString &problem);

    /// Goes out at the end of this turn. Only while it is up; else it is lost.
    void write(const QByteArray &bytes);
    /// Ends this connection, for the reason given, and tries again after the pause that is due.
    void fail(const QString &problem);
    /// The same because Redis refuses what we are there for: nobody mends that in a moment, so that
    /// the pauses get longer. Such connections come and go unreported until endRefusal().
    void refuse(const QString &problem);
    /// Redis takes now what it refused.
    void endRefusal();

Q_SIGNALS:
    /// Another state of info(). After up() and lost().
    void stateChanged();
    /// Redis has let us in; from here on each reply is an answer to what was written.
    void up();
    /// What was written and not answered never will be.
    void lost();
    void received(const parlour::redis::RedisReply &reply);

private:
    void connectSocket();
    void greet();
    void takeGreeting(const RedisReply &reply);
    void read();
    void flush();
    void end(const QString &problem, bool isRefused);
    void retryLater();
    void setState(channels::BridgeInfo::State state, const QString &problem);

    RedisAddress m_address;
    RedisConnectionOptions m_options;
    OutageLog m_log;
    channels::BridgeInfo::Host m_info;
    std::unique_ptr<RedisSocket> m_socket; ///< null between two tries
    std::unique_ptr<ReplyReader> m_reader;
    QByteArray m_output;
    QTimer m_retry;
    QTimer m_deadline; ///< of connecting and greeting
    std::chrono::milliseconds m_pause{0}; ///< before the next try
    int m_greetings = 0; ///< commands of the greeting
    int m_greeted = 0; ///< that are answered
    bool m_wasUp = false;
    bool m_isRefused = false; ///< the last connection ended by refuse()
};

} // namespace parlour::redis
