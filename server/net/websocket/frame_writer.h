// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "net/websocket/frame.h"

#include <QByteArray>

#include <array>

namespace parlour::server {

/// The head of an unfragmented frame of a server, which is never masked.
class FrameHead
{
public:
    FrameHead(Opcode opcode, qint64 payloadBytes);

    QByteArrayView bytes() const { return {m_bytes.data(), m_size}; }

private:
    void putNumber(quint64 number, int count);

    std::array<char, 10> m_bytes{};
    qsizetype m_size = 0;
};

/// A whole control frame; `payload` is at most 125 bytes.
QByteArray controlFrame(Opcode opcode, QByteArrayView payload);
/// A Close frame; without a code (1005) it is empty. `reason`: at most 123 bytes of UTF-8.
QByteArray closeFrame(int code, QByteArrayView reason);

} // namespace parlour::server
