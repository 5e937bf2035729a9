// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

namespace parlour::channels {

/// 32 bytes of the system's generator.
QByteArray randomSecret();

/// Compares secrets: looks at every byte, so that the time it takes tells nothing about where they
/// differ. (Their lengths are no secret.)
bool isSameInConstantTime(const QByteArray &a, const QByteArray &b);

} // namespace parlour::channels
