// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

/// Close codes of RFC 6455 section 7.4.1 and the IANA registry, as far as they are sent by us.
/// 1012 and 1013 are never sent: QWebSocket clients see them as 1002. Codes of an application's own
/// (4000 to 4999) belong to the application.
namespace parlour::channels::close_code {

inline constexpr int Normal = 1000;
inline constexpr int GoingAway = 1001; ///< the host stops
inline constexpr int ProtocolError = 1002;
inline constexpr int Unsupported = 1003; ///< a binary message where text is spoken
inline constexpr int NoStatus = 1005; ///< never on the wire: a Close frame without a code
inline constexpr int Abnormal = 1006; ///< never on the wire: TCP ended without a Close frame
inline constexpr int InvalidData = 1007; ///< bad UTF-8, bad JSON
inline constexpr int PolicyViolation = 1008; ///< over the rate, too slow
inline constexpr int TooBig = 1009;
inline constexpr int InternalError = 1011;

} // namespace parlour::channels::close_code
