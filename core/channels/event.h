// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/close_codes.h"
#include "channels/message.h"
#include "channels/scope.h"

#include <QByteArray>
#include <QString>

#include <chrono>
#include <variant>

/// What passes between a server and an application: the ASGI events, each a plain struct.
namespace parlour::channels {

// ---- from the client, through the server, to the application ----

/// A client wants to open a WebSocket; nothing has been answered yet. (websocket.connect)
struct WebsocketConnect {
};

/// One whole message of the client. (websocket.receive)
struct WebsocketReceive {
    QByteArray payload; ///< text is valid UTF-8
    bool binary = false;
    /// Over zero: the message came faster than the server's rate allows; the application says so to
    /// the client and does not act on it. A further message is welcome after this time.
    std::chrono::milliseconds retryAfter{0};
};

/// The connection is over, for whatever reason; the last event an instance gets.
/// (websocket.disconnect)
struct WebsocketDisconnect {
    int code = close_code::Abnormal; ///< the client's code, or ours where we closed first
    QString reason;
};

/// A request with (a part of) its body; the server bounds the whole. (http.request)
struct HttpRequest {
    QByteArray body;
    bool more = false;
};

/// The client went away before the answer was complete. (http.disconnect)
struct HttpDisconnect {
};

/// A message of the channel that a Worker reads for an instance of scope type "channel"; its type
/// chooses the handler. (In ASGI the message itself is the event.)
struct ChannelReceive {
    Message message;
};

using ClientEvent = std::variant<WebsocketConnect, WebsocketReceive, WebsocketDisconnect,
                                 HttpRequest, HttpDisconnect, ChannelReceive>;

// ---- from the application, through the server, to the client ----

/// Starts the closing handshake. (websocket.close)
struct WebsocketClose {
    int code = close_code::Normal;
    QString reason; ///< cut at 123 bytes of UTF-8 by the server, at a character's border
    /// Messages that the client has not begun to take are dropped, so that it hears of the end
    /// before them.
    bool overtakes = false;
};

/// Answers the handshake with 101. (websocket.accept)
struct WebsocketAccept {
    QString subprotocol; ///< empty: none; else one that the client offered
    Headers headers;
    /// With what a client is closed that leaves more unread than the server allows.
    WebsocketClose tooSlow = {close_code::PolicyViolation,
                              QStringLiteral("too slow: messages could not be delivered"), true};
};

/// Answers the handshake with an HTTP refusal instead. (websocket.http.response; websocket.close
/// before accept in older ASGI, where the status is always 403)
struct WebsocketRefuse {
    int status = 403;
    QByteArray body; ///< sent as it is; empty: the status' own words
    Headers headers; ///< without a content-type of theirs the body is plain text
};

/// One message. The payload may be shared by many receivers. (websocket.send)
struct WebsocketSend {
    QByteArray payload; ///< text: UTF-8
    bool binary = false;
};

/// The head of an answer. (http.response.start)
struct HttpResponseStart {
    int status = 200;
    Headers headers; ///< without framing headers: the server sets those
};

/// A part of an answer's body; the last one has `more` false. (http.response.body)
struct HttpResponseBody {
    QByteArray body;
    bool more = false;
};

/// The rest of an answer that has begun cannot be given: the connection ends so that the client can
/// see that it misses something (RFC 9112 section 8). What it takes at once of the parts before
/// still goes out; not always to a client of HTTP/1.0, whose connection is reset. (In ASGI an
/// application can only fail.)
struct HttpResponseAbort {
};

/// A worker's message that the application has no use for; it is counted as dropped.
struct ChannelDropped {
    QString cause; ///< as ChannelLayer::dropped() has it
    Message message;
};

using ServerEvent =
    std::variant<WebsocketAccept, WebsocketRefuse, WebsocketSend, WebsocketClose, HttpResponseStart,
                 HttpResponseBody, HttpResponseAbort, ChannelDropped>;

} // namespace parlour::channels
