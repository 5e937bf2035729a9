// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "net/address_range.h"

#include <QList>
#include <QString>

#include <chrono>

namespace parlour::server {

using namespace std::chrono_literals;

/// Which code speaks to the sockets (docs/architecture.md, "Two engines").
enum class Engine {
    Native, ///< our RFC 6455 codec over epoll
    Qt, ///< an embedded QWebSocketServer
};

/// What is spoken at one address.
enum class Transport {
    Plain,
    Tls, ///< a client that speaks plain HTTP there is told so
};

/// Everything a server is told. Zero means "no limit" where that is said.
struct ServerOptions {
    Engine engine = Engine::Native;
    /// Where the application is mounted, like "/talk": its routes see what is behind it, and what
    /// is not below it has no route. Counterpart: daphne --root-path.
    QString rootPath = {};

    qint64 maxMessageBytes =
        65536; ///< payload of one client message; exactly that many pass; ceiling 1 MiB
    int maxFragments = 16384; ///< frames of one message
    int maxPendingPongs = 64; ///< answers to pings that the client has not taken
    qint64 maxUnreadOutput =
        qint64(2) * 1024 * 1024; ///< bytes; one legal message always fits an empty queue

    int maxHeadBytes = 32768; ///< request line and headers
    int maxHeadLines = 100;
    std::chrono::milliseconds tlsHandshakeTimeout = 10s; ///< before the head
    std::chrono::milliseconds headTimeout = 10s; ///< for the whole head
    int maxUnfinishedHeadsPerAddress =
        64; ///< heads unfinished for over a second; the oldest is refused with 429
    qint64 maxBodyBytes = 65536; ///< of an HTTP request
    /// For the whole body, however it trickles in; over it 408; 0: no limit.
    std::chrono::milliseconds bodyTimeout = 60s;
    /// For the application to begin its answer to a whole request; over it 503; 0: no limit, as the
    /// counterpart, daphne --http-timeout, has it.
    std::chrono::milliseconds answerTimeout = 0s;
    std::chrono::milliseconds keepAliveTimeout = 60s; ///< idle between requests

    int maxConnections = 20000; ///< in all; over it 503; 0: no limit
    int maxPerAddress = 1024; ///< per client address; over it 429; 0: no limit
    int maxTurnedAway = 256; ///< connections that are being told so; further ones are just closed
    int listenBacklog = 4096;
    /// Whose X-Forwarded-For, -Proto, -Host and -Port are believed; nobody else's are. The limit
    /// per address holds for the clients behind them, not for them.
    QList<AddressRange> trustedProxies = {};

    double messagesPerSecond = 100; ///< per connection; 0: no limit
    int messageBurst = 1000; ///< bucket size; it starts full

    /// A WebSocket that was silent for so long is pinged; 0: never. Any byte of it counts as life.
    std::chrono::milliseconds pingInterval = 25s;
    /// Silence after that ping until it is closed with 1011 (as the field's keepalives are), which
    /// the application sees as 1006; 0: never.
    std::chrono::milliseconds pingTimeout = 20s;

    std::chrono::milliseconds pauseTimeout = 30s; ///< silence inside a frame or a message
    std::chrono::milliseconds closeTimeout = 2s; ///< after a Close frame of ours, until TCP is cut
    std::chrono::milliseconds connectTimeout = 20s; ///< for the application to answer a handshake
};

} // namespace parlour::server
