// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// Three lines: an outer pattern (empty: no nesting), a pattern, a path. A pattern that starts with
// '^' is a regular expression, else it is one of path(). Both are as hostile as the path here,
// although in an application only the path is.
#include "channels/url_router.h"
#include "fuzz/promise.h"

#include <QLoggingCategory>
#include <QUuid>

using namespace parlour::channels;
using namespace parlour::fuzz;

namespace {

// Backtracking is exponential in these.
constexpr qsizetype MaxPattern = 40;
constexpr qsizetype MaxPath = 60;

template <typename Target>
Route route(const QByteArray &pattern, const Target &target)
{
    return pattern.startsWith('^') ? rePath(pattern.constData(), target)
                                   : path(pattern.constData(), target);
}

UrlRouter routerOf(const QByteArray &outer, const QByteArray &pattern)
{
    const Application application = [](const Scope &, const Send &) {
        return std::unique_ptr<Instance>();
    };
    UrlRouter inner({route(pattern, application)});
    return outer.isEmpty() ? inner : UrlRouter({route(outer, inner)});
}

QString withoutSlashes(QString path)
{
    while (path.startsWith(u'/'))
        path.remove(0, 1);
    return path;
}

QString textOf(const QVariant &value)
{
    return value.typeId() == QMetaType::QUuid ? value.toUuid().toString(QUuid::WithoutBraces)
                                              : value.toString();
}

void checkFound(const UrlRouter::Found &found, const Scope &asked)
{
    const Scope &scope = found.scope;
    require(bool(found.application), "a match has an application");
    require(scope.path == asked.path, "the path stays");
    require(scope.pathRemaining && asked.path.endsWith(*scope.pathRemaining),
            "what remains is the path's end");
    for (const QVariant &value : scope.urlRoute.kwargs)
        require(asked.path.contains(textOf(value)), "a captured value stands in the path");
    for (const QString &value : scope.urlRoute.args)
        require(asked.path.contains(value), "a captured text stands in the path");
}

bool isSame(const UrlRouter::Found &one, const UrlRouter::Found &other)
{
    return one.scope.urlRoute.kwargs == other.scope.urlRoute.kwargs
        && one.scope.urlRoute.args == other.scope.urlRoute.args
        && one.scope.pathRemaining == other.scope.pathRemaining;
}

} // namespace

extern "C" int LLVMFuzzerInitialize(int *, char ***)
{
    QLoggingCategory::setFilterRules(QStringLiteral("*=false"));
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    QByteArrayView rest = input(data, size);
    const QByteArray outer = takeLine(rest).toByteArray();
    const QByteArray pattern = takeLine(rest).toByteArray();
    if (outer.size() > MaxPattern || pattern.size() > MaxPattern || rest.size() > MaxPath)
        return 0;
    const UrlRouter router = routerOf(outer, pattern);
    Scope scope;
    scope.path = QString::fromUtf8(rest);
    const auto found = router.resolve(scope);
    if (found)
        checkFound(*found, scope);
    if (found && outer.isEmpty() && !pattern.startsWith('^'))
        require(found->scope.pathRemaining->isEmpty(), "a path() pattern takes the whole path");

    Scope stripped;
    stripped.path = withoutSlashes(scope.path);
    const auto again = router.resolve(stripped);
    require(again.has_value() == found.has_value(), "leading slashes do not count");
    require(!found || isSame(*found, *again), "the same path is the same route");
    return 0;
}
