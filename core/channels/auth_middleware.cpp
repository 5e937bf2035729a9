// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/auth_middleware.h"

namespace parlour::channels {

QMap<QByteArray, QByteArray> parseCookies(const QByteArray &header)
{
    QMap<QByteArray, QByteArray> cookies;
    const auto parts = header.split(';');
    for (const QByteArray &part : parts) {
        const auto equals = part.indexOf('=');
        if (equals < 0)
            continue;
        const QByteArray name = part.left(equals).trimmed();
        QByteArray value = part.mid(equals + 1).trimmed();
        if (value.size() >= 2 && value.startsWith('"') && value.endsWith('"'))
            value = value.mid(1, value.size() - 2);
        if (!name.isEmpty() && !cookies.contains(name))
            cookies.insert(name, value);
    }
    return cookies;
}

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
    return [inner = std::move(inner)](const Scope &scope, const Send &send) {
        Scope changed = scope;
        changed.cookies = parseCookies(scope.header("cookie"));
        return inner(changed, send);
    };
}

Application authMiddleware(Application inner, Authenticate authenticate)
{
    return [inner = std::move(inner), authenticate = std::move(authenticate)](const Scope &scope,
                                                                              const Send &send) {
        Scope changed = scope;
        changed.user = authenticate(scope);
        return inner(changed, send);
    };
}

Application authMiddlewareStack(Application inner, Authenticate authenticate)
{
    return cookieMiddleware(authMiddleware(std::move(inner), std::move(authenticate)));
}

} // namespace parlour::channels
