// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/client_state.h"
#include "chat/monitor_frames.h"
#include "client/host_address.h"
#include "client/key_guard.h"
#include "client/socket_options.h"

#include <QObject>

namespace parlour::client {

class ReconnectingSocket;

/// The owner's view of a host: speaks the feed of ws/monitor/ (docs/protocol.md), and comes back by
/// itself. Lives in the thread that made it.
class MonitorClient : public QObject
{
    Q_OBJECT
public:
    /// `ownerToken`: 64 hex digits; the host refuses everybody without the right one.
    MonitorClient(HostAddress address, const QByteArray &ownerToken, KeyTrust trust = {},
                  const SocketOptions &options = {}, QObject *parent = nullptr);
    ~MonitorClient() override;

    const HostAddress &address() const;
    const chat::Link &link() const;

    void open();
    void close();
    void retryNow();

    /// Whether activity() is wanted. Remembered over reconnects. While it is, everybody in the
    /// host's rooms is told that a monitor shows what is said.
    void watch(bool messages);
    /// Ends a connection of the host. False while not Online: nothing was asked.
    bool closeConnection(quint64 id);
    /// Measures a connection's round trip; a later snapshot has it. False as above.
    bool ping(quint64 id);

Q_SIGNALS:
    void linkChanged(const parlour::chat::Link &link);
    void snapshot(const parlour::chat::MonitorSnapshot &snapshot);
    void activity(const parlour::chat::MonitorActivity &activity);
    void failed(const parlour::chat::ErrorFrame &error);

private:
    void receive(const QByteArray &utf8);
    bool send(const chat::MonitorCommand &command);

    void handle(const chat::UnknownFrame &frame);
    void handle(const chat::MonitorSnapshot &frame);
    void handle(const chat::MonitorActivity &frame);
    void handle(const chat::ErrorFrame &said);

    ReconnectingSocket *m_socket; ///< a child
    bool m_watching = false;
};

} // namespace parlour::client
