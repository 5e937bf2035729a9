// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

/// What the programs' exit codes mean; scripts rely on them.
namespace parlour::wiring::exit_code {

inline constexpr int Ended = 0; ///< as asked
inline constexpr int Usage = 2; ///< wrong usage or configuration
inline constexpr int Listen = 3; ///< an address could not be bound
inline constexpr int Data = 4; ///< the data folder or certificate is unusable or in use
inline constexpr int Transfer = 5; ///< a room could not be exported or imported

} // namespace parlour::wiring::exit_code
