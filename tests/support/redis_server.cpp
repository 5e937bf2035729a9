// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "support/redis_server.h"

#include "redis/redis_command.h"
#include "redis/reply_reader.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>

#include <csignal>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace parlour::tests {

using redis::RedisReply;

namespace {

constexpr int Deadline = 20000; // ms; generous, because a loaded machine is slow
constexpr int Attempts = 10; // another program may take the port in between

sockaddr_in localAddress(quint16 port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

/// A socket that waits for no longer than the deadline; closed at the end.
class BlockingSocket
{
public:
    BlockingSocket()
        : m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        const timeval limit{Deadline / 1000, 0};
        ::setsockopt(m_socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        const int yes = 1;
        ::setsockopt(m_socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    }
    ~BlockingSocket() { ::close(m_socket); }
    Q_DISABLE_COPY_MOVE(BlockingSocket)

    bool bind(quint16 port) const
    {
        const auto address = localAddress(port);
        return ::bind(m_socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
    }
    bool connect(quint16 port) const
    {
        const auto address = localAddress(port);
        return ::connect(m_socket, reinterpret_cast<const sockaddr *>(&address), sizeof address)
            == 0;
    }
    bool send(const QByteArray &bytes) const
    {
        return ::send(m_socket, bytes.constData(), size_t(bytes.size()), MSG_NOSIGNAL)
            == bytes.size();
    }
    QByteArray receive() const
    {
        QByteArray bytes(65536, 0);
        bytes.resize(
            std::max<qsizetype>(::recv(m_socket, bytes.data(), size_t(bytes.size()), 0), 0));
        return bytes;
    }

private:
    int m_socket;
};

// Below the range from which outgoing connections take theirs, so that a server finds its port
// free when it comes back.
quint16 freePort()
{
    for (;;) {
        const auto port = quint16(QRandomGenerator::global()->bounded(15000, 32000));
        if (BlockingSocket().bind(port))
            return port;
    }
}

RedisReply failure(const QByteArray &why)
{
    return {RedisReply::Type::Error, "TEST " + why, 0, {}};
}

/// The answer to the last of the commands.
RedisReply ask(quint16 port, const QList<redis::RedisCommand> &commands)
{
    const BlockingSocket socket;
    if (!socket.connect(port))
        return failure("redis-server takes no connection");
    redis::ReplyReader reader;
    for (qsizetype n = 0; n < commands.size(); ++n) {
        if (!socket.send(commands[n].bytes()))
            return failure("redis-server takes no command");
        for (;;) {
            const auto reply = reader.next();
            if (!reply)
                return failure(reply.error().message.toUtf8());
            if (*reply && n + 1 == commands.size())
                return **reply;
            if (*reply)
                break;
            const QByteArray bytes = socket.receive();
            if (bytes.isEmpty())
                return failure("redis-server ended the connection, or does not answer");
            reader.feed(bytes);
        }
    }
    return failure("no command");
}

} // namespace

RedisServer::RedisServer()
    : RedisServer(Options{})
{
}

RedisServer::RedisServer(const Options &options)
    : m_options(options)
{
    for (int attempt = 0; attempt < Attempts && !m_isRunning; ++attempt) {
        m_tlsPort = m_options.certificate.isEmpty() ? 0 : freePort();
        startOn(freePort());
    }
}

RedisServer::~RedisServer()
{
    stop();
}

redis::RedisAddress RedisServer::address() const
{
    redis::RedisAddress address;
    address.host = u"127.0.0.1"_s;
    address.port = m_port;
    address.password = m_options.password;
    return address;
}

void RedisServer::writeConfiguration() const
{
    QStringList lines{u"bind 127.0.0.1"_s,
                      u"port %1"_s.arg(m_port),
                      u"unixsocket %1"_s.arg(socketPath()),
                      u"dir %1"_s.arg(m_dir.path()),
                      u"save \"\""_s,
                      u"appendonly no"_s,
                      u"daemonize no"_s,
                      u"loglevel warning"_s};
    if (!m_options.password.isEmpty())
        lines.append(u"requirepass \"%1\""_s.arg(m_options.password));
    if (!m_options.user.isEmpty())
        lines.append(
            u"user %1 on \">%2\" ~* &* +@all"_s.arg(m_options.user, m_options.userPassword));
    if (m_tlsPort != 0)
        lines += {u"tls-port %1"_s.arg(m_tlsPort), u"tls-auth-clients no"_s,
                  u"tls-cert-file %1"_s.arg(m_dir.filePath(u"certificate.pem"_s)),
                  u"tls-key-file %1"_s.arg(m_dir.filePath(u"key.pem"_s))};
    const auto write = [this](const QString &name, const QByteArray &bytes) {
        QFile file(m_dir.filePath(name));
        if (file.open(QIODevice::WriteOnly))
            file.write(bytes);
    };
    write(u"redis.conf"_s, (lines + m_options.lines).join(u'\n').toUtf8() + '\n');
    write(u"certificate.pem"_s, m_options.certificate);
    write(u"key.pem"_s, m_options.key);
}

bool RedisServer::start()
{
    return startOn(m_port);
}

bool RedisServer::startOn(quint16 port)
{
    m_port = port;
    writeConfiguration();
    m_process = std::make_unique<QProcess>();
    m_process->setProcessChannelMode(QProcess::MergedChannels);
    m_process->setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    m_process->start(u"redis-server"_s, {m_dir.filePath(u"redis.conf"_s)});
    const QDeadlineTimer timeIsUp(Deadline);
    while (!m_isRunning && !timeIsUp.hasExpired()
           && (m_process->state() != QProcess::NotRunning || !m_process->waitForStarted())) {
        // Its folder tells it from another one that took the port in between.
        m_isRunning = command({"CONFIG", "GET", "dir"}).elements.value(1).bytes
            == QFileInfo(m_dir.path()).canonicalFilePath().toUtf8();
        if (!m_isRunning && m_process->waitForFinished(20))
            break;
    }
    if (!m_isRunning) {
        m_problem = u"redis-server: "_s + m_process->errorString() + u'\n'
            + QString::fromUtf8(m_process->readAll());
        stop();
    }
    return m_isRunning;
}

void RedisServer::stop()
{
    if (m_process) {
        m_process->kill();
        m_process->waitForFinished(Deadline);
        m_process.reset();
    }
    m_isRunning = false;
}

void RedisServer::pause()
{
    ::kill(pid_t(m_process->processId()), SIGSTOP);
}

void RedisServer::resume()
{
    ::kill(pid_t(m_process->processId()), SIGCONT);
}

RedisReply RedisServer::command(const QByteArrayList &words) const
{
    QList<redis::RedisCommand> commands;
    if (!m_options.password.isEmpty())
        commands.append(redis::RedisCommand{"AUTH", m_options.password.toUtf8()});
    commands.append(redis::RedisCommand(words));
    return ask(m_port, commands);
}

QByteArray RedisServer::info(const QByteArray &name) const
{
    const auto lines = command({"INFO"}).bytes.split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith(name + ':'))
            return line.mid(name.size() + 1).trimmed();
    }
    return {};
}

} // namespace parlour::tests
