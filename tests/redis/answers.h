// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "redis/redis_connection.h"

#include <QStringList>

namespace parlour::tests {

/// A reply in words that a row can show: "+OK", "-ERR …", "7", "nil", "\"bulk\"", "[…]".
inline QString inWords(const redis::RedisReply &reply)
{
    using enum redis::RedisReply::Type;
    switch (reply.type) {
    case Nil:
        return QStringLiteral("nil");
    case Status:
        return u'+' + QString::fromUtf8(reply.bytes);
    case Error:
        return u'-' + QString::fromUtf8(reply.bytes);
    case Integer:
        return QString::number(reply.integer);
    case Bulk:
        return u'"' + QString::fromLatin1(reply.bytes.toPercentEncoding()) + u'"';
    case Array:
        break;
    }
    QStringList words;
    for (const auto &element : reply.elements)
        words.append(inWords(element));
    return u'[' + words.join(u' ') + u']';
}

/// Writes down what a connection answers, replies in words and failures by their code.
class Answers : public QObject
{
    Q_OBJECT
public:
    explicit Answers(redis::RedisConnection &connection)
        : m_connection(connection)
    {
    }

    void ask(const QByteArrayList &words, const redis::RedisConnection::SendOptions &options = {})
    {
        m_connection.send(
            redis::RedisCommand(words), this,
            [this](const channels::Expected<redis::RedisReply> &reply) {
                all.append(reply ? inWords(*reply) : reply.error().code);
                problem = reply ? QString() : reply.error().message;
            },
            options);
    }

    QStringList all;
    QString problem; ///< of the last one

private:
    redis::RedisConnection &m_connection;
};

} // namespace parlour::tests
