// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/event.h"
#include "channels/expected.h"
#include "net/http/request_head.h"

#include <QByteArray>

#include <optional>

namespace parlour::server {

/// The words of a status: "Not Found".
QByteArray reasonPhrase(int status);

/// "HTTP/1.1 404 Not Found\r\n", with the version that every answer of ours has.
QByteArray statusLine(int status);

/// "Sun, 06 Nov 1994 08:49:37 GMT", now.
QByteArray httpDate();

/// Fails (bad_header) and names the field where a name is no token or a value has a line end or a
/// NUL: neither may reach the wire.
channels::Expected<void> checkHeaders(const channels::Headers &headers);

/// Turns an application's answer to one request into bytes. It owns the framing: Content-Length
/// where the first part of the body is the last, else chunks (HTTP/1.0: until the connection ends);
/// an application's own Content-Length, Date and Transfer-Encoding are left out, and so is its
/// Connection, of which `close` is heeded. No socket in it.
class ResponseWriter
{
public:
    explicit ResponseWriter(const RequestHead &request);

    /// Keeps the head until the first part of the body tells its framing. Fails for bad headers
    /// (checkHeaders) and for a second start, and then nothing has changed.
    channels::Expected<void> start(const channels::HttpResponseStart &head);

    /// The bytes that this part adds to the wire; none before start() or after the last part.
    QByteArray body(const channels::HttpResponseBody &part);

    bool isStarted() const { return m_head.has_value(); }
    bool isComplete() const { return m_state == State::Complete; }
    /// The answer has begun, and ends where the connection does (HTTP/1.0 in parts).
    bool endsWithConnection() const { return m_state == State::Plain; }
    /// After the answer, whether the connection may serve another request.
    bool keepsAlive() const { return m_keepAlive; }
    /// This answer is the connection's last one; to be said before its first part.
    void endConnection() { m_keepAlive = false; }

private:
    enum class State { Waiting, Plain, Chunked, Complete };

    QByteArray headBytes(const channels::HttpResponseBody &first);

    bool m_toHead;
    bool m_http10;
    bool m_keepAlive;
    std::optional<channels::HttpResponseStart> m_head;
    State m_state = State::Waiting;
};

} // namespace parlour::server
