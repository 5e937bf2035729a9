// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/hash_ring.h"

#include <QtGlobal>

namespace parlour::redis {

namespace {

constexpr int RingSize = 4096;

// The one of zlib and Python's binascii; names are short, so bit by bit is quick enough.
quint32 crc32(QByteArrayView bytes)
{
    constexpr quint32 Polynomial = 0xEDB88320U;
    quint32 crc = 0xFFFFFFFFU;
    for (const char c : bytes) {
        crc ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? Polynomial : 0U);
    }
    return ~crc;
}

} // namespace

int hostIndex(QByteArrayView name, int hosts)
{
    if (hosts < 2)
        return 0;
    const int place = int(crc32(name) % RingSize);
    return int(place / (double(RingSize) / hosts));
}

} // namespace parlour::redis
