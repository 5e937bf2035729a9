// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/http/head_parser.h"

#include "net/http/head_rules.h"

#include <algorithm>
#include <utility>

namespace parlour::server {

namespace {

// Of the control characters a head has line ends and tabs alone. Said at the byte, not at the
// line's end: what speaks TLS to a plain port shall not wait for the head's time-out.
bool isForbidden(char byte)
{
    const auto code = static_cast<unsigned char>(byte);
    return (code < 0x20 && byte != '\r' && byte != '\n' && byte != '\t') || code == 0x7f;
}

/// How many bytes there are before a line's end, or what may not be there.
qsizetype plainBytes(QByteArrayView bytes)
{
    const auto isPlain = [](char byte) {
        return byte != '\r' && byte != '\n' && !isForbidden(byte);
    };
    return std::find_if_not(bytes.begin(), bytes.end(), isPlain) - bytes.begin();
}

} // namespace

HeadParser::HeadParser(const HeadLimits &limits)
    : m_limits(limits)
{
}

OrRefusal<qsizetype> HeadParser::feed(QByteArrayView bytes)
{
    qsizetype used = 0;
    while (used < bytes.size() && !m_complete) {
        const bool afterReturn = m_line.endsWith('\r');
        if (!afterReturn) {
            const auto run = plainBytes(bytes.sliced(used).first(
                std::min<qsizetype>(bytes.size() - used, m_limits.bytes - m_size)));
            m_line.append(bytes.sliced(used, run));
            m_size += int(run);
            used += run;
            if (used == bytes.size())
                break;
        }
        const char byte = bytes[used++];
        if (++m_size > m_limits.bytes)
            return HttpRefusal{431, "The request's head is too long.", {}};
        if (isForbidden(byte))
            return HttpRefusal{400, "The request has a control character in its head.", {}};
        if (afterReturn != (byte == '\n'))
            return HttpRefusal{400, "Lines of a request end with CR LF.", {}};
        if (!afterReturn) {
            m_line.append(byte);
            continue;
        }
        m_line.chop(1);
        if (auto ended = endLine(); !ended)
            return ended.error();
        m_line.truncate(0);
    }
    return used;
}

OrRefusal<void> HeadParser::endLine()
{
    if (m_line.isEmpty()) {
        if (m_lines > 0) {
            m_complete = true;
            m_head.headers.squeeze(); // they live as long as the connection
            return readMeaning(m_head);
        }
        // RFC 9112 2.2: one empty line before a request is read over.
        if (m_size > 2)
            return HttpRefusal{400, "The request starts with empty lines.", {}};
        return {};
    }
    if (++m_lines > m_limits.lines)
        return HttpRefusal{431, "The request has too many header lines.", {}};
    return m_lines == 1 ? readRequestLine(m_line, m_head) : readHeaderLine(m_line, m_head);
}

RequestHead HeadParser::takeHead()
{
    m_complete = false;
    m_size = 0;
    m_lines = 0;
    return std::exchange(m_head, {});
}

} // namespace parlour::server
