// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>
#include <QList>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

/// What the fuzz targets share.
namespace parlour::fuzz {

/// Ends the run where a promise is broken; libFuzzer then keeps the input.
inline void require(bool holds, const char *promise)
{
    if (holds)
        return;
    std::fprintf(stderr, "broken promise: %s\n", promise);
    std::abort();
}

/// libFuzzer's bytes, not copied: a read beyond their end is an error that ASan sees.
inline QByteArrayView input(const std::uint8_t *data, std::size_t size)
{
    return {reinterpret_cast<const char *>(data), static_cast<qsizetype>(size)};
}

/// Takes the first line off the front of `rest`, without its end.
inline QByteArrayView takeLine(QByteArrayView &rest)
{
    const auto lineFeed = rest.indexOf('\n');
    const QByteArrayView line = lineFeed < 0 ? rest : rest.first(lineFeed);
    rest = lineFeed < 0 ? QByteArrayView() : rest.sliced(lineFeed + 1);
    return line;
}

/// Hands `bytes` on in pieces of that size.
template <typename Take>
void inPieces(QByteArrayView bytes, qsizetype size, Take take)
{
    while (!bytes.isEmpty()) {
        const auto piece = bytes.first(std::min(size, bytes.size()));
        bytes = bytes.sliced(piece.size());
        take(piece);
    }
}

} // namespace parlour::fuzz
