// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/qt/bridge_socket.h"

#include <array>
#include <sys/socket.h>

namespace parlour::server {

namespace {
constexpr qint64 earlyFlush = 65536; ///< bytes that a turn may add before its end
}

BridgeSocket::BridgeSocket(QObject *parent)
    : QTcpSocket(parent)
{
    connect(this, &QIODevice::bytesWritten, this, &BridgeSocket::forgetWritten);
}

void BridgeSocket::putBack(const QByteArray &bytes)
{
    for (auto byte = bytes.crbegin(); byte != bytes.crend(); ++byte)
        ungetChar(*byte);
}

void BridgeSocket::send(const QByteArray &bytes)
{
    if (isOpen())
        write(bytes);
}

void BridgeSocket::close()
{
    if (m_isVanishing) {
        QTcpSocket::close();
        return;
    }
    if (std::exchange(m_isClosing, true))
        return;
    connect(this, &QIODevice::readyRead, this, &BridgeSocket::discard);
    connect(this, &QIODevice::bytesWritten, this, &BridgeSocket::endWriting);
    discard();
    endWriting();
    Q_EMIT closing();
}

void BridgeSocket::vanish()
{
    m_isClosing = true;
    m_isVanishing = true;
    abort();
}

void BridgeSocket::discard()
{
    std::array<char, 16384> buffer;
    while (isOpen() && read(buffer.data(), buffer.size()) > 0) { }
}

void BridgeSocket::endWriting()
{
    flush();
    if (bytesToWrite() == 0 && state() == ConnectedState)
        ::shutdown(static_cast<int>(socketDescriptor()), SHUT_WR);
}

qint64 BridgeSocket::bytesAvailable() const
{
    return m_isClosing ? 0 : QTcpSocket::bytesAvailable();
}

qint64 BridgeSocket::writeData(const char *data, qint64 size)
{
    return m_isMuted || m_isClosing ? size : QTcpSocket::writeData(data, size);
}

void BridgeSocket::markMessage()
{
    m_messageEnds.push_back(m_written + bytesToWrite());
    if (bytesToWrite() - m_backlog.bytes >= earlyFlush)
        flushTurn();
}

void BridgeSocket::forgetWritten(qint64 count)
{
    m_written += count;
    while (!m_messageEnds.empty() && m_messageEnds.front() <= m_written)
        m_messageEnds.pop_front();
    m_backlog = {static_cast<int>(m_messageEnds.size()), bytesToWrite()};
}

void BridgeSocket::flushTurn()
{
    flush();
    m_backlog = {static_cast<int>(m_messageEnds.size()), bytesToWrite()};
}

} // namespace parlour::server
