// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "redis/redis_address.h"

#include <QByteArrayList>
#include <QTcpServer>

#include <functional>

class QTcpSocket;

namespace parlour::tests {

/// A Redis that says what the test wants. Lives in the test's thread.
class FakeRedis
{
public:
    struct Heard {
        int connection = 0; ///< counted from 0
        QByteArrayList words;
        QByteArray bytes; ///< as they came
    };
    /// What is answered to a command; empty: nothing.
    using Answer = std::function<QByteArray(const Heard &)>;

    /// Answers PING by itself, as every connection begins with it.
    explicit FakeRedis(const Answer &answer = {});

    redis::RedisAddress address() const;
    /// Bytes that nobody asked for.
    void say(int connection, const QByteArray &bytes) const;
    /// Ends the connection.
    void hangUp(int connection) const;
    int connections() const { return int(m_sockets.size()); }

    QList<Heard> heard; ///< all commands but PING
    /// Said to everybody who connects, before anything is heard.
    QByteArray greeting;
    /// Says nothing at all, to nobody.
    bool isSilent = false;

private:
    void accept();

    Answer m_answer;
    QList<QTcpSocket *> m_sockets; ///< children of the server's
    QTcpServer m_server;
};

} // namespace parlour::tests
