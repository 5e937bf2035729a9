// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"
#include "net/admission.h"
#include "net/session.h"

#include <QObject>

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
    virtual void serve(int listeningSocket, const channels::Endpoint &endpoint) = 0;
    /// As Server::stop(). Does nothing the second time.
    virtual void stop(int code, const QString &reason) = 0;

    virtual QList<channels::ConnectionInfo> connections() const = 0;
    /// False: no such WebSocket.
    virtual bool ping(quint64 connection) = 0;
    virtual bool close(quint64 connection, int code, const QString &reason) = 0;

    void setOptions(const ServerOptions &options);
    const ServerOptions &options() const { return m_context.options; }
    const channels::Totals &totals() const { return m_context.totals; }

Q_SIGNALS:
    /// The sockets of this turn have been read; emitted before anything is written.
    void turnEnding();
    void stopped();

protected:
    ServerContext m_context;
    Admission m_admission;
};

} // namespace parlour::server
