// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/fake_redis.h"

#include "redis/redis_command.h"
#include "redis/reply_reader.h"

#include <QTcpSocket>

#include <memory>

using namespace Qt::StringLiterals;

namespace parlour::tests {

FakeRedis::FakeRedis(const Answer &answer)
    : m_answer(answer)
{
    QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] { accept(); });
    m_server.listen(QHostAddress::LocalHost);
}

redis::RedisAddress FakeRedis::address() const
{
    redis::RedisAddress address;
    address.host = u"127.0.0.1"_s;
    address.port = m_server.serverPort();
    return address;
}

void FakeRedis::say(int connection, const QByteArray &bytes) const
{
    m_sockets[connection]->write(bytes);
}

void FakeRedis::hangUp(int connection) const
{
    m_sockets[connection]->abort();
}

// A command is an array of bulks, which a reader of replies reads as well.
void FakeRedis::accept()
{
    QTcpSocket *socket = m_server.nextPendingConnection();
    const int connection = connections();
    m_sockets.append(socket);
    const auto reader = std::make_shared<redis::ReplyReader>();
    const auto bytes = std::make_shared<QByteArray>();
    QObject::connect(socket, &QTcpSocket::readyRead, &m_server, [=, this] {
        const QByteArray came = socket->readAll();
        *bytes += came;
        reader->feed(came);
        for (auto command = reader->next(); command && *command; command = reader->next()) {
            Heard what{connection, {}, {}};
            for (const auto &word : std::as_const((*command)->elements))
                what.words.append(word.bytes);
            what.bytes = bytes->first(redis::RedisCommand(what.words).bytes().size());
            bytes->remove(0, what.bytes.size());
            if (isSilent)
                continue;
            if (what.words.value(0) == "PING") {
                socket->write("+PONG\r\n");
                continue;
            }
            heard.append(what);
            if (m_answer)
                socket->write(m_answer(what));
        }
    });
    if (!greeting.isEmpty())
        socket->write(greeting);
}

} // namespace parlour::tests
