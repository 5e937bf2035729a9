// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "frames.h"

#include <cstdint>

namespace parlour::bench {

namespace {

constexpr char Mask[] = {0x5a, 0x17, 0x2c, 0x71};
constexpr uint8_t Text = 0x1;
constexpr uint8_t Close = 0x8;
constexpr uint8_t Ping = 0x9;
constexpr uint8_t Pong = 0xa;
constexpr uint8_t Final = 0x80;
constexpr uint8_t IsMasked = 0x80;

std::string maskedFrame(uint8_t opcode, std::string_view payload)
{
    std::string frame(1, static_cast<char>(Final | opcode));
    const size_t size = payload.size();
    if (size < 126) {
        frame += static_cast<char>(IsMasked | size);
    } else {
        frame += static_cast<char>(IsMasked | 126);
        frame += static_cast<char>(size >> 8);
        frame += static_cast<char>(size);
    }
    frame.append(Mask, sizeof Mask);
    for (size_t i = 0; i < size; ++i)
        frame += static_cast<char>(payload[i] ^ Mask[i % sizeof Mask]);
    return frame;
}

size_t bigEndian(std::string_view bytes)
{
    size_t value = 0;
    for (const char byte : bytes)
        value = value << 8 | static_cast<uint8_t>(byte);
    return value;
}

Frame::Kind kindOf(char firstByte)
{
    switch (static_cast<uint8_t>(firstByte) & 0xfU) {
    case Text:
        return Frame::Kind::Text;
    case Ping:
        return Frame::Kind::Ping;
    default:
        return Frame::Kind::Other;
    }
}

} // namespace

std::string textFrame(std::string_view payload)
{
    return maskedFrame(Text, payload);
}

std::string pongFrame(std::string_view payload)
{
    return maskedFrame(Pong, payload);
}

std::string closeFrame()
{
    return maskedFrame(Close, "\x03\xe8");
}

void FrameReader::feed(std::string_view bytes)
{
    m_kept.erase(0, m_kept.size() - m_bytes.size());
    if (m_kept.empty()) {
        m_bytes = bytes;
        return;
    }
    m_kept += bytes;
    m_bytes = m_kept;
}

std::optional<Frame> FrameReader::next()
{
    if (m_bytes.size() >= 2) {
        const uint8_t shortSize = static_cast<uint8_t>(m_bytes[1]);
        const size_t sizeBytes = shortSize == 127 ? 8 : shortSize == 126 ? 2 : 0;
        const size_t head = 2 + sizeBytes;
        if (m_bytes.size() >= head) {
            const size_t size =
                sizeBytes == 0 ? shortSize : bigEndian(m_bytes.substr(2, sizeBytes));
            if (m_bytes.size() >= head + size) {
                const Frame frame{kindOf(m_bytes[0]), m_bytes.substr(head, size)};
                m_bytes.remove_prefix(head + size);
                return frame;
            }
        }
    }
    if (m_kept.empty() && !m_bytes.empty()) {
        m_kept = m_bytes;
        m_bytes = m_kept;
    }
    return std::nullopt;
}

} // namespace parlour::bench
