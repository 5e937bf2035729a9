// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "redis/redis_address.h"

#include <QByteArray>
#include <QObject>

class QAbstractSocket;
class QIODevice;
class QLocalSocket;
class QSslSocket;

namespace parlour::redis {

/// The socket below a link: TCP, TLS with a verified peer, or Unix, all alike. For one connection;
/// never blocks.
class RedisSocket final : public QObject
{
    Q_OBJECT
public:
    /// Without a parent, so that it can be left to deleteLater().
    explicit RedisSocket(const RedisAddress &address);

    void open();
    void write(const QByteArray &bytes);
    /// Hands to the system what it takes, without waiting; for the end. What was not read by then
    /// would make the system reset the connection, and is thrown away.
    void sendNow();
    /// What has come; the rest is announced again.
    QByteArray read();

Q_SIGNALS:
    /// Bytes can be sent, under TLS where it was asked for.
    void opened();
    void readable();
    /// It never opened, or was lost; once, and perhaps from within open().
    void ended(const QString &problem);

private:
    void openTcp();
    void openTls();
    void openUnix();
    void watch(QAbstractSocket &socket);
    void end(const QString &problem);

    RedisAddress m_address;
    QIODevice *m_device = nullptr; ///< a child
    bool m_hasEnded = false;
};

} // namespace parlour::redis
