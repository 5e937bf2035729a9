// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"
#include "net/admission.h"
#include "net/session.h"
#include "tls/tls_identity.h"

#include <QObject>

#include <functional>

namespace parlour::server {

/// The code that speaks to the sockets. Twins: NativeEngine, QtEngine. Lives in the server thread.
class ServerEngine : public QObject
{
    Q_OBJECT
public:
    ServerEngine(channels::Application application, const ServerOptions &options,
                 QObject *parent = nullptr);
    ~ServerEngine() override;

    /// Takes a socket that listens already (listening.h) and owns it.
    virtual void serve(int listeningSocket, const channels::Endpoint &endpoint,
                       Transport transport) = 0;
    /// As Server::stop(). Does nothing the second time.
    virtual void stop(int code, const QString &reason) = 0;

    virtual QList<channels::ConnectionInfo> connections() const = 0;
    /// False: no such WebSocket.
    virtual bool ping(quint64 connection) = 0;
    virtual bool close(quint64 connection, int code, const QString &reason) = 0;

    /// As Server::setTlsIdentity().
    channels::Expected<void> setTlsIdentity(const TlsIdentity &identity);
    bool hasTlsIdentity() const { return m_hasTlsIdentity; }

    /// As Server::turn(). While a turn ends already, it is part of that.
    virtual void turn(const std::function<void()> &work) = 0;
    virtual void checkDeadlines() = 0;
    void useClock(const channels::Clock &clock) { m_context.clock = clock; }

    void setOptions(const ServerOptions &options);
    const ServerOptions &options() const { return m_context.options; }
    const channels::Totals &totals() const { return m_context.totals; }

Q_SIGNALS:
    /// The sockets of this turn have been read; emitted before anything is written.
    void turnEnding();
    void stopped();

protected:
    /// Connections that come from now on prove the server with this sound identity.
    virtual channels::Expected<void> useTlsIdentity(const TlsIdentity &identity) = 0;

    ServerContext m_context;
    Admission m_admission;

private:
    bool m_hasTlsIdentity = false;
};

} // namespace parlour::server
