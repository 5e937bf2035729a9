// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/http/forwarded.h"

#include "net/http/head_rules.h"
#include "net/socket_address.h"

#include <algorithm>
#include <optional>

namespace parlour::server {

namespace {

constexpr quint16 HttpPort = 80;
constexpr quint16 HttpsPort = 443;

/// "a.b.c.d", "a.b.c.d:port", "v6", "[v6]" or "[v6]:port", as the field writes them.
std::optional<channels::Endpoint> addressOf(const QByteArray &entry)
{
    QByteArray address = entry;
    QByteArray port;
    if (const auto bracket = entry.indexOf(']'); entry.startsWith('[') && bracket > 0) {
        address = entry.sliced(1, bracket - 1);
        port = entry.sliced(bracket + 1);
    } else if (entry.count(':') == 1) {
        address = entry.first(entry.indexOf(':'));
        port = entry.sliced(address.size());
    }
    bool isNumber = true;
    const quint16 number = port.isEmpty() ? quint16(0) : port.sliced(1).toUShort(&isNumber);
    if (!isNumber || (!port.isEmpty() && !port.startsWith(':')))
        return {};
    const auto parsed = SocketAddress::parse(QString::fromLatin1(address), number);
    return parsed ? std::optional(parsed->endpoint()) : std::nullopt;
}

/// The client behind all trusted proxies. A chain that breaks off would leave a proxy in its place,
/// perhaps one on this machine, with the rights of that.
OrRefusal<channels::Endpoint> clientOf(const RequestHead &head, const channels::Endpoint &peer,
                                       const QList<AddressRange> &trusted)
{
    channels::Endpoint client = peer;
    const auto entries = listMembers(head.headers, "x-forwarded-for");
    for (auto entry = entries.crbegin(); entry != entries.crend(); ++entry) {
        const auto before = addressOf(*entry);
        if (!before)
            return HttpRefusal{400, "The proxy's X-Forwarded-For is no list of IP addresses.", {}};
        client = *before;
        if (!isTrustedProxy(client.address, trusted))
            break;
    }
    return client;
}

QByteArray lastOf(const RequestHead &head, QByteArrayView name)
{
    const auto values = listMembers(head.headers, name);
    return values.isEmpty() ? QByteArray() : values.last();
}

bool hasPort(const QByteArray &host)
{
    return host.lastIndexOf(':') > host.lastIndexOf(']');
}

void setHost(RequestHead &head, const QByteArray &host)
{
    head.headers.removeIf([](const channels::Header &header) { return header.name == "host"; });
    head.headers.prepend({"host", host});
}

} // namespace

bool isTrustedProxy(const QString &address, const QList<AddressRange> &trusted)
{
    return std::any_of(trusted.begin(), trusted.end(),
                       [&](const AddressRange &range) { return range.contains(address); });
}

OrRefusal<ConnectionEnds> throughProxies(RequestHead &head, const ConnectionEnds &ends,
                                         const QList<AddressRange> &trusted)
{
    if (!isTrustedProxy(ends.client.address, trusted))
        return ends;
    ConnectionEnds seen = ends;
    seen.proxied = true;
    const auto client = clientOf(head, ends.client, trusted);
    if (!client)
        return client.error();
    seen.client = *client;
    const QByteArray scheme = lastOf(head, "x-forwarded-proto").toLower();
    if (scheme == "https" || scheme == "wss")
        seen.secure = true;
    else if (scheme == "http" || scheme == "ws")
        seen.secure = false;
    else if (!scheme.isEmpty())
        return HttpRefusal{400, "The proxy's X-Forwarded-Proto is neither http nor https.", {}};
    QByteArray host = lastOf(head, "x-forwarded-host");
    if (!host.isEmpty() && !isHost(host))
        return HttpRefusal{400, "The proxy's X-Forwarded-Host is no host.", {}};
    if (host.isEmpty())
        host = head.header("host");
    if (const QByteArray port = lastOf(head, "x-forwarded-port"); !port.isEmpty()) {
        seen.server.port = port.toUShort();
        if (seen.server.port == 0)
            return HttpRefusal{400, "The proxy's X-Forwarded-Port is no port.", {}};
        const bool isUsual = seen.server.port == (seen.secure ? HttpsPort : HttpPort);
        if (!isUsual && !host.isEmpty() && !hasPort(host))
            host += ':' + QByteArray::number(seen.server.port);
    }
    if (!host.isEmpty() && host != head.header("host"))
        setHost(head, host);
    return seen;
}

} // namespace parlour::server
