// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/qt/bridge_socket.h"

#include "net/socket_address.h"

#include <array>
#include <sys/socket.h>

namespace parlour::server {

namespace {
constexpr qint64 EarlyFlush = 65536; ///< bytes that a turn may add before its end
}

BridgeSocket::BridgeSocket(QObject *parent)
    : QSslSocket(parent)
{
    connect(this, &QIODevice::readyRead, this, [this] { m_readersInside += m_isGuarded ? 1 : 0; });
    connect(this, &QIODevice::bytesWritten, this, [this](qint64 count) {
        m_written += count;
        judge();
    });
    connect(this, &QSslSocket::encryptedBytesWritten, this, &BridgeSocket::judge);
    // Qt keeps a connection whose TLS is broken, and hears nothing on it any more.
    connect(
        this, &QAbstractSocket::errorOccurred, this,
        [this](QAbstractSocket::SocketError error) {
            if (error == SslInternalError || error == SslInvalidUserDataError)
                vanish();
        },
        Qt::QueuedConnection);
}

void BridgeSocket::putBack(const QByteArray &bytes)
{
    for (auto byte = bytes.crbegin(); byte != bytes.crend(); ++byte)
        ungetChar(*byte);
}

void BridgeSocket::guardReaders()
{
    m_isGuarded = true;
    connect(this, &QIODevice::readyRead, this, [this] { --m_readersInside; });
}

void BridgeSocket::send(const QByteArray &bytes)
{
    if (isOpen())
        write(bytes);
}

void BridgeSocket::close()
{
    if (m_isVanishing) {
        QSslSocket::close();
        return;
    }
    if (std::exchange(m_isClosing, true))
        return;
    connect(this, &QIODevice::readyRead, this, &BridgeSocket::discard);
    connect(this, &QIODevice::bytesWritten, this, [this] {
        if (mode() == UnencryptedMode)
            endWriting();
    });
    connect(this, &QSslSocket::encryptedBytesWritten, this, &BridgeSocket::endWriting);
    discard();
    flush();
    endWriting();
    Q_EMIT closing();
}

void BridgeSocket::vanish()
{
    m_isClosing = true;
    m_isVanishing = true;
    abort();
}

void BridgeSocket::breakOff()
{
    resetAtClose(static_cast<int>(socketDescriptor()));
    vanish();
}

void BridgeSocket::discard()
{
    std::array<char, 16384> buffer;
    while (isOpen() && read(buffer.data(), buffer.size()) > 0) { }
}

// Over TLS bytesWritten() comes from within QSslSocket's flush(), where what is encrypted is on its
// way yet. Who flushes there, and finds the connection broken, takes the TLS away from under it.
void BridgeSocket::endWriting()
{
    if (unsentBytes() == 0 && state() == ConnectedState)
        ::shutdown(static_cast<int>(socketDescriptor()), SHUT_WR);
}

qint64 BridgeSocket::bytesAvailable() const
{
    return m_isClosing || m_readersInside > 1 ? 0 : QSslSocket::bytesAvailable();
}

qint64 BridgeSocket::writeData(const char *data, qint64 size)
{
    return m_isMuted || m_isClosing ? size : QSslSocket::writeData(data, size);
}

void BridgeSocket::markMessage()
{
    m_messageEnds.push_back(m_written + bytesToWrite());
    if (unsentBytes() - m_backlog.bytes >= EarlyFlush)
        flushTurn();
}

// What was encrypted and not sent is a little more than what it was made of: a message may count
// as unsent for a moment too long, never too short.
void BridgeSocket::judge()
{
    const qint64 sent = m_written - encryptedBytesToWrite();
    while (!m_messageEnds.empty() && m_messageEnds.front() <= sent)
        m_messageEnds.pop_front();
    m_backlog = {static_cast<int>(m_messageEnds.size()), unsentBytes()};
}

void BridgeSocket::flushTurn()
{
    flush();
    judge();
}

} // namespace parlour::server
