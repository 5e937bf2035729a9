// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QProcess>
#include <QRegularExpression>
#include <QTcpSocket>

#include <csignal>

/// The real program, as its tests start it.
namespace parlour::tests {

constexpr int Patience = 60000; ///< ms; machines are shared

struct Ended {
    int code = -1;
    QByteArray out;
    QByteArray err;
};

/// Runs parlourd to its end.
inline Ended runParlourd(const QStringList &arguments)
{
    QProcess process;
    process.start(QStringLiteral(PARLOURD), arguments);
    if (!process.waitForFinished(Patience))
        return {};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

/// A parlourd that listens; killed with this object.
class Daemon
{
public:
    explicit Daemon(const QStringList &arguments,
                    const QString &listen = QStringLiteral("127.0.0.1:0"))
    {
        process.start(QStringLiteral(PARLOURD),
                      QStringList{QStringLiteral("--listen"), listen} + arguments);
        while (!process.canReadLine() && process.waitForReadyRead(Patience)) { }
        line = QString::fromUtf8(process.readLine());
        static const QRegularExpression pattern(QStringLiteral(":(\\d+)/\n$"));
        port = pattern.match(line).captured(1).toUShort();
    }
    ~Daemon()
    {
        process.kill();
        process.waitForFinished(Patience);
    }
    Daemon(const Daemon &) = delete;
    Daemon &operator=(const Daemon &) = delete;

    void signal(int number) const { ::kill(static_cast<pid_t>(process.processId()), number); }
    QByteArray get(const QByteArray &path) const
    {
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), port);
        if (!socket.waitForConnected(Patience))
            return {};
        socket.write("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(port)
                     + "\r\nConnection: close\r\n\r\n");
        while (socket.waitForReadyRead(Patience)) { }
        return socket.readAll();
    }

    QProcess process;
    QString line;
    quint16 port = 0;
};

} // namespace parlour::tests
