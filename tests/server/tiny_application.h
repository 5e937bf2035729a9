// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/application.h"
#include "channels/channel_layer.h"

namespace parlour::tests {

constexpr int FloodCount = 120;
constexpr int FloodBytes = 520'000; ///< all of them are more than the system's buffers take

constexpr const char *RefusedPage = "  <p>Not you</p>"; ///< as /refused and /refused/ answer

/// An application as small as it may be. WebSockets: /echo/ returns each message as it came (and
/// accepts the first subprotocol that is offered); /close/<code>/ accepts and closes; /refuse/ is
/// refused with 403; /silent/ is never answered; /room/ is one group of `layer`, where each text
/// reaches all; /flood/ answers each text with FloodCount messages of FloodBytes at once (and
/// /flood/<code>/ closes slow readers with that code); /throw/ is a member of the room whose
/// handlers all throw, with the query "connected" before it accepts; /headers/ accepts with
/// headers. HTTP: / says hello, /mirror returns the body, /parts is streamed, /broken fails
/// half-way, /scope says who asks (describeScope()), the rest is 404; the WebSocket /scope/ says so
/// as its first message. "client:port secure proxied host server-port", with "plain" and "direct"
/// for the opposites.
QByteArray describeScope(const channels::Scope &scope);

channels::Application tinyApplication(channels::ChannelLayer &layer);

} // namespace parlour::tests
