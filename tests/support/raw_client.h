// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <QTcpSocket>

#include <functional>
#include <memory>
#include <optional>

namespace parlour::tests {

/// One frame of a WebSocket, as it was received.
struct Frame {
    int opcode = 0;
    QByteArray payload;
    bool isLast = true;

    /// Of a Close frame; 0 where it has none.
    int closeCode() const;
    QByteArray closeReason() const { return payload.mid(2); }
};

/// A masked frame, as a client sends it.
QByteArray clientFrame(int opcode, const QByteArray &payload, bool isLast = true);
/// The payload of a Close frame.
QByteArray closePayload(int code, const QByteArray &reason = {});

/// Where a server listens on this machine, and what it speaks there.
struct Port {
    Port(quint16 plain) // NOLINT: a number is a plain port
        : number(plain)
    {
    }
    Port(quint16 port, bool tls)
        : number(port)
        , isTls(tls)
    {
    }
    operator quint16() const { return number; } // NOLINT

    quint16 number = 0;
    bool isTls = false;
    QHostAddress address = QHostAddress::LocalHost;
};

/// A TCP client that says exactly what it is told, right or wrong. Waits run the event loop, so
/// that the server may live in the same thread.
class RawClient
{
public:
    struct Answer {
        int status = 0; ///< 0: none came
        QByteArray head;
        QByteArray body; ///< as long as Content-Length says; else what came until the end
    };

    /// Connects and waits for it, for the end of TLS' handshake too. Takes any certificate.
    explicit RawClient(const Port &port, const QHostAddress &from = QHostAddress());

    void send(const QByteArray &bytes);
    /// Nothing more is taken from the socket than fits into this many bytes.
    void readNoMoreThan(qint64 bytes);
    /// Takes these, and drops them.
    void take();
    void endWriting();
    void reset();

    bool waitUntil(const std::function<bool()> &condition) const;
    /// The server ended the connection.
    bool waitForEnd() const;
    bool hasEnded() const { return m_socket->state() == QAbstractSocket::UnconnectedState; }
    bool wasReset() const { return m_wasReset; }
    /// Of the socket, for what only the system knows of it.
    int descriptor() const { return static_cast<int>(m_socket->socketDescriptor()); }

    /// The next answer, taken off what was received.
    Answer waitForAnswer();
    /// Asks for a WebSocket; `lines` are further header lines, `early` follows in the same write.
    Answer open(const QByteArray &path, const QByteArray &lines = {}, const QByteArray &early = {});
    /// The next frame, taken off what was received; none where the connection ends instead.
    std::optional<Frame> waitForFrame();
    /// What was received and not taken yet.
    const QByteArray &received() const { return m_received; }

private:
    std::optional<Frame> takeFrame();

    std::unique_ptr<QTcpSocket> m_socket;
    QByteArray m_received;
    bool m_wasReset = false;
};

/// A sound request for a WebSocket.
QByteArray handshake(const QByteArray &path, const QByteArray &lines = {});

} // namespace parlour::tests
