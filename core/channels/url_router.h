// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/application.h"

#include <QRegularExpression>

#include <optional>
#include <variant>
#include <vector>

namespace parlour::channels {

class UrlRouter;

/// One line of a route table: a regular expression as in Django's re_path() and what it leads to.
struct Route {
    Route(const char *pattern, Application application, QVariantMap defaults = {});
    /// A nested table; it sees what the pattern left over.
    Route(const char *pattern, UrlRouter nested, QVariantMap defaults = {});

    QRegularExpression expression;
    bool matchesWhole; ///< the pattern ends with '$' and leads to an application: a full match
    std::variant<Application, std::shared_ptr<const UrlRouter>> target;
    QVariantMap defaults; ///< override captured names, as in Channels
};

/// Chooses the application by scope.path (all leading slashes stripped), first match wins; what was
/// captured is in scope.urlRoute. No match: 404, before the handshake. Usable as an Application.
/// A pattern that is no regular expression matches nothing and is logged.
/// Counterpart: channels.routing.URLRouter with re_path().
class UrlRouter
{
public:
    UrlRouter(std::initializer_list<Route> routes);

    std::unique_ptr<Instance> operator()(const Scope &scope, const Send &send) const;

    /// The application and the scope it would see, or nothing.
    struct Found {
        Application application;
        Scope scope;
    };
    std::optional<Found> resolve(const Scope &scope) const;

private:
    std::vector<Route> m_routes;
};

} // namespace parlour::channels
