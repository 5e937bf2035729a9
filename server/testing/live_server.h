// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/close_codes.h"
#include "net/server.h"

#include <QString>
#include <QUrl>

#include <chrono>

namespace parlour::server {

/// Where a LiveServer listens, and how.
struct LiveServerOptions {
    ServerOptions server = {};
    QString address = QStringLiteral("127.0.0.1"); ///< numeric
    Transport transport = Transport::Plain;
    TlsIdentity identity = {}; ///< for Transport::Tls; empty: one is made, signed by itself
};

/// Runs an application behind real sockets on a free port, for a test that wants a real client. It
/// serves from the thread that made it, which is the test's own, as the application and its layer
/// live there too: the test may look at them whenever it likes, and whatever waits for the client
/// has to run the event loop (QTRY_…, QSignalSpy::wait(), waitFor()). A client that blocks belongs
/// in a process or thread of its own. The destructor cuts what is still open.
/// Counterpart: channels.testing.ChannelsLiveServerTestCase.
class LiveServer
{
public:
    /// Listens at once. Where that fails the words are in error() and the URLs are invalid.
    explicit LiveServer(channels::Application application, const LiveServerOptions &options = {});
    LiveServer(const LiveServer &) = delete;
    LiveServer &operator=(const LiveServer &) = delete;

    /// http(s)://address:port and this path, percent-encoded where it has to be; a query may
    /// follow.
    QUrl url(const QString &path = QStringLiteral("/")) const;
    /// The same for a WebSocket.
    QUrl webSocketUrl(const QString &path = QStringLiteral("/")) const;
    quint16 port() const { return m_endpoint.port; }
    QString error() const { return m_error; }
    const LiveServerOptions &options() const { return m_options; }

    /// Closes every socket with this code as a host does that ends, and waits until all are gone.
    /// False where they are not in time.
    bool stop(int code = channels::close_code::GoingAway,
              std::chrono::milliseconds timeout = std::chrono::seconds(10));

    Server &server() { return m_server; }

private:
    channels::Expected<channels::Endpoint> listen();
    QUrl urlOf(const QString &scheme, const QString &path) const;

    LiveServerOptions m_options;
    Server m_server;
    channels::Endpoint m_endpoint;
    QString m_error;
};

} // namespace parlour::server
