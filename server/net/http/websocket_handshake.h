// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/event.h"
#include "net/http/http_refusal.h"
#include "net/http/request_head.h"

#include <QByteArray>
#include <QStringList>

namespace parlour::server {

/// A sound request for a WebSocket (RFC 6455 section 4.2.1).
struct WebsocketUpgrade {
    QByteArray key;
    QStringList subprotocols; ///< as offered, in the client's order
};

/// Checks a head whose isUpgrade is set: 400, 405 (not GET) or 426 (not version 13).
OrRefusal<WebsocketUpgrade> checkUpgrade(const RequestHead &head);

/// The 101 answer. Fails (bad_header, bad_subprotocol) where the application's headers may not
/// reach the wire or it chose a subprotocol that was not offered.
channels::Expected<QByteArray> acceptAnswer(const WebsocketUpgrade &upgrade,
                                            const channels::WebsocketAccept &accept);

/// The answer of an application that refuses the handshake, its body as it is; headers that may not
/// reach the wire are left out.
QByteArray refuseAnswer(const channels::WebsocketRefuse &refuse);

} // namespace parlour::server
