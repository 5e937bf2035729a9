// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <malloc.h>

namespace parlour::tests {

/// Bytes that the program holds on its heap, as glibc counts them: with some small pieces, each up
/// to a kilobyte, that are free but kept at hand. Always 0 under a sanitizer with a heap of its
/// own.
inline qint64 heapInUse()
{
    const auto heap = mallinfo2();
    return static_cast<qint64>(heap.uordblks + heap.hblkhd);
}

} // namespace parlour::tests
