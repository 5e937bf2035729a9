// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/application.h"

#include <functional>

namespace parlour::channels {

/// Finds out who speaks, from what the scope has (headers, cookies, session).
using Authenticate = std::function<User(const Scope &)>;

/// Fills scope.cookies from the first Cookie header. Counterpart: CookieMiddleware.
Application cookieMiddleware(Application inner);
/// Fills scope.user. Counterpart: AuthMiddleware.
Application authMiddleware(Application inner, Authenticate authenticate);
/// Cookies, then the user. Counterpart: AuthMiddlewareStack.
Application authMiddlewareStack(Application inner, Authenticate authenticate);

/// The token of "Authorization: Bearer …", or an empty array.
QByteArray bearerToken(const Scope &scope);
/// The pairs of a Cookie header; the first of equal names wins.
QMap<QByteArray, QByteArray> parseCookies(const QByteArray &header);

} // namespace parlour::channels
