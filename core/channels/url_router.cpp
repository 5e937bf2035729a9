// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/url_router.h"

#include "channels/logging.h"
#include "channels/refusal.h"

namespace parlour::channels {

namespace {

QRegularExpression compiled(const char *pattern)
{
    QRegularExpression expression(QString::fromUtf8(pattern),
                                  QRegularExpression::UseUnicodePropertiesOption);
    if (!expression.isValid())
        qCCritical(lcRouting).noquote() << "bad route" << pattern << expression.errorString();
    expression.optimize();
    return expression;
}

QString withoutLeadingSlashes(const QString &path)
{
    qsizetype first = 0;
    while (first < path.size() && path.at(first) == u'/')
        ++first;
    return path.mid(first);
}

// If any group is named, unnamed ones are ignored; named groups that took no part are left out.
void capture(const QRegularExpressionMatch &match, UrlRoute &route)
{
    const QStringList names = match.regularExpression().namedCaptureGroups();
    bool anyNamed = false;
    for (qsizetype i = 1; i < names.size(); ++i) {
        if (names.at(i).isEmpty())
            continue;
        anyNamed = true;
        if (match.capturedStart(int(i)) >= 0)
            route.kwargs.insert(names.at(i), match.captured(int(i)));
    }
    for (int i = 1; !anyNamed && i <= match.regularExpression().captureCount(); ++i)
        route.args.append(match.captured(i));
}

QRegularExpressionMatch matched(const Route &route, const QString &path)
{
    const auto match = route.expression.match(path);
    if (!route.matchesWhole || !match.hasMatch())
        return match;
    return match.capturedLength() == path.size() ? match : QRegularExpressionMatch();
}

} // namespace

Route::Route(const char *pattern, Application application, QVariantMap defaultArguments)
    : expression(compiled(pattern))
    , matchesWhole(QByteArrayView(pattern).endsWith('$'))
    , target(std::move(application))
    , defaults(std::move(defaultArguments))
{
}

Route::Route(const char *pattern, UrlRouter nested, QVariantMap defaultArguments)
    : expression(compiled(pattern))
    , matchesWhole(false)
    , target(std::make_shared<const UrlRouter>(std::move(nested)))
    , defaults(std::move(defaultArguments))
{
}

UrlRouter::UrlRouter(std::initializer_list<Route> routes)
    : m_routes(routes)
{
}

std::optional<UrlRouter::Found> UrlRouter::resolve(const Scope &scope) const
{
    const QString path = withoutLeadingSlashes(scope.pathRemaining.value_or(scope.path));
    for (const Route &route : m_routes) {
        const auto match = matched(route, path);
        if (!match.hasMatch())
            continue;
        Scope found = scope;
        found.pathRemaining = path.mid(match.capturedEnd());
        capture(match, found.urlRoute);
        found.urlRoute.kwargs.insert(route.defaults);
        if (const auto *application = std::get_if<Application>(&route.target))
            return Found{*application, found};
        if (auto nested = std::get<1>(route.target)->resolve(found))
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
