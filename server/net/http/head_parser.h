// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "net/http/http_refusal.h"
#include "net/http/request_head.h"

#include <QByteArray>

namespace parlour::server {

struct HeadLimits {
    int bytes = 32768; ///< request line and headers, line ends included
    int lines = 100; ///< request line and headers; the empty last line does not count
};

/// Bytes in, a request's head out; strict as RFC 9112 allows (CRLF only, no folding, no doubtful
/// framing), because a request that two programs read differently is how requests are smuggled.
/// Each byte is looked at once. No socket in it; one parser serves a connection's requests one
/// after the other.
class HeadParser
{
public:
    explicit HeadParser(const HeadLimits &limits = {});

    /// Takes bytes up to the head's end and says how many: all of them, unless the head is complete
    /// now; the rest is body (or the next head). Fails with the answer that the client gets; then
    /// the parser is of no more use.
    OrRefusal<qsizetype> feed(QByteArrayView bytes);

    /// A request has begun: an idle keep-alive connection turns into an unfinished head.
    bool isStarted() const { return m_size > 0; }
    bool isComplete() const { return m_complete; }

    /// The complete head; the parser is ready for the next one.
    RequestHead takeHead();

private:
    OrRefusal<void> endLine();

    HeadLimits m_limits;
    RequestHead m_head;
    QByteArray m_line; ///< the unfinished line
    int m_size = 0; ///< bytes of this head so far
    int m_lines = 0;
    bool m_complete = false;
};

} // namespace parlour::server
