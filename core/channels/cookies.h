// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"
#include "channels/scope.h"

#include <chrono>
#include <optional>

/// Cookies, read and written (RFC 6265). Counterpart: channels.sessions.CookieMiddleware.
namespace parlour::channels {

/// The pairs of a Cookie header; the first of equal names wins.
QMap<QByteArray, QByteArray> parseCookies(const QByteArray &header);

/// A name of this port's own, "sessionid_8765": browsers share the cookies of a host among all its
/// ports, so that two programs on one machine would overwrite each other's.
QByteArray cookieName(const QByteArray &name, quint16 port);

enum class SameSite { Lax, Strict, None };

/// The attributes of a Set-Cookie header.
struct CookieOptions {
    QByteArray path = "/";
    QByteArray domain = {}; ///< empty: this host alone
    std::optional<std::chrono::seconds> maxAge = {}; ///< none: until the browser ends
    bool secure = false; ///< over TLS only; SameSite::None needs it
    bool httpOnly = true; ///< no script sees it
    SameSite sameSite = SameSite::Lax;
};

/// The header that sets a cookie, for an answer or an accepted handshake. Fails (bad_cookie) for a
/// name that is no token, and for a value, path or domain that would end its field.
Expected<Header> setCookie(const QByteArray &name, const QByteArray &value,
                           const CookieOptions &options = {});
/// The header that makes a browser forget a cookie; path and domain as it was set with.
Expected<Header> deleteCookie(const QByteArray &name, CookieOptions options = {});

} // namespace parlour::channels
