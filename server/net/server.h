// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/application.h"
#include "channels/clock.h"
#include "channels/inspector.h"
#include "net/server_options.h"
#include "tls/tls_identity.h"

#include <QObject>

#include <functional>
#include <memory>

namespace parlour::server {

class ServerEngine;

/// HTTP and WebSocket on one port: runs an application, and does not know which. Counterpart:
/// Daphne. Lives in the server thread, with the application and its layer.
class Server final : public QObject
{
    Q_OBJECT
public:
    explicit Server(channels::Application application, const ServerOptions &options = {},
                    QObject *parent = nullptr);
    ~Server() override;

    /// Starts to listen; may be called several times. Port 0 takes a free one. The answer is what
    /// was bound. Fails (address_in_use, address_not_available, not_allowed, bad_address) with
    /// words that name the address; with Transport::Tls also where there is no identity (tls).
    channels::Expected<channels::Endpoint> listen(const QString &address, quint16 port,
                                                  Transport transport = Transport::Plain);

    /// What the server proves itself with over TLS; to be set before the first listen() with
    /// Transport::Tls. May be set again: new connections get it, live ones keep theirs. Fails as
    /// checkTlsIdentity(), and keeps the one before.
    channels::Expected<void> setTlsIdentity(const TlsIdentity &identity);

    /// Stops listening and closes every socket with this code; stopped() follows when all are gone,
    /// or after ServerOptions::closeTimeout. What was accepted before is written out first.
    void stop(int code, const QString &reason);

    /// Limits may change while the server runs; they hold for what comes from then on.
    void setOptions(const ServerOptions &options);

    /// For tests, before the first client comes: this clock stands for the real one in every
    /// deadline and rate.
    void useClock(const channels::Clock &clock);
    /// Looks at the clock now; a clock that is turned by hand wakes nobody.
    void checkDeadlines();

    QList<channels::ConnectionInfo> connections() const;
    channels::Totals totals() const;
    channels::Expected<void> ping(quint64 connection);
    channels::Expected<void> close(quint64 connection, int code, const QString &reason);

    /// Does `work`, which gives consumers something to send, and ends the turn at once instead of
    /// when the event loop comes to it.
    void turn(const std::function<void()> &work);

Q_SIGNALS:
    /// The sockets of this turn have been read; what the layer holds is to be delivered now, so
    /// that it leaves in the same write. Connect ChannelLayer::deliverPending() to it.
    void turnEnding();
    void stopped();

private:
    std::unique_ptr<ServerEngine> m_engine;
};

} // namespace parlour::server
