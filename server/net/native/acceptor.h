// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/scope.h"
#include "net/native/poller.h"

#include <QObject>
#include <QTimer>

namespace parlour::server {

/// Takes new connections from one listening socket, a batch a turn. Where the process has no
/// descriptor left it waits a second instead of spinning. Owns the socket.
class Acceptor final : public QObject, private Poller::Watcher
{
    Q_OBJECT
public:
    /// Takes a listening, non-blocking descriptor. `poller` outlives it.
    Acceptor(Poller &poller, int listeningSocket, const channels::Endpoint &endpoint,
             QObject *parent = nullptr);
    ~Acceptor() override;

Q_SIGNALS:
    /// A connected, non-blocking descriptor; the receiver owns it.
    void accepted(int descriptor);

private:
    void ready(bool readable, bool writable, bool broken) override;
    bool acceptOne();
    void pause(int error);

    Poller &m_poller;
    int m_listeningSocket;
    channels::Endpoint m_endpoint;
    QTimer m_pause;
    bool m_isShort = false; ///< of descriptors, and it has been said
};

} // namespace parlour::server
