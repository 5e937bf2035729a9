// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/websocket/masking.h"

#include <cstring>

namespace parlour::server {

void applyMask(char *bytes, qsizetype count, const std::array<char, 4> &mask, quint64 offset)
{
    std::array<char, 8> turned{};
    for (size_t i = 0; i < turned.size(); ++i)
        turned[i] = mask[(offset + i) % mask.size()];
    quint64 word = 0;
    quint64 key = 0;
    std::memcpy(&key, turned.data(), sizeof key);
    qsizetype at = 0;
    for (; count - at >= qsizetype(sizeof word); at += qsizetype(sizeof word)) {
        std::memcpy(&word, bytes + at, sizeof word);
        word ^= key;
        std::memcpy(bytes + at, &word, sizeof word);
    }
    for (; at < count; ++at)
        bytes[at] = static_cast<char>(bytes[at] ^ turned[static_cast<size_t>(at) % turned.size()]);
}

} // namespace parlour::server
