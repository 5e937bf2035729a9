// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/http/body_reader.h"

#include <algorithm>

namespace parlour::server {

namespace {

constexpr int MaxLineBytes = 1024; // of a size line or a trailer
constexpr int MaxExtraBytes = 16384; // of all extensions and trailers
constexpr int MaxSizeDigits = 15; // any hexadecimal number of so many digits is a qint64

HttpRefusal tooLarge()
{
    return {413, "The request's body is too large.", {}};
}

HttpRefusal badChunk()
{
    return {400, "The request's body has a bad chunk.", {}};
}

} // namespace

BodyReader::BodyReader(const RequestHead &head, qint64 maxBytes)
    : m_chunked(head.chunked)
    , m_room(maxBytes)
    , m_left(head.contentLength)
{
    if (m_chunked)
        m_state = State::SizeLine;
    else if (m_left == 0)
        m_state = State::Complete;
}

OrRefusal<BodyReader> BodyReader::forHead(const RequestHead &head, qint64 maxBytes)
{
    if (head.contentLength > maxBytes)
        return tooLarge();
    return BodyReader(head, maxBytes);
}

OrRefusal<qsizetype> BodyReader::feed(QByteArrayView bytes, QByteArray &content)
{
    qsizetype used = 0;
    while (used < bytes.size() && m_state != State::Complete) {
        if (m_state == State::Content) {
            const auto taken = qsizetype(std::min<qint64>(m_left, bytes.size() - used));
            content.append(bytes.sliced(used, taken));
            used += taken;
            m_left -= taken;
            m_room -= taken;
            if (m_left == 0)
                m_state = m_chunked ? State::ChunkEnd : State::Complete;
            continue;
        }
        const auto taken = feedLine(bytes.sliced(used));
        if (!taken)
            return taken.error();
        used += *taken;
    }
    return used;
}

OrRefusal<qsizetype> BodyReader::feedLine(QByteArrayView bytes)
{
    const auto lineFeed = bytes.indexOf('\n');
    const auto taken = lineFeed < 0 ? bytes.size() : lineFeed + 1;
    if (m_line.size() + taken > MaxLineBytes)
        return badChunk();
    m_line.append(bytes.first(taken));
    if (lineFeed < 0)
        return taken;
    if (!m_line.endsWith("\r\n"))
        return badChunk();
    m_line.chop(2);
    const bool hasControl = std::any_of(m_line.cbegin(), m_line.cend(), [](char byte) {
        const auto code = static_cast<unsigned char>(byte);
        return (code < 0x20 && byte != '\t') || code == 0x7f;
    });
    if (hasControl)
        return badChunk();
    if (auto ended = endLine(); !ended)
        return ended.error();
    m_line.truncate(0);
    return taken;
}

OrRefusal<void> BodyReader::endLine()
{
    switch (m_state) {
    case State::SizeLine:
        return startChunk();
    case State::ChunkEnd:
        if (!m_line.isEmpty())
            return badChunk();
        m_state = State::SizeLine;
        return {};
    case State::Trailers:
        m_extras += int(m_line.size());
        if (m_extras > MaxExtraBytes || m_line.startsWith(' ') || m_line.startsWith('\t'))
            return badChunk();
        if (m_line.isEmpty())
            m_state = State::Complete;
        return {};
    case State::Content:
    case State::Complete:
        break;
    }
    return {};
}

OrRefusal<void> BodyReader::startChunk()
{
    const auto isHex = [](char byte) {
        return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f')
            || (byte >= 'A' && byte <= 'F');
    };
    const auto digits = std::find_if_not(m_line.cbegin(), m_line.cend(), isHex) - m_line.cbegin();
    const QByteArray extensions = m_line.sliced(digits).trimmed();
    m_extras += int(m_line.size() - digits);
    if (digits == 0 || (!extensions.isEmpty() && !extensions.startsWith(';'))
        || m_extras > MaxExtraBytes)
        return badChunk();
    const QByteArray number = m_line.first(digits);
    if (digits > MaxSizeDigits)
        return tooLarge();
    m_left = number.toLongLong(nullptr, 16);
    if (m_left > m_room)
        return tooLarge();
    m_state = m_left > 0 ? State::Content : State::Trailers;
    return {};
}

} // namespace parlour::server
