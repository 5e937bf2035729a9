// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/http/tls_hint.h"

#include <algorithm>

namespace parlour::server {

namespace {

/// A name or address with an optional port, and nothing that could turn the URL into another one.
bool isPlainHost(const QByteArray &host)
{
    return !host.isEmpty() && std::all_of(host.begin(), host.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || QByteArrayView("-._:[]").contains(c);
    });
}

} // namespace

HttpRefusal tlsHint(const RequestHead &head)
{
    if (head.isUpgrade)
        return {400, "This port speaks TLS: use wss:// in place of ws://.", {}};
    const QByteArray host = head.header("host");
    const bool isReader = (head.method == "GET" || head.isHead()) && !head.hasBody();
    if (!isReader || !isPlainHost(host))
        return tlsHint();
    return {308,
            "This port speaks TLS: use https:// in place of http://.",
            {{"location", "https://" + host + head.target}, {"cache-control", "no-store"}}};
}

HttpRefusal tlsHint()
{
    return {400, "This port speaks TLS: use https:// in place of http://.", {}};
}

} // namespace parlour::server
