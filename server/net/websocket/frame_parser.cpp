// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/websocket/frame_parser.h"

#include "channels/close_codes.h"
#include "net/websocket/masking.h"

#include <algorithm>

namespace parlour::server {

namespace close_code = channels::close_code;

namespace {

bool isKnown(int opcode)
{
    return opcode <= static_cast<int>(Opcode::Binary)
        || (opcode >= static_cast<int>(Opcode::Close) && opcode <= static_cast<int>(Opcode::Pong));
}

// RFC 6455 section 7.4 and the IANA registry: 1004 is reserved; 1005, 1006 and 1015 are never sent.
bool mayBeReceived(int code)
{
    return (code >= close_code::Normal && code <= close_code::Unsupported)
        || (code >= close_code::InvalidData && code <= 1014) || (code >= 3000 && code <= 4999);
}

quint64 bigEndian(const uchar *bytes, int count)
{
    quint64 number = 0;
    for (int i = 0; i < count; ++i)
        number = number << 8 | bytes[i];
    return number;
}

} // namespace

FrameParser::FrameParser(const FrameLimits &limits)
    : m_limits(limits)
{
}

bool FrameParser::isInside() const
{
    return !m_done && (m_headSize > 0 || m_inPayload || m_fragments > 0);
}

std::optional<FrameParser::Event> FrameParser::next(QByteArrayView &bytes)
{
    while (!m_done) {
        if (!m_inPayload) {
            takeHeadBytes(bytes);
            if (m_headSize < m_headNeeded)
                return {};
            if (auto failure = readHead())
                return failure;
            if (!m_inPayload)
                continue;
        }
        if (auto event = readPayload(bytes))
            return event;
        if (m_inPayload)
            return {};
    }
    bytes = {};
    return {};
}

void FrameParser::takeHeadBytes(QByteArrayView &bytes)
{
    const auto taken = std::min<qsizetype>(bytes.size(), m_headNeeded - m_headSize);
    std::copy_n(bytes.begin(), taken, m_headBytes.begin() + m_headSize);
    m_headSize += static_cast<int>(taken);
    bytes = bytes.sliced(taken);
}

// Called with two bytes, and again with all of them: what is wrong is said as early as possible.
FrameParser::Result FrameParser::readHead()
{
    const int shortLength = m_headBytes[1] & 0x7F;
    const int lengthBytes = shortLength == 126 ? 2 : shortLength == 127 ? 8 : 0;
    if (m_headNeeded == 2) {
        if (auto failure = judgeFirstBytes())
            return failure;
        m_headNeeded = 2 + lengthBytes + 4;
        return {};
    }
    m_head.length = lengthBytes > 0 ? bigEndian(&m_headBytes[2], lengthBytes)
                                    : static_cast<quint64>(shortLength);
    std::copy_n(m_headBytes.begin() + 2 + lengthBytes, 4, m_head.mask.begin());
    if (auto failure = judgeLength())
        return failure;
    m_headSize = 0;
    m_headNeeded = 2;
    m_payloadSeen = 0;
    m_inPayload = true;
    return {};
}

FrameParser::Result FrameParser::judgeFirstBytes()
{
    const int opcode = m_headBytes[0] & 0x0F;
    m_head.fin = (m_headBytes[0] & 0x80) != 0;
    if ((m_headBytes[0] & 0x70) != 0)
        return fail(close_code::ProtocolError, "a reserved bit is set");
    if (!isKnown(opcode))
        return fail(close_code::ProtocolError, "the opcode is reserved");
    m_head.opcode = static_cast<Opcode>(opcode);
    if ((m_headBytes[1] & 0x80) == 0)
        return fail(close_code::ProtocolError, "a client has to mask its frames");
    if (isControl()) {
        if (!m_head.fin)
            return fail(close_code::ProtocolError, "a control frame is fragmented");
        if ((m_headBytes[1] & 0x7F) > MaxControlPayload)
            return fail(close_code::ProtocolError, "a control frame is longer than 125 bytes");
        return {};
    }
    return judgeOrder();
}

FrameParser::Result FrameParser::judgeOrder()
{
    if (m_head.opcode == Opcode::Continuation) {
        if (m_fragments == 0)
            return fail(close_code::ProtocolError, "there is nothing to continue");
    } else {
        if (m_fragments > 0)
            return fail(close_code::ProtocolError, "a message begins inside another one");
        m_binary = m_head.opcode == Opcode::Binary;
        m_text = {};
    }
    if (++m_fragments > m_limits.fragments)
        return fail(close_code::PolicyViolation, "the message has too many fragments");
    return {};
}

FrameParser::Result FrameParser::judgeLength()
{
    const int shortLength = m_headBytes[1] & 0x7F;
    const bool isMinimal = shortLength == 126 ? m_head.length > MaxControlPayload
        : shortLength == 127                  ? m_head.length > 0xFFFF
                                              : true;
    if (!isMinimal || m_head.length >> 63 != 0)
        return fail(close_code::ProtocolError, "the length is not written in its shortest form");
    if (isControl())
        return {};
    const auto room =
        static_cast<quint64>(std::max<qint64>(0, m_limits.messageBytes - m_message.size()));
    if (m_head.length > room)
        return fail(close_code::TooBig, "the message is too big");
    return {};
}

FrameParser::Result FrameParser::readPayload(QByteArrayView &bytes)
{
    const auto left = static_cast<qsizetype>(m_head.length - m_payloadSeen);
    const qsizetype taken = std::min(left, bytes.size());
    QByteArray &target = isControl() ? m_control : m_message;
    const qsizetype before = target.size();
    target.append(bytes.first(taken));
    applyMask(target.data() + before, taken, m_head.mask, m_payloadSeen);
    m_payloadSeen += static_cast<quint64>(taken);
    bytes = bytes.sliced(taken);
    if (!isControl() && !m_binary && !m_text.feed(QByteArrayView(m_message).sliced(before)))
        return fail(close_code::InvalidData, "the text is not UTF-8");
    if (taken < left)
        return {};
    m_inPayload = false;
    return endFrame();
}

FrameParser::Result FrameParser::endFrame()
{
    if (isControl())
        return endControl();
    if (!m_head.fin)
        return {};
    if (!m_binary && !m_text.isComplete())
        return fail(close_code::InvalidData, "the text ends inside a character");
    m_fragments = 0;
    return Message{std::exchange(m_message, {}), m_binary};
}

FrameParser::Result FrameParser::endControl()
{
    const QByteArray payload = std::exchange(m_control, {});
    if (m_head.opcode == Opcode::Ping)
        return Ping{payload};
    if (m_head.opcode == Opcode::Pong)
        return Pong{payload};
    return readClose(payload);
}

FrameParser::Result FrameParser::readClose(const QByteArray &payload)
{
    if (payload.isEmpty()) {
        m_done = true;
        return Close{close_code::NoStatus, {}};
    }
    if (payload.size() == 1)
        return fail(close_code::ProtocolError, "the close code has one byte");
    const auto code =
        static_cast<int>(bigEndian(reinterpret_cast<const uchar *>(payload.constData()), 2));
    if (!mayBeReceived(code))
        return fail(close_code::ProtocolError, "the close code may not be sent");
    const QByteArrayView reason = QByteArrayView(payload).sliced(2);
    Utf8Validator text;
    if (!text.feed(reason) || !text.isComplete())
        return fail(close_code::InvalidData, "the close reason is not UTF-8");
    m_done = true;
    return Close{code, QString::fromUtf8(reason)};
}

FrameParser::Result FrameParser::fail(int code, const char *reason)
{
    m_done = true;
    m_message = {};
    m_control = {};
    return Failure{code, QString::fromLatin1(reason)};
}

} // namespace parlour::server
