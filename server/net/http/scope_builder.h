// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/scope.h"
#include "net/http/http_refusal.h"
#include "net/http/request_head.h"
#include "net/http/websocket_handshake.h"

namespace parlour::server {

/// What a server knows of a connection besides its request.
struct ConnectionEnds {
    channels::Endpoint client;
    channels::Endpoint server;
    bool secure = false;
    quint64 connection = 0; ///< its number
    bool proxied = false; ///< the socket's other end is a trusted proxy
};

/// The scope of an "http" application. The path is decoded once and never normalised: 404 for a bad
/// '%', bad UTF-8, control characters, a backslash, an encoded slash, and an empty, "." or ".."
/// segment.
OrRefusal<channels::Scope> httpScope(const RequestHead &head, const ConnectionEnds &ends);

/// The same for a "websocket" application.
OrRefusal<channels::Scope> websocketScope(const RequestHead &head, const WebsocketUpgrade &upgrade,
                                          const ConnectionEnds &ends);

} // namespace parlour::server
