// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/middleware.h"

#include "channels/refusal.h"

#include <utility>

namespace parlour::channels {

Application scopeMiddleware(Application inner, Examine examine)
{
    return [inner = std::move(inner), examine = std::move(examine)](const Scope &scope,
                                                                    const Send &send) {
        Scope changed = scope;
        if (const auto instead = examine(changed))
            return (*instead)(scope, send);
        return inner(changed, send);
    };
}

Application loginRequired(Application inner, const QStringList &roles)
{
    const Application unknown = refusal(401, "Unauthorized: sign in first.\n");
    const Application forbidden = refusal(403, "Forbidden: your role does not allow this.\n");
    return scopeMiddleware(std::move(inner), [=](const Scope &scope) -> std::optional<Application> {
        if (!scope.user.isAuthenticated())
            return unknown;
        if (!roles.isEmpty() && !roles.contains(scope.user.role))
            return forbidden;
        return std::nullopt;
    });
}

} // namespace parlour::channels
