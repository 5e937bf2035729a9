// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "net/http/http_refusal.h"
#include "net/http/request_head.h"

/// The rules of a request's head, line by line. Pure functions; HeadParser calls them in order.
namespace parlour::server {

/// Reads "METHOD target HTTP/1.x": 400 malformed, 405 CONNECT and TRACE, 501 no method of RFC 9110,
/// 505 another version.
OrRefusal<void> readRequestLine(QByteArrayView line, RequestHead &head);

/// Appends "name: value" to the headers: 400 unless the name is a token right before the colon.
OrRefusal<void> readHeaderLine(QByteArrayView line, RequestHead &head);

/// What the headers say together: Host, body framing, connection, expectation. 400 where they are
/// doubtful (CL and TE, repeated Content-Length, Host none or twice, two Origins), 417, 501.
OrRefusal<void> readMeaning(RequestHead &head);

/// The members of a comma-separated list over all fields of that name, trimmed, empty ones left
/// out.
QList<QByteArray> listMembers(const channels::Headers &headers, QByteArrayView name);
/// Whether such a list has this member; `token` in lower case, compared without regard to case.
bool listContains(const channels::Headers &headers, QByteArrayView name, QByteArrayView token);
/// Whether a host, with or without a port, has no character that it may not have.
bool isHost(QByteArrayView host);
/// A token of RFC 9110: header names, methods, subprotocols.
bool isToken(QByteArrayView text);

} // namespace parlour::server
