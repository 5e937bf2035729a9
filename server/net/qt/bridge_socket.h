// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/application.h"

#include <QSslSocket>

#include <deque>

namespace parlour::server {

/// A socket that can be lent to a QWebSocket: its handshake is kept off the wire (ours was sent),
/// and where it ends TCP at once, which would reset the connection and lose the last words, this
/// one says that it writes no more and reads and discards until the client's end.
class BridgeSocket final : public QSslSocket
{
    Q_OBJECT
public:
    explicit BridgeSocket(QObject *parent = nullptr);

    /// These bytes are read before what waits already.
    void putBack(const QByteArray &bytes);
    /// Writes, unless the client has gone in the meantime.
    void send(const QByteArray &bytes);
    /// From now on nobody who reads at readyRead() is made to read from within: QSslSocket tells of
    /// further records while its reader flushes, and a QWebSocket that closes would do so for each.
    /// To be called when all readers are connected.
    void guardReaders();
    /// While muted, writing goes nowhere.
    void setMuted(bool muted) { m_isMuted = muted; }

    /// What was written goes out, then writing ends; reading finds nothing any more. disconnected()
    /// follows when the client ends too.
    void close() override;
    bool isClosing() const { return m_isClosing; }
    /// Ends at once.
    void vanish();
    /// The same; the client sees a connection that broke.
    void breakOff();

    /// What was written last is one message; it counts as unsent until its last byte is gone. Where
    /// a turn writes much, writing begins before its end, so that the backlog is known.
    void markMessage();
    /// Writes as much as the socket takes, and judges the backlog.
    void flushTurn();
    const channels::Backlog &backlog() const { return m_backlog; }
    /// Bytes that the system has not taken, in plain form or encrypted.
    qint64 unsentBytes() const { return bytesToWrite() + encryptedBytesToWrite(); }

    qint64 bytesAvailable() const override;

Q_SIGNALS:
    /// close() was called, perhaps by the QWebSocket.
    void closing();

protected:
    qint64 writeData(const char *data, qint64 size) override;

private:
    void discard();
    void endWriting();
    void judge();

    bool m_isMuted = false;
    bool m_isGuarded = false;
    int m_readersInside = 0; ///< calls of readyRead() within one another
    bool m_isClosing = false;
    bool m_isVanishing = false;
    qint64 m_written = 0; ///< bytes that the system took, or that were encrypted for it
    std::deque<qint64> m_messageEnds; ///< of unsent messages, counted from the first byte ever
    channels::Backlog m_backlog;
};

} // namespace parlour::server
