// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "net/qt/bridge_socket.h"
#include "net/qt/qt_loop.h"
#include "net/server_engine.h"

#include <QSslConfiguration>
#include <QTimer>

#include <map>
#include <memory>
#include <vector>

class QTcpServer;

namespace parlour::server {

/// The engine of QWebSocketServer: the way in for programs that know it, and the yardstick for our
/// own codec. What it cannot do is listed by name in tests/server/known_failures.h.
class QtEngine final : public ServerEngine, private QtLoop
{
    Q_OBJECT
public:
    QtEngine(channels::Application application, const ServerOptions &options,
             QObject *parent = nullptr);
    ~QtEngine() override;

    void serve(int listeningSocket, const channels::Endpoint &endpoint,
               Transport transport) override;
    void stop(int code, const QString &reason) override;
    QList<channels::ConnectionInfo> connections() const override;
    void turn(const std::function<void()> &work) override;
    void checkDeadlines() override { deadlines.check(); }
    bool ping(quint64 connection) override;
    bool close(quint64 connection, int code, const QString &reason) override;

protected:
    channels::Expected<void> useTlsIdentity(const TlsIdentity &identity) override;

private:
    void touched(QtConnection &connection) override;
    void crowdOut(quint64 connection) override;

    void take(qintptr descriptor, const channels::Endpoint &endpoint, Transport transport);
    void turnAway(std::unique_ptr<BridgeSocket> socket, Transport transport,
                  const HttpRefusal &refusal);
    QtConnection *find(quint64 connection) const;
    void endTurn();
    void removeGone(const std::vector<quint64> &candidates);

    QSslConfiguration m_tls; ///< for connections to come
    std::vector<std::unique_ptr<QTcpServer>> m_listeners;
    std::map<quint64, std::unique_ptr<QtConnection>> m_connections; ///< by their number
    std::vector<quint64> m_touched; ///< in this turn
    int m_turnedAway = 0; ///< sockets that still read their refusal
    bool m_turnIsDue = false;
    bool m_isEndingTurn = false;
    bool m_isStopping = false;
    QTimer m_patience; ///< while it stops
};

} // namespace parlour::server
