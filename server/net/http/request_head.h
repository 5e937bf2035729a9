// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/scope.h"

#include <QByteArray>

namespace parlour::server {

/// What a checked request line and its headers say (RFC 9112). Made by HeadParser alone: whoever
/// holds one may rely on exactly one framing, one Host (none only in HTTP/1.0) and a target of
/// printable ASCII whose path starts with one slash.
struct RequestHead {
    QByteArray method; ///< a method of RFC 9110, upper case
    QByteArray target; ///< as it came
    QByteArray rawPath; ///< of the target, not decoded, without the query
    QByteArray query; ///< raw, without the question mark
    QByteArray httpVersion = "1.1"; ///< "1.0" or "1.1"
    channels::Headers headers; ///< names in lower case, values without the spaces around them

    bool keepAlive = true; ///< the client would send another request after this one
    qint64 contentLength = 0; ///< bytes of the body; 0 where it is chunked
    bool chunked = false;
    bool expectsContinue = false; ///< waits for 100 before it sends the body
    bool isUpgrade = false; ///< asks for a WebSocket (rightly or not: see checkUpgrade())

    bool isHead() const { return method == "HEAD"; }
    bool hasBody() const { return chunked || contentLength > 0; }
    QByteArray header(QByteArrayView name) const { return channels::headerValue(headers, name); }
};

} // namespace parlour::server
