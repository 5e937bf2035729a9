// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "net/http/websocket_handshake.h"
#include "net/liveness.h"
#include "net/qt/bridge_socket.h"
#include "net/qt/qt_loop.h"
#include "net/websocket_session.h"

#include <QWebSocket>

#include <memory>
#include <optional>

namespace parlour::server {

/// One WebSocket, from the request on, that speaks through a QWebSocket.
///
/// QWebSocketServer reads the handshake from the socket once more and answers it before anybody can
/// listen to the QWebSocket. So it never sees what the client sent: when the application has
/// accepted, our own 101 goes out, and the server gets a plain handshake of ours, with its answer
/// muted. What the client sent behind its handshake is put back when the QWebSocket is listened to.
class QtWebsocket final : public QObject, private WebsocketWire
{
    Q_OBJECT
public:
    /// `loop`, `connection`, `socket` and `info` outlive it.
    QtWebsocket(QtLoop &loop, QtConnection &connection, BridgeSocket &socket,
                channels::ConnectionInfo &info, const WebsocketUpgrade &upgrade,
                const channels::Scope &scope);
    ~QtWebsocket() override;

    /// Asks the application. `early`: bytes behind the handshake.
    void start(const QByteArray &early);
    /// What had to wait for the end of the turn.
    void settle();
    /// The connection is gone.
    void broke();

    bool isOpen() const { return m_session.isOpen(); }
    void deadlinePassed();
    void close(int code, const QString &reason) { m_session.close(code, reason); }
    void ping();

private:
    struct Ending {
        int code = channels::close_code::Abnormal;
        QString reason;
    };

    channels::Expected<void> accept(const channels::WebsocketAccept &answer) override;
    void refuse(const channels::WebsocketRefuse &answer) override;
    void sendMessage(const QByteArray &payload, bool binary) override;
    void startClose(int code, const QByteArray &reason) override;
    void cut(int code, const QByteArray &reason) override;
    channels::Backlog backlog() const override { return m_socket.backlog(); }
    qint64 pendingBytes() const override { return m_socket.unsentBytes(); }

    void handOver();
    void listen();
    void takeMessage(const QByteArray &payload, bool binary);
    void countFrame(bool isLast);
    void heard();
    void watchSilence();
    void judgePongs();
    void takeEnding();
    void fail(int code, const QString &reason);

    QtLoop &m_loop;
    QtConnection &m_connection;
    BridgeSocket &m_socket;
    channels::ConnectionInfo &m_info;
    WebsocketSession m_session;
    WebsocketUpgrade m_upgrade;
    channels::Scope m_scope; ///< until the application has been asked
    std::unique_ptr<QWebSocket> m_webSocket; ///< from the acceptance on
    QByteArray m_early; ///< until the QWebSocket can take it
    Liveness m_liveness;
    qint64 m_untaken = 0; ///< bytes of the backlog, in the last turn
    int m_fragments = 0; ///< of the unfinished message
    std::optional<Ending> m_ending; ///< what the client's bytes ended in
};

} // namespace parlour::server
