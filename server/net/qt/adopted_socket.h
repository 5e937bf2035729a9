// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "net/admission.h"
#include "net/deadlines.h"
#include "net/http/scope_builder.h"
#include "net/liveness.h"
#include "net/websocket_session.h"

#include <QWebSocket>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace parlour::server {

/// One QWebSocket of a server that is not ours, whose handshake is answered already. Twin:
/// QtWebsocket, which decides before the handshake.
class AdoptedSocket final : public QObject, private WebsocketWire, private Deadlines::Owner
{
    Q_OBJECT
public:
    /// `context`, `admission` and `deadlines` outlive it; `touched` asks for endTurn() later on.
    AdoptedSocket(ServerContext &context, Admission &admission, Deadlines &deadlines,
                  std::unique_ptr<QWebSocket> webSocket, bool isSecure,
                  std::function<void()> touched);
    ~AdoptedSocket() override;

    const ConnectionEnds &ends() const { return m_ends; }
    /// Asks the application.
    void start();
    /// Closes with 1008: the server has no room.
    void turnAway(const QByteArray &reason);
    void endTurn();
    bool isGone() const { return m_isGone; }
    void close(int code, const QString &reason) { m_session.close(code, reason); }
    channels::ConnectionInfo snapshot() const;

private:
    struct Early {
        QByteArray payload;
        bool binary;
    };
    struct Ending {
        int code = channels::close_code::Abnormal;
        QString reason;
    };

    channels::Expected<void> accept(const channels::WebsocketAccept &answer) override;
    void refuse(const channels::WebsocketRefuse &answer) override;
    void sendMessage(const QByteArray &payload, bool binary) override;
    void startClose(int code, const QByteArray &reason) override;
    void cut(int code, const QByteArray &reason) override { startClose(code, reason); }
    channels::Backlog backlog() const override { return m_backlog; }
    qint64 pendingBytes() const override { return m_webSocket->bytesToWrite(); }
    void deadlinePassed() override;

    void listen();
    OrRefusal<channels::Scope> scope();
    void takeMessage(const QByteArray &payload, bool binary);
    void countFrame(bool isLast);
    void heard() { m_liveness.heard(m_context.clock()); }
    void watchSilence();
    void judgeSilence();
    void fail(int code, const QString &reason);
    void flush();

    ServerContext &m_context;
    Admission &m_admission;
    Deadlines &m_deadlines;
    std::unique_ptr<QWebSocket> m_webSocket;
    std::function<void()> m_touched;
    ConnectionEnds m_ends;
    channels::ConnectionInfo m_info;
    WebsocketSession m_session;
    std::vector<Early> m_early; ///< messages that came before the application accepted
    qint64 m_earlyBytes = 0;
    int m_fragments = 0; ///< of the unfinished message
    int m_unsent = 0; ///< messages since nothing waited
    channels::Backlog m_backlog;
    Liveness m_liveness; ///< from the acceptance on
    std::optional<Ending> m_ending;
    bool m_isGone = false;
};

} // namespace parlour::server
