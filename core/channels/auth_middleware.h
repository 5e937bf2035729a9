// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/application.h"
#include "channels/session_middleware.h"
#include "channels/sign_ins.h"

#include <functional>

namespace parlour::channels {

/// Finds out who speaks, from what the scope has (headers, cookies, session).
using Authenticate = std::function<User(const Scope &)>;

/// Fills scope.cookies from the first Cookie header. Counterpart: CookieMiddleware.
Application cookieMiddleware(Application inner);
/// Fills scope.user. Counterpart: AuthMiddleware.
Application authMiddleware(Application inner, Authenticate authenticate);
/// Cookies, then the user by `authenticate`: for people who show a token at every connection.
Application authMiddlewareStack(Application inner, Authenticate authenticate);
/// Cookies, sessions, then the user by the session: for people who sign in. The store outlives it;
/// the stacks of a program (pages, WebSockets) have the same store, options and SignIns.
/// Counterpart: AuthMiddlewareStack.
Application authMiddlewareStack(Application inner, const SignIns &signIns, SessionStore &store,
                                const SessionOptions &options = {});

/// The token of "Authorization: Bearer …", or an empty array.
QByteArray bearerToken(const Scope &scope);

} // namespace parlour::channels
