// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/origin_validator.h"

#include "channels/refusal.h"

#include <QUrl>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace parlour::channels {

namespace {

struct Authority {
    QString scheme;
    QString host; ///< lower case, without brackets
    int port = -1;
};

int defaultPort(const QString &scheme)
{
    if (scheme == "http"_L1 || scheme == "ws"_L1)
        return 80;
    if (scheme == "https"_L1 || scheme == "wss"_L1)
        return 443;
    return -1;
}

// host, host:port, [v6] or [v6]:port
std::optional<Authority> parsedAuthority(const QString &text)
{
    Authority result;
    QString rest;
    if (text.startsWith(u'[')) {
        const auto end = text.indexOf(u']');
        if (end < 0)
            return std::nullopt;
        result.host = text.mid(1, end - 1).toLower();
        rest = text.mid(end + 1);
    } else {
        const auto colon = text.indexOf(u':');
        result.host = text.left(colon).toLower();
        rest = colon < 0 ? QString() : text.mid(colon);
    }
    if (rest.isEmpty() || rest == ":"_L1)
        return result;
    bool isNumber = false;
    result.port = rest.startsWith(u':') ? QStringView(rest).mid(1).toInt(&isNumber) : -1;
    if (!isNumber || result.port < 0 || result.port > 65535)
        return std::nullopt;
    return result;
}

// scheme://[user@]host[:port][/…], as Python's urlparse sees it
std::optional<Authority> parsedOrigin(const QString &origin)
{
    const auto mark = origin.indexOf("://"_L1);
    if (mark < 1)
        return std::nullopt;
    QString authority = origin.mid(mark + 3);
    const auto end = std::find_if(authority.begin(), authority.end(),
                                  [](QChar c) { return c == u'/' || c == u'?' || c == u'#'; });
    authority.truncate(end - authority.begin());
    authority = authority.mid(authority.lastIndexOf(u'@') + 1);
    auto parsed = parsedAuthority(authority);
    if (parsed)
        parsed->scheme = origin.left(mark).toLower();
    return parsed;
}

bool hostMatches(const QString &host, QString pattern)
{
    pattern = pattern.toLower();
    if (pattern.startsWith(u'[') && pattern.endsWith(u']'))
        pattern = pattern.mid(1, pattern.size() - 2);
    if (pattern.startsWith(u'.'))
        return host == pattern.mid(1) || host.endsWith(pattern);
    return host == pattern;
}

bool matchesFullOrigin(const Authority &origin, const QString &pattern)
{
    const auto allowed = parsedOrigin(pattern);
    if (!allowed || allowed->scheme != origin.scheme)
        return false;
    const auto portOf = [](const Authority &a) {
        return a.port >= 0 ? a.port : defaultPort(a.scheme);
    };
    return hostMatches(origin.host, allowed->host) && portOf(origin) == portOf(*allowed);
}

// "host:port" without a scheme never matches anything in Channels (the host is taken for a scheme).
bool isBareHost(const QString &pattern)
{
    return pattern.count(u':') != 1;
}

bool isLoopbackName(const QString &host)
{
    return host == "localhost"_L1 || host.endsWith(".localhost"_L1) || host == "::1"_L1
        || (host.startsWith("127."_L1) && std::all_of(host.begin(), host.end(), [](QChar c) {
                return c == u'.' || (c >= u'0' && c <= u'9');
            }));
}

} // namespace

bool isOriginAllowed(const QByteArray &origin, const QStringList &allowed)
{
    if (allowed.contains("*"_L1))
        return true;
    const auto parsed = parsedOrigin(QString::fromLatin1(origin));
    if (!parsed || parsed->host.isEmpty())
        return false;
    return std::any_of(allowed.begin(), allowed.end(), [&](const QString &pattern) {
        if (pattern.contains("://"_L1))
            return matchesFullOrigin(*parsed, pattern);
        return isBareHost(pattern) && hostMatches(parsed->host, pattern);
    });
}

bool isSameHost(const QByteArray &origin, const QByteArray &host, bool secure)
{
    const auto theirs = parsedOrigin(QString::fromLatin1(origin));
    const auto ours = parsedAuthority(QString::fromLatin1(host));
    if (!theirs || !ours || ours->host.isEmpty() || theirs->host != ours->host)
        return false;
    const int theirPort = theirs->port >= 0 ? theirs->port : defaultPort(theirs->scheme);
    const int ourPort = ours->port >= 0 ? ours->port : (secure ? 443 : 80);
    return theirPort == ourPort;
}

bool isHostAllowed(const QByteArray &host, const AllowedHosts &allowed)
{
    const auto parsed = parsedAuthority(QString::fromLatin1(host));
    if (!parsed || parsed->host.isEmpty())
        return false;
    if (isLoopbackName(parsed->host) || (allowed.isOwn && allowed.isOwn(parsed->host)))
        return true;
    return std::any_of(allowed.hosts.begin(), allowed.hosts.end(), [&](const QString &pattern) {
        return pattern == "*"_L1 || hostMatches(parsed->host, pattern);
    });
}

Application hostValidator(const Application &inner, const AllowedHosts &allowed)
{
    const Application refused =
        refusal(400,
                "Bad request: this host is not known by that name. Its owner can allow it with "
                    + allowed.hostsSetting + ".\n");
    return [=](const Scope &scope, const Send &send) {
        const auto hosts = headerValues(scope.headers, "host");
        const bool isOurs = hosts.size() == 1 && isHostAllowed(hosts.first(), allowed);
        return isOurs ? inner(scope, send) : refused(scope, send);
    };
}

Application allowedHostsOriginValidator(const Application &inner, const AllowedHosts &allowed)
{
    const Application repeated = refusal(400, "Bad request: more than one Origin header\n");
    const Application refused = refusal(
        403,
        "Forbidden: pages of that origin may not connect here. The host's owner can allow them "
        "with "
            + allowed.originsSetting + ".\n");
    return [=](const Scope &scope, const Send &send) {
        const auto origins = headerValues(scope.headers, "origin");
        if (origins.size() > 1)
            return repeated(scope, send);
        const QByteArray host = scope.header("host");
        const bool isAllowed = origins.isEmpty()
            ? headerValues(scope.headers, "cookie").isEmpty() || allowed.origins.contains("*"_L1)
            : isOriginAllowed(origins.first(), allowed.origins)
                || (isSameHost(origins.first(), host, scope.secure)
                    && isHostAllowed(host, allowed)); // a rebound name is its own page's host too
        return isAllowed ? inner(scope, send) : refused(scope, send);
    };
}

} // namespace parlour::channels
