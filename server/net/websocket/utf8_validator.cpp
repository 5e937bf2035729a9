// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/websocket/utf8_validator.h"

#include <cstring>

namespace parlour::server {

namespace {
bool isAscii8(const char *bytes)
{
    quint64 word = 0;
    std::memcpy(&word, bytes, sizeof word);
    return (word & 0x8080808080808080ULL) == 0;
}
} // namespace

// RFC 3629, section 4: only the byte after the lead depends on it.
bool Utf8Validator::begin(uchar lead)
{
    m_low = 0x80;
    m_high = 0xBF;
    if (lead < 0xC2 || lead > 0xF4)
        return false;
    m_left = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
    if (lead == 0xE0)
        m_low = 0xA0;
    else if (lead == 0xED)
        m_high = 0x9F;
    else if (lead == 0xF0)
        m_low = 0x90;
    else if (lead == 0xF4)
        m_high = 0x8F;
    return true;
}

bool Utf8Validator::feed(QByteArrayView piece)
{
    const char *at = piece.begin();
    const char *const end = piece.end();
    while (at != end) {
        if (m_left == 0 && end - at >= 8 && isAscii8(at)) {
            at += 8;
            continue;
        }
        const auto byte = static_cast<uchar>(*at++);
        if (m_left == 0) {
            if (byte >= 0x80 && !begin(byte))
                return false;
        } else {
            if (byte < m_low || byte > m_high)
                return false;
            --m_left;
            m_low = 0x80;
            m_high = 0xBF;
        }
    }
    return true;
}

} // namespace parlour::server
