// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/application.h"

/// Refusals are ordinary applications.
namespace parlour::channels {

/// Refuses every WebSocket with this status and body (plain text, unless the headers say
/// otherwise), and answers every HTTP request with it, from its head alone; the connection ends
/// then. A worker's messages are dropped and counted (unrouted). Counterpart:
/// channels.security.websocket.WebsocketDenier.
Application refusal(int status, const QByteArray &body = {}, const Headers &headers = {});

/// The application where no route leads: 404.
Application notFound();

} // namespace parlour::channels
