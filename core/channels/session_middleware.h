// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/application.h"
#include "channels/session.h"

namespace parlour::channels {

struct SessionOptions {
    /// Signs the cookies: 32 random bytes that the host keeps. Empty: made anew at every start, so
    /// that no session outlives the program.
    QByteArray secret = {};
    QByteArray cookie = "sessionid"; ///< the port is added: cookieName()
    std::chrono::seconds lifetime = std::chrono::hours(14 * 24); ///< since it was changed last
};

/// Puts a session into scope.session, for pages and WebSockets. With the head of an answer, or the
/// answer to a handshake, what was changed is saved, and the browser gets a cookie (HttpOnly,
/// SameSite=Lax, Secure over TLS): only then, and not where the status is 500. What an open
/// WebSocket changes is saved at once; its session should have a cookie by then. A cookie with a
/// bad signature is none. Stands inside of the cookieMiddleware; the store outlives it.
/// Counterpart: channels.sessions.SessionMiddleware, which saves no WebSocket's session.
Application sessionMiddleware(Application inner, SessionStore &store,
                              const SessionOptions &options = {});

/// "key.signature" (HMAC-SHA256), as the cookie has it.
QByteArray signedSessionKey(const QByteArray &key, const QByteArray &secret);
/// The key of a cookie's value, or an empty array where the signature is not ours.
QByteArray verifiedSessionKey(const QByteArray &value, const QByteArray &secret);

} // namespace parlour::channels
