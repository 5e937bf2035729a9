// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/url_router.h"

#include "channels/logging.h"
#include "channels/refusal.h"
#include "channels/url_pattern.h"

namespace parlour::channels {

namespace {

std::shared_ptr<const UrlPattern> checked(const Expected<UrlPattern> &pattern)
{
    if (pattern)
        return std::make_shared<const UrlPattern>(*pattern);
    qCCritical(lcRouting).noquote() << "matches nothing:" << pattern.error().message;
    return nullptr;
}

QString withoutLeadingSlashes(const QString &path)
{
    qsizetype first = 0;
    while (first < path.size() && path.at(first) == u'/')
        ++first;
    return path.mid(first);
}

} // namespace

Route::Route() = default;
Route::Route(const Route &) = default;
Route::Route(Route &&) noexcept = default;
Route &Route::operator=(const Route &) = default;
Route &Route::operator=(Route &&) noexcept = default;
Route::~Route() = default;

Route path(const char *pattern, Application application, const QVariantMap &defaults)
{
    Route route;
    route.m_pattern =
        checked(UrlPattern::path(QString::fromUtf8(pattern), UrlPattern::Extent::Whole));
    route.m_application = std::move(application);
    route.m_defaults = defaults;
    return route;
}

Route path(const char *pattern, UrlRouter nested, const QVariantMap &defaults)
{
    Route route;
    route.m_pattern =
        checked(UrlPattern::path(QString::fromUtf8(pattern), UrlPattern::Extent::Prefix));
    route.m_nested = std::make_shared<const UrlRouter>(std::move(nested));
    route.m_defaults = defaults;
    return route;
}

Route rePath(const char *pattern, Application application, const QVariantMap &defaults)
{
    Route route;
    route.m_pattern = checked(
        UrlPattern::regularExpression(QString::fromUtf8(pattern), UrlPattern::Extent::Whole));
    route.m_application = std::move(application);
    route.m_defaults = defaults;
    return route;
}

Route rePath(const char *pattern, UrlRouter nested, const QVariantMap &defaults)
{
    Route route;
    route.m_pattern = checked(
        UrlPattern::regularExpression(QString::fromUtf8(pattern), UrlPattern::Extent::Prefix));
    route.m_nested = std::make_shared<const UrlRouter>(std::move(nested));
    route.m_defaults = defaults;
    return route;
}

UrlRouter::UrlRouter(std::initializer_list<Route> routes)
    : m_routes(routes)
{
}

UrlRouter::UrlRouter(std::vector<Route> routes)
    : m_routes(std::move(routes))
{
}

std::optional<UrlRouter::Found> UrlRouter::resolve(const Scope &scope) const
{
    if (scope.pathRemaining)
        return resolve(scope, *scope.pathRemaining);
    if (!scope.path.startsWith(scope.rootPath))
        return std::nullopt;
    return resolve(scope, scope.path.mid(scope.rootPath.size()));
}

std::optional<UrlRouter::Found> UrlRouter::resolve(const Scope &scope, const QString &rest) const
{
    const QString path = withoutLeadingSlashes(rest);
    for (const Route &route : m_routes) {
        const auto match = route.m_pattern ? route.m_pattern->match(path) : std::nullopt;
        if (!match)
            continue;
        Scope found = scope;
        found.pathRemaining = match->remaining;
        found.urlRoute.args.append(match->captured.args);
        found.urlRoute.kwargs.insert(match->captured.kwargs);
        found.urlRoute.kwargs.insert(route.m_defaults);
        if (!route.m_nested)
            return Found{route.m_application, found};
        if (auto nested = route.m_nested->resolve(found))
            return nested;
    }
    return std::nullopt;
}

std::unique_ptr<Instance> UrlRouter::operator()(const Scope &scope, const Send &send) const
{
    if (const auto found = resolve(scope))
        return found->application(found->scope, send);
    return notFound()(scope, send);
}

} // namespace parlour::channels
