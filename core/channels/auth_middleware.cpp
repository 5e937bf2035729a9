// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/auth_middleware.h"

#include "channels/cookies.h"
#include "channels/middleware.h"

namespace parlour::channels {

QByteArray bearerToken(const Scope &scope)
{
    const QByteArray value = scope.header("authorization").trimmed();
    const QByteArray scheme = "bearer ";
    if (value.size() <= scheme.size() || value.left(scheme.size()).toLower() != scheme)
        return {};
    return value.mid(scheme.size()).trimmed();
}

Application cookieMiddleware(Application inner)
{
    return scopeMiddleware(std::move(inner), [](Scope &scope) {
        scope.cookies = parseCookies(scope.header("cookie"));
        return std::nullopt;
    });
}

Application authMiddleware(Application inner, Authenticate authenticate)
{
    return scopeMiddleware(std::move(inner),
                           [authenticate = std::move(authenticate)](Scope &scope) {
                               scope.user = authenticate(scope);
                               return std::nullopt;
                           });
}

Application authMiddlewareStack(Application inner, Authenticate authenticate)
{
    return cookieMiddleware(authMiddleware(std::move(inner), std::move(authenticate)));
}

Application authMiddlewareStack(Application inner, const SignIns &signIns, SessionStore &store,
                                const SessionOptions &options)
{
    return cookieMiddleware(
        sessionMiddleware(signIns.middleware(std::move(inner)), store, options));
}

} // namespace parlour::channels
