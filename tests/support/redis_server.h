// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "redis/redis_address.h"
#include "redis/redis_reply.h"

#include <QByteArrayList>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>

namespace parlour::tests {

/// A real redis-server on a free port of this machine and on a Unix socket, that keeps nothing on
/// the disk. It ends with this object, and with the test's process whatever ends that.
class RedisServer
{
public:
    struct Options {
        QString password = {}; ///< of the default user; empty: none is asked for
        QString user = {}; ///< another user, who may do everything
        QString userPassword = {};
        QByteArray certificate = {}; ///< PEM, with the key: the server speaks TLS on tlsPort() too
        QByteArray key = {};
        QStringList lines = {}; ///< of redis.conf
    };

    /// Started, and it answers; see isRunning().
    RedisServer();
    explicit RedisServer(const Options &options);
    ~RedisServer();
    Q_DISABLE_COPY_MOVE(RedisServer)

    /// False: there is no redis-server, or it does not answer; problem() says more.
    bool isRunning() const { return m_isRunning; }
    const QString &problem() const { return m_problem; }

    quint16 port() const { return m_port; }
    quint16 tlsPort() const { return m_tlsPort; }
    QString socketPath() const { return m_dir.filePath(QStringLiteral("redis.sock")); }
    /// Over TCP; as the default user.
    redis::RedisAddress address() const;

    /// At once, as a crash.
    void stop();
    /// On the same port, empty.
    bool start();
    /// SIGSTOP: it is there, takes connections and says nothing.
    void pause();
    void resume();

    /// Over a connection of its own; waits. An Error says what went wrong on the way, too.
    redis::RedisReply command(const QByteArrayList &words) const;
    /// One line of INFO ("connected_clients").
    QByteArray info(const QByteArray &name) const;

private:
    bool startOn(quint16 port);
    void writeConfiguration() const;

    Options m_options;
    QTemporaryDir m_dir;
    std::unique_ptr<QProcess> m_process;
    quint16 m_port = 0;
    quint16 m_tlsPort = 0;
    bool m_isRunning = false;
    QString m_problem;
};

} // namespace parlour::tests
