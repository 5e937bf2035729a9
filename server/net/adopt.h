// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/application.h"
#include "channels/clock.h"
#include "channels/inspector.h"
#include "net/server_options.h"

#include <QObject>

#include <memory>

class QWebSocketServer;

namespace parlour::server {

/// An application behind a QWebSocketServer that a program has already. Made by adopt(). Lives in
/// that server's thread.
class AdoptedServer final : public QObject
{
    Q_OBJECT
public:
    ~AdoptedServer() override;

    /// Closes every WebSocket; the QWebSocketServer goes on listening, unless it is closed first.
    void closeAll(int code, const QString &reason);

    QList<channels::ConnectionInfo> connections() const;
    channels::Totals totals() const;

    /// For tests: time is what this clock says; to be said before the first client comes.
    void useClock(const channels::Clock &clock);
    /// For tests, after their clock was turned: does what is due by now.
    void checkDeadlines();

Q_SIGNALS:
    /// As Server::turnEnding(): connect ChannelLayer::deliverPending() to it.
    void turnEnding();

private:
    friend AdoptedServer *adopt(QWebSocketServer &, channels::Application, const ServerOptions &);
    class Sockets;

    AdoptedServer(QWebSocketServer &server, channels::Application application,
                  const ServerOptions &options);

    std::unique_ptr<Sockets> m_sockets;
};

/// Gives every WebSocket of `server`, those that wait already included, to the application: the way
/// in for a program that has a QWebSocketServer and keeps it. The program goes on to own, configure
/// and close the server, but calls nextPendingConnection() no more; what is returned belongs to the
/// server and goes with it; what the application refers to outlives both.
///
/// The server has answered the handshake before it shows a connection. So an application's refusal
/// is a close with 1008, the subprotocol is chosen among setSupportedSubprotocols(), Origins are
/// judged before the answer by the program's own handlers of originAuthenticationRequired() alone
/// (an origin validator in the application refuses with 1008), there are no pages, and what Qt gets
/// wrong (tests/server/known_failures.h) stays wrong. Of the options hold: messages, fragments,
/// rate, unread output, connections, pings, and the time-outs of connecting and closing. Over TLS
/// Qt does not tell what a client leaves unread: until it fails to answer a ping, it is unbounded.
/// Qt answers a client's pings unseen: one that sends nothing else lives by its pongs alone. No
/// proxy is trusted: of a header that comes twice Qt shows one.
AdoptedServer *adopt(QWebSocketServer &server, channels::Application application,
                     const ServerOptions &options = {});

} // namespace parlour::server
