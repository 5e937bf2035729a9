// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

/// Words of RFC 6455, section 5.2.
namespace parlour::server {

enum class Opcode {
    Continuation = 0x0,
    Text = 0x1,
    Binary = 0x2,
    Close = 0x8,
    Ping = 0x9,
    Pong = 0xA,
};

constexpr int MaxControlPayload = 125;

} // namespace parlour::server
