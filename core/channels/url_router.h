// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/application.h"

#include <memory>
#include <optional>
#include <vector>

namespace parlour::channels {

class UrlPattern;
class UrlRouter;

/// One line of a route table: a pattern and what it leads to. Made by path() and rePath().
class Route
{
public:
    Route(const Route &);
    Route(Route &&) noexcept;
    Route &operator=(const Route &);
    Route &operator=(Route &&) noexcept;
    ~Route();

private:
    friend class UrlRouter;
    friend Route path(const char *, Application, const QVariantMap &);
    friend Route path(const char *, UrlRouter, const QVariantMap &);
    friend Route rePath(const char *, Application, const QVariantMap &);
    friend Route rePath(const char *, UrlRouter, const QVariantMap &);
    Route();

    std::shared_ptr<const UrlPattern> m_pattern; ///< null: was no pattern, matches nothing
    Application m_application; ///< empty: leads to the nested table
    std::shared_ptr<const UrlRouter> m_nested;
    QVariantMap m_defaults;
};

/// A route for a path() pattern such as "ws/chat/<slug:room>/" (UrlPattern::path()): no leading
/// slash, takes the whole path. What it captures is in scope.urlRoute.kwargs; `defaults` are added
/// to that and override it, as in Channels. Counterpart: django.urls.path().
Route path(const char *pattern, Application application, const QVariantMap &defaults = {});
/// With a nested table, which sees what the pattern left over. Its captures are added (the inner
/// one wins); where it has no match, the next outer route is tried.
Route path(const char *pattern, UrlRouter nested, const QVariantMap &defaults = {});

/// The same with a regular expression such as R"(^ws/chat/(?P<room>\w+)/$)"
/// (UrlPattern::regularExpression()). One without '$' also leads a prefix to an application that
/// routes the rest itself: a UrlRouter behind a middleware. Counterpart: django.urls.re_path().
Route rePath(const char *pattern, Application application, const QVariantMap &defaults = {});
Route rePath(const char *pattern, UrlRouter nested, const QVariantMap &defaults = {});

/// Chooses the application by scope.path below scope.rootPath (all leading slashes stripped), first
/// match wins. No match: 404, before the handshake. Usable as an Application. A pattern that is
/// none matches nothing and is logged. Counterpart: channels.routing.URLRouter.
class UrlRouter
{
public:
    UrlRouter(std::initializer_list<Route> routes);
    /// For a table that a program puts together while it runs.
    explicit UrlRouter(std::vector<Route> routes);

    std::unique_ptr<Instance> operator()(const Scope &scope, const Send &send) const;

    /// The application and the scope it would see, or nothing.
    struct Found {
        Application application;
        Scope scope;
    };
    std::optional<Found> resolve(const Scope &scope) const;

private:
    std::optional<Found> resolve(const Scope &scope, const QString &rest) const;

    std::vector<Route> m_routes;
};

} // namespace parlour::channels
