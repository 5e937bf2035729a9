// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/close_codes.h"

/// The close codes of parlour.v1; docs/protocol.md says what a client should do.
namespace parlour::chat::close_code {

using namespace channels::close_code;

inline constexpr int HelloTimeout = 4001;
inline constexpr int HelloRefused = 4002;
inline constexpr int NotAllowed = 4003;
inline constexpr int ProofRefused = 4004;
inline constexpr int LinkRefused = 4005;
inline constexpr int HostFull = 4006;
inline constexpr int TooSlow = 4008;
inline constexpr int Restarting = 4012;
inline constexpr int TryLater = 4013;

} // namespace parlour::chat::close_code
