// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/websocket/frame_writer.h"

#include "channels/close_codes.h"

namespace parlour::server {

FrameHead::FrameHead(Opcode opcode, qint64 payloadBytes)
{
    constexpr quint64 Fin = 0x80;
    const auto size = static_cast<quint64>(payloadBytes);
    putNumber(Fin | static_cast<quint64>(opcode), 1);
    if (size <= MaxControlPayload) {
        putNumber(size, 1);
    } else if (size <= 0xFFFF) {
        putNumber(126, 1);
        putNumber(size, 2);
    } else {
        putNumber(127, 1);
        putNumber(size, 8);
    }
}

void FrameHead::putNumber(quint64 number, int count)
{
    for (int shift = 8 * (count - 1); shift >= 0; shift -= 8)
        m_bytes[static_cast<size_t>(m_size++)] = static_cast<char>(number >> shift & 0xFF);
}

QByteArray controlFrame(Opcode opcode, QByteArrayView payload)
{
    Q_ASSERT(payload.size() <= MaxControlPayload);
    QByteArray frame = FrameHead(opcode, payload.size()).bytes().toByteArray();
    frame.append(payload);
    return frame;
}

QByteArray closeFrame(int code, QByteArrayView reason)
{
    QByteArray payload;
    if (code != channels::close_code::NoStatus) {
        payload.append(static_cast<char>(code >> 8 & 0xFF));
        payload.append(static_cast<char>(code & 0xFF));
        payload.append(reason);
    }
    return controlFrame(Opcode::Close, payload);
}

} // namespace parlour::server
