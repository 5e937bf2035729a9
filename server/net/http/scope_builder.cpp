// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/http/scope_builder.h"

#include <algorithm>

namespace parlour::server {

namespace {

int hexValue(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    if (digit >= 'a' && digit <= 'f')
        return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F')
        return digit - 'A' + 10;
    return -1;
}

// Bytes that no path of ours has, however they were spelt; a slash that was encoded is one of them,
// because after decoding it would be a border between segments.
bool isForbidden(char byte, bool wasEncoded)
{
    const auto code = static_cast<unsigned char>(byte);
    return code < 0x20 || code == 0x7f || byte == '\\' || (wasEncoded && byte == '/');
}

std::optional<QByteArray> percentDecoded(const QByteArray &raw)
{
    QByteArray decoded;
    decoded.reserve(raw.size());
    for (qsizetype at = 0; at < raw.size(); ++at) {
        char byte = raw[at];
        const bool isEncoded = byte == '%';
        if (isEncoded) {
            const int high = at + 2 < raw.size() ? hexValue(raw[at + 1]) : -1;
            const int low = at + 2 < raw.size() ? hexValue(raw[at + 2]) : -1;
            if (high < 0 || low < 0)
                return std::nullopt;
            byte = static_cast<char>(high * 16 + low);
            at += 2;
        }
        if (isForbidden(byte, isEncoded))
            return std::nullopt;
        decoded.append(byte);
    }
    return decoded;
}

bool hasOddSegment(const QByteArray &path)
{
    const auto segments = path.sliced(1).split('/');
    return std::any_of(segments.begin(), segments.end(), [&](const QByteArray &segment) {
        const bool isLast = &segment == &segments.last();
        return (segment.isEmpty() && !isLast) || segment == "." || segment == "..";
    });
}

OrRefusal<QString> decodedPath(const QByteArray &raw)
{
    const HttpRefusal refusal{404, "There is nothing at this address.", {}};
    const auto bytes = percentDecoded(raw);
    if (!bytes || hasOddSegment(*bytes))
        return refusal;
    if (!QByteArrayView(*bytes).isValidUtf8())
        return refusal;
    return QString::fromUtf8(*bytes);
}

/// An application, or what it hands its environment to, may take X_A for X-A, which a proxy in
/// front of us would have set or removed (CVE-2015-0219). Daphne leaves these out, too.
bool isAmbiguous(const channels::Header &header)
{
    return header.name.contains('_');
}

OrRefusal<channels::Scope> commonScope(const RequestHead &head, const ConnectionEnds &ends)
{
    auto path = decodedPath(head.rawPath);
    if (!path)
        return path.error();
    channels::Scope scope;
    scope.path = *path;
    scope.rawPath = head.rawPath;
    scope.query = head.query;
    scope.headers = head.headers;
    scope.headers.removeIf(isAmbiguous);
    scope.httpVersion = head.httpVersion;
    scope.client = ends.client;
    scope.server = ends.server;
    scope.secure = ends.secure;
    scope.proxied = ends.proxied;
    scope.connection = ends.connection;
    return scope;
}

} // namespace

OrRefusal<channels::Scope> httpScope(const RequestHead &head, const ConnectionEnds &ends)
{
    auto scope = commonScope(head, ends);
    if (scope) {
        scope->type = QStringLiteral("http");
        scope->method = head.method;
    }
    return scope;
}

OrRefusal<channels::Scope> websocketScope(const RequestHead &head, const WebsocketUpgrade &upgrade,
                                          const ConnectionEnds &ends)
{
    auto scope = commonScope(head, ends);
    if (scope) {
        scope->type = QStringLiteral("websocket");
        scope->subprotocols = upgrade.subprotocols;
    }
    return scope;
}

} // namespace parlour::server
