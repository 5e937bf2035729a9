// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/application.h"

#include <QTcpSocket>

#include <deque>

namespace parlour::server {

/// A socket that can be lent to a QWebSocket: its handshake is kept off the wire (ours was sent),
/// and where it ends TCP at once, which would reset the connection and lose the last words, this
/// one says that it writes no more and reads and discards until the client's end.
class BridgeSocket final : public QTcpSocket
{
    Q_OBJECT
public:
    explicit BridgeSocket(QObject *parent = nullptr);

    /// These bytes are read before what waits already.
    void putBack(const QByteArray &bytes);
    /// Writes, unless the client has gone in the meantime.
    void send(const QByteArray &bytes);
    /// While muted, writing goes nowhere.
    void setMuted(bool muted) { m_isMuted = muted; }

    /// What was written goes out, then writing ends; reading finds nothing any more. disconnected()
    /// follows when the client ends too.
    void close() override;
    bool isClosing() const { return m_isClosing; }
    /// Ends at once.
    void vanish();

    /// What was written last is one message; it counts as unsent until its last byte is gone. Where
    /// a turn writes much, writing begins before its end, so that the backlog is known.
    void markMessage();
    /// Writes as much as the socket takes, and judges the backlog.
    void flushTurn();
    const channels::Backlog &backlog() const { return m_backlog; }

    qint64 bytesAvailable() const override;

Q_SIGNALS:
    /// close() was called, perhaps by the QWebSocket.
    void closing();

protected:
    qint64 writeData(const char *data, qint64 size) override;

private:
    void discard();
    void endWriting();
    void forgetWritten(qint64 count);

    bool m_isMuted = false;
    bool m_isClosing = false;
    bool m_isVanishing = false;
    qint64 m_written = 0; ///< bytes that the system took
    std::deque<qint64> m_messageEnds; ///< of unsent messages, counted from the first byte ever
    channels::Backlog m_backlog;
};

} // namespace parlour::server
