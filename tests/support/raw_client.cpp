// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "support/raw_client.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QSslSocket>
#include <QTimer>

#include <sys/socket.h>

namespace parlour::tests {

namespace {

constexpr int Deadline = 20000; // ms; generous, because a loaded machine is slow
constexpr int TickInterval = 10; // ms; a condition may change without an event

quint64 number(const QByteArray &bytes)
{
    quint64 value = 0;
    for (const char byte : bytes)
        value = value << 8 | static_cast<quint8>(byte);
    return value;
}

QByteArray bigEndian(quint64 value, int bytes)
{
    QByteArray result(bytes, 0);
    for (int i = bytes; i-- > 0; value >>= 8)
        result[i] = static_cast<char>(value & 0xff);
    return result;
}

} // namespace

int Frame::closeCode() const
{
    return payload.size() < 2 ? 0 : static_cast<int>(number(payload.first(2)));
}

QByteArray closePayload(int code, const QByteArray &reason)
{
    return bigEndian(static_cast<quint64>(code), 2) + reason;
}

QByteArray clientFrame(int opcode, const QByteArray &payload, bool isLast)
{
    const QByteArray mask = "\x37\xfa\x21\x3d";
    const auto size = payload.size();
    QByteArray frame(1, static_cast<char>((isLast ? 0x80 : 0) | opcode));
    if (size < 126)
        frame += static_cast<char>(0x80 | size);
    else if (size < 65536)
        frame += '\xfe' + bigEndian(static_cast<quint64>(size), 2);
    else
        frame += '\xff' + bigEndian(static_cast<quint64>(size), 8);
    frame += mask;
    for (qsizetype i = 0; i < size; ++i)
        frame += static_cast<char>(payload[i] ^ mask[i % 4]);
    return frame;
}

QByteArray handshake(const QByteArray &path, const QByteArray &lines)
{
    return "GET " + path
        + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
        + lines + "\r\n";
}

RawClient::RawClient(const Port &port, const QHostAddress &from)
{
    auto *secure = port.isTls ? new QSslSocket : nullptr;
    m_socket.reset(secure ? secure : new QTcpSocket);
    QObject::connect(m_socket.get(), &QIODevice::readyRead, m_socket.get(), [this] {
        if (m_socket->readBufferSize() == 0)
            m_received += m_socket->readAll();
    });
    QObject::connect(m_socket.get(), &QAbstractSocket::errorOccurred, m_socket.get(),
                     [this](QAbstractSocket::SocketError error) {
                         m_wasReset = m_wasReset
                             || (error == QAbstractSocket::RemoteHostClosedError
                                 && m_socket->errorString().contains(QLatin1String("reset")));
                     });
    if (!from.isNull())
        m_socket->bind(from);
    m_socket->connectToHost(port.address, port.number);
    waitUntil([this] { return m_socket->state() == QAbstractSocket::ConnectedState; });
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1); // single bytes go singly
    if (!secure)
        return;
    secure->setPeerVerifyMode(QSslSocket::VerifyNone);
    secure->startClientEncryption();
    waitUntil([&] { return secure->isEncrypted() || hasEnded(); });
}

void RawClient::send(const QByteArray &bytes)
{
    m_socket->write(bytes);
    m_socket->flush();
}

void RawClient::readNoMoreThan(qint64 bytes)
{
    m_socket->setReadBufferSize(bytes);
}

void RawClient::take()
{
    m_socket->readAll();
}

void RawClient::endWriting()
{
    ::shutdown(descriptor(), SHUT_WR);
}

void RawClient::reset()
{
    const linger hard{1, 0};
    ::setsockopt(descriptor(), SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    m_socket->abort();
}

bool RawClient::waitUntil(const std::function<bool()> &condition) const
{
    // As QTest::qWaitFor(), but it does not sleep between two looks: thousands of rows wait here.
    const QDeadlineTimer timeIsUp(Deadline);
    QTimer tick;
    tick.start(TickInterval);
    while (!condition()) {
        if (timeIsUp.hasExpired())
            return false;
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    return true;
}

bool RawClient::waitForEnd() const
{
    return waitUntil([this] { return hasEnded(); });
}

RawClient::Answer RawClient::waitForAnswer()
{
    Answer answer;
    const auto headEnd = [this] { return m_received.indexOf("\r\n\r\n"); };
    waitUntil([&] { return headEnd() >= 0 || hasEnded(); });
    if (headEnd() < 0)
        return answer;
    answer.head = m_received.first(headEnd() + 4);
    m_received.remove(0, answer.head.size());
    answer.status = answer.head.mid(9, 3).toInt();
    const QByteArray lower = answer.head.toLower();
    const auto length = lower.indexOf("\r\ncontent-length: ");
    if (length >= 0) {
        const auto start = length + 18;
        const auto size = lower.sliced(start, lower.indexOf('\r', start) - start).toInt();
        waitUntil([&] { return m_received.size() >= size || hasEnded(); });
        answer.body = m_received.first(std::min<qsizetype>(size, m_received.size()));
        m_received.remove(0, answer.body.size());
    } else if (answer.status != 101 && lower.contains("connection: close")) {
        waitForEnd();
        answer.body = std::exchange(m_received, {});
    }
    return answer;
}

RawClient::Answer RawClient::open(const QByteArray &path, const QByteArray &lines,
                                  const QByteArray &early)
{
    send(handshake(path, lines) + early);
    return waitForAnswer();
}

std::optional<Frame> RawClient::takeFrame()
{
    if (m_received.size() < 2)
        return {};
    qsizetype head = 2;
    auto size = static_cast<quint64>(m_received[1] & 0x7f);
    if (size >= 126) {
        const int digits = size == 126 ? 2 : 8;
        size = number(m_received.mid(2, digits));
        head += digits;
    }
    const auto whole = head + static_cast<qsizetype>(size);
    if (m_received.size() < whole)
        return {};
    const Frame frame{m_received[0] & 0x0f, m_received.sliced(head, whole - head),
                      (m_received[0] & 0x80) != 0};
    m_received.remove(0, whole);
    return frame;
}

std::optional<Frame> RawClient::waitForFrame()
{
    std::optional<Frame> frame;
    waitUntil([&] {
        frame = takeFrame();
        return frame || hasEnded();
    });
    return frame;
}

} // namespace parlour::tests
