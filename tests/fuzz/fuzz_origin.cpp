// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// Three lines: an Origin, a Host, and what is allowed.
#include "channels/origin_validator.h"
#include "fuzz/promise.h"

using namespace parlour::channels;
using namespace parlour::fuzz;
using namespace Qt::StringLiterals;

namespace {

AllowedHosts hosts(const QStringList &names)
{
    AllowedHosts allowed;
    allowed.hosts = names;
    return allowed;
}

// The characters that HeadParser lets a Host have.
bool isHostText(const QByteArray &host)
{
    return std::all_of(host.begin(), host.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
            || QByteArrayView("-._~[]:%").contains(c);
    });
}

void checkOrigin(const QByteArray &origin, const QString &pattern)
{
    const bool isAllowed = isOriginAllowed(origin, {pattern});
    require(isOriginAllowed(origin, {u"*"_s}), "* allows every origin");
    require(!isOriginAllowed(origin, {}), "nothing allows no origin");
    require(isOriginAllowed(origin, {u"other.invalid"_s, pattern}) >= isAllowed,
            "a longer list allows no less");
    require(isOriginAllowed(origin.toLower(), {pattern.toLower()}) == isAllowed,
            "case does not count");
}

void checkHost(const QByteArray &origin, const QByteArray &host, const QString &pattern)
{
    const bool isHost = isHostAllowed(host, hosts({u"*"_s}));
    require(isHost || !isHostAllowed(host, hosts({pattern})), "* allows every host");
    require(isHostAllowed(host.toLower(), hosts({pattern.toLower()}))
                == isHostAllowed(host, hosts({pattern})),
            "case does not count");
    for (const bool secure : {false, true}) {
        require(isHost || !isSameHost(origin, host, secure), "no origin is like no host");
        require(!isHost || !isHostText(host)
                    || isSameHost((secure ? "https://" : "http://") + host, host, secure),
                "a page of a host is of that host");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    QByteArrayView rest = input(data, size);
    const QByteArray origin = takeLine(rest).toByteArray();
    const QByteArray host = takeLine(rest).toByteArray();
    const QString pattern = QString::fromUtf8(takeLine(rest));
    checkOrigin(origin, pattern);
    checkHost(origin, host, pattern);
    return 0;
}
