// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "net/native/acceptor.h"
#include "net/native/native_connection.h"
#include "net/native/native_loop.h"
#include "net/server_engine.h"
#include "net/socket_address.h"

#include <QTimer>

#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

namespace parlour::server {

/// Our own HTTP and WebSocket over epoll. A turn is: read what came, let the channel layer deliver
/// (turnEnding), settle, write each connection once. Twin: QtEngine.
class NativeEngine final : public ServerEngine, private NativeLoop
{
    Q_OBJECT
public:
    NativeEngine(channels::Application application, const ServerOptions &options,
                 QObject *parent = nullptr);
    ~NativeEngine() override;

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
    void touched(NativeConnection &connection) override;
    void gone(NativeConnection &connection) override;
    void crowdOut(quint64 connection) override;

    NativeLoop &loop() { return *this; }
    void take(int descriptor, Transport transport);
    channels::Endpoint ownEnd(int descriptor);
    void admit(std::unique_ptr<NativeConnection> connection);
    bool start(NativeConnection &connection, std::unique_ptr<Conversation> conversation);
    void turnAway(std::unique_ptr<NativeConnection> connection, const HttpRefusal &refusal);
    NativeConnection *find(quint64 connection) const;
    void requestTurn();
    void endTurn();
    void removeGone();
    void cutAll();
    void reportStopped();

    SocketAddress m_ownAddress; ///< of the connection that came last
    channels::Endpoint m_ownEnd; ///< the same
    std::optional<TlsContext> m_tls; ///< for connections to come
    std::vector<std::unique_ptr<Acceptor>> m_acceptors;
    std::unordered_map<quint64, std::unique_ptr<NativeConnection>> m_connections;
    std::unordered_map<quint64, std::unique_ptr<NativeConnection>> m_turnedAway;
    std::vector<NativeConnection *> m_touched;
    std::vector<NativeConnection *> m_ending; ///< the touched ones of the turn that ends now
    std::vector<quint64> m_gone;
    QTimer m_stopTimer;
    bool m_isTurnRequested = false;
    bool m_isEndingTurn = false;
    bool m_isStopping = false;
    bool m_hasStopped = false;
};

} // namespace parlour::server
