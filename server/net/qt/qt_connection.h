// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "net/http/http_front.h"
#include "net/qt/bridge_socket.h"
#include "net/qt/qt_loop.h"
#include "net/qt/qt_opening.h"
#include "net/qt/qt_websocket.h"

#include <QObject>

#include <memory>

namespace parlour::server {

/// One socket of the Qt engine: HTTP first, then perhaps a WebSocket. Owned by the engine, which
/// destroys it between two turns.
class QtConnection final : public QObject, private HttpFront::Peer, private Deadlines::Owner
{
    Q_OBJECT
public:
    QtConnection(QtLoop &loop, std::unique_ptr<BridgeSocket> socket, const ConnectionEnds &ends);
    ~QtConnection() override;

    /// Settles what the turn brought, and writes.
    void endTurn();
    bool isGone() const { return m_isGone; }
    /// Ends at once.
    void vanish() { m_socket->vanish(); }
    /// The server stops.
    void stop(int code, const QString &reason);

    /// False where this is no open WebSocket.
    bool ping();
    bool close(int code, const QString &reason);

    channels::ConnectionInfo snapshot() const;
    const ConnectionEnds &ends() const { return m_ends; }

private:
    enum class Waiting { Opening, Head, SlowHead, Idle, Body, Client, Nothing, Closing };

    void write(const QByteArray &bytes) override;
    void endAfterWriting() override;
    void cut() override { vanish(); }
    channels::Backlog backlog() const override { return m_socket->backlog(); }
    qint64 pendingBytes() const override { return m_socket->unsentBytes(); }
    void deadlinePassed() override;

    void read();
    void becomeWebsocket();
    void updateDeadline();
    void wait(Waiting what, std::chrono::milliseconds patience);
    void headTakesLong();

    QtLoop &m_loop;
    ConnectionEnds m_ends;
    channels::ConnectionInfo m_info;
    std::unique_ptr<BridgeSocket> m_socket;
    std::optional<QtOpening> m_opening; ///< until TLS is spoken, where it is to be
    HttpFront m_front;
    std::unique_ptr<QtWebsocket> m_websocket;
    QByteArray m_input; ///< read, and not taken yet
    Waiting m_waiting = Waiting::Nothing;
    bool m_isGone = false;
};

} // namespace parlour::server
