// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <array>

namespace parlour::server {

/// Masks or unmasks in place (RFC 6455 section 5.3). `offset`: how many bytes of the frame's
/// payload came before.
void applyMask(char *bytes, qsizetype count, const std::array<char, 4> &mask, quint64 offset);

} // namespace parlour::server
