// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "net/deadlines.h"
#include "net/http/scope_builder.h"
#include "net/qt/bridge_socket.h"
#include "net/qt/qt_loop.h"
#include "net/qt/qt_opening.h"
#include "net/qt/qt_websocket.h"

#include <QObject>

#include <memory>
#include <optional>

namespace parlour::server {

/// One socket of the Qt engine: HTTP first, then perhaps a WebSocket. Owned by the engine, which
/// destroys it between two turns.
class QtConnection final : public QObject, private Deadlines::Owner
{
    Q_OBJECT
public:
    QtConnection(QtLoop &loop, std::unique_ptr<BridgeSocket> socket, const ConnectionEnds &ends);
    ~QtConnection() override;

    // ---- for the engine ----

    /// Settles what the turn brought, and writes.
    void endTurn();
    bool isGone() const { return m_isGone; }
    /// Ends at once.
    void vanish() { m_socket->vanish(); }
    /// Its head takes long, and others of its address take its place.
    void crowdOut();
    /// The server stops.
    void stop(int code, const QString &reason);
    /// False where this is no open WebSocket.
    bool ping();
    bool close(int code, const QString &reason);
    channels::ConnectionInfo snapshot() const;
    const ConnectionEnds &ends() const { return m_ends; }

    // ---- for the conversation ----

    /// Ends the turn later on.
    void touch() { m_loop.touched(*this); }
    /// Calls deadlinePassed() of the conversation then.
    void setDeadline(std::chrono::milliseconds fromNow);
    void clearDeadline();

private:
    class Http;

    void deadlinePassed() override;
    void open();
    void read();
    void offer();
    bool hasUnread() const;
    void settle();
    void watchClosing();

    QtLoop &m_loop;
    ConnectionEnds m_ends;
    channels::ConnectionInfo m_info;
    std::unique_ptr<BridgeSocket> m_socket;
    std::optional<QtOpening> m_opening; ///< until TLS is spoken, where it is to be
    std::unique_ptr<Http> m_http; ///< until a WebSocket takes over
    std::unique_ptr<QtWebsocket> m_websocket;
    QByteArray m_input; ///< read, and not taken yet
    std::chrono::milliseconds m_patience; ///< while it ends: how long the client may take nothing
    qint64 m_untaken = -1; ///< bytes that it had not taken when that was looked at
    bool m_isResuming = false;
    bool m_isGone = false;
};

} // namespace parlour::server
