// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/http/head_rules.h"

#include <QSet>

#include <algorithm>
#include <array>

namespace parlour::server {

namespace {

constexpr int MaxLengthDigits = 18; // any number of so many digits is a qint64

HttpRefusal badRequest(const char *message)
{
    return {400, message, {}};
}

bool isIn(char byte, std::string_view others)
{
    const bool isAlphanumeric = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z')
        || (byte >= 'A' && byte <= 'Z');
    return isAlphanumeric || others.find(byte) != std::string_view::npos;
}

bool isAllIn(QByteArrayView text, std::string_view others)
{
    return !text.isEmpty()
        && std::all_of(text.begin(), text.end(), [=](char byte) { return isIn(byte, others); });
}

OrRefusal<void> readMethod(QByteArrayView method, RequestHead &head)
{
    static constexpr std::array Known{"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"};
    if (!isToken(method))
        return badRequest("The request's method is no token.");
    if (method == "CONNECT" || method == "TRACE")
        return HttpRefusal{405, "This method is not allowed here.", {{"allow", "GET, HEAD, POST"}}};
    if (std::find(Known.begin(), Known.end(), method) == Known.end())
        return HttpRefusal{501, "This method is not known here.", {}};
    head.method = method.toByteArray();
    return {};
}

OrRefusal<void> readVersion(QByteArrayView version, RequestHead &head)
{
    const auto isDigit = [](char byte) { return byte >= '0' && byte <= '9'; };
    if (version.size() != 8 || !version.startsWith("HTTP/") || !isDigit(version[5])
        || version[6] != '.' || !isDigit(version[7]))
        return badRequest("The request line does not end with an HTTP version.");
    head.httpVersion = version.sliced(5).toByteArray();
    if (head.httpVersion != "1.1" && head.httpVersion != "1.0")
        return HttpRefusal{505, "This server speaks HTTP/1.1.", {}};
    return {};
}

// The path and query of a target; an absolute one keeps its authority for the comparison with Host.
OrRefusal<void> readTarget(QByteArrayView target, RequestHead &head)
{
    const auto isAllowed = [](char byte) { return byte > 0x20 && byte < 0x7f && byte != '#'; };
    if (target.isEmpty() || !std::all_of(target.begin(), target.end(), isAllowed))
        return badRequest("The request's target has a character that must be percent-encoded.");
    head.target = target.toByteArray();
    QByteArray local = head.target;
    if (const QByteArray lower = local.toLower();
        lower.startsWith("http://") || lower.startsWith("https://")) {
        const auto authorityEnd = local.indexOf('/', local.indexOf("//") + 2);
        local = authorityEnd < 0 ? QByteArray("/") : local.sliced(authorityEnd);
    }
    if (!local.startsWith('/') || local.startsWith("//"))
        return badRequest("The request's target does not start with one slash.");
    const auto question = local.indexOf('?');
    head.rawPath = question < 0 ? local : local.first(question);
    head.query = question < 0 ? QByteArray() : local.sliced(question + 1);
    return {};
}

OrRefusal<void> readHost(const RequestHead &head)
{
    const auto hosts = channels::headerValues(head.headers, "host");
    if (hosts.size() > 1 || (hosts.isEmpty() && head.httpVersion == "1.1"))
        return badRequest("A request has exactly one Host header.");
    if (!hosts.isEmpty() && !isHost(hosts.first()))
        return badRequest("The Host header is no host.");
    if (head.target.startsWith('/'))
        return {};
    const auto start = head.target.indexOf("//") + 2;
    const auto end = head.target.indexOf('/', start);
    const auto authority = head.target.sliced(start, (end < 0 ? head.target.size() : end) - start);
    if (hosts.isEmpty() || authority.compare(hosts.first(), Qt::CaseInsensitive) != 0)
        return badRequest("The request's target and its Host header name different hosts.");
    return {};
}

OrRefusal<void> readFraming(RequestHead &head)
{
    const auto lengths = channels::headerValues(head.headers, "content-length");
    const auto codings = channels::headerValues(head.headers, "transfer-encoding");
    if (lengths.size() > 1 || (!lengths.isEmpty() && !codings.isEmpty()))
        return badRequest("The request gives the length of its body twice.");
    if (!lengths.isEmpty()) {
        const QByteArray &length = lengths.first();
        const bool isNumber = !length.isEmpty()
            && std::all_of(length.begin(), length.end(),
                           [](char byte) { return byte >= '0' && byte <= '9'; });
        if (!isNumber)
            return badRequest("The request's Content-Length is no number.");
        if (length.size() > MaxLengthDigits)
            return HttpRefusal{413, "The request's body is too large.", {}};
        head.contentLength = length.toLongLong();
    }
    if (codings.isEmpty())
        return {};
    if (head.httpVersion == "1.0")
        return badRequest("HTTP/1.0 knows no Transfer-Encoding.");
    if (codings.size() > 1 || codings.first().compare("chunked", Qt::CaseInsensitive) != 0)
        return HttpRefusal{501, "Of the transfer codings this server knows chunked alone.", {}};
    head.chunked = true;
    return {};
}

OrRefusal<void> readExpectation(RequestHead &head)
{
    const auto expectations = channels::headerValues(head.headers, "expect");
    if (expectations.isEmpty() || head.httpVersion == "1.0")
        return {};
    if (expectations.size() > 1
        || expectations.first().compare("100-continue", Qt::CaseInsensitive) != 0)
        return HttpRefusal{417, "Of the expectations this server knows 100-continue alone.", {}};
    head.expectsContinue = head.hasBody();
    return {};
}

/// In small letters. The usual ones are the same bytes for all connections.
QByteArray headerName(QByteArrayView asSent)
{
    static const QSet<QByteArray> usual{
        "accept",
        "accept-encoding",
        "accept-language",
        "cache-control",
        "connection",
        "cookie",
        "host",
        "origin",
        "pragma",
        "sec-fetch-dest",
        "sec-fetch-mode",
        "sec-fetch-site",
        "sec-websocket-extensions",
        "sec-websocket-key",
        "sec-websocket-protocol",
        "sec-websocket-version",
        "upgrade",
        "user-agent",
    };
    const QByteArray name = asSent.toByteArray().toLower();
    const auto known = usual.constFind(name);
    return known == usual.constEnd() ? name : *known;
}

} // namespace

bool isHost(QByteArrayView host)
{
    return isAllIn(host, "-._~[]:%");
}

bool isToken(QByteArrayView text)
{
    return isAllIn(text, "!#$%&'*+-.^_`|~");
}

QList<QByteArray> listMembers(const channels::Headers &headers, QByteArrayView name)
{
    QList<QByteArray> members;
    for (const QByteArray &value : channels::headerValues(headers, name)) {
        for (const QByteArray &member : value.split(',')) {
            if (const QByteArray trimmed = member.trimmed(); !trimmed.isEmpty())
                members.append(trimmed);
        }
    }
    return members;
}

bool listContains(const channels::Headers &headers, QByteArrayView name, QByteArrayView token)
{
    const auto members = listMembers(headers, name);
    return std::any_of(members.begin(), members.end(), [=](const QByteArray &member) {
        return member.compare(token, Qt::CaseInsensitive) == 0;
    });
}

OrRefusal<void> readRequestLine(QByteArrayView line, RequestHead &head)
{
    const auto first = line.indexOf(' ');
    const auto last = line.lastIndexOf(' ');
    if (first <= 0 || first == last)
        return badRequest("A request line is a method, a target and a version.");
    if (auto version = readVersion(line.sliced(last + 1), head); !version)
        return version;
    if (auto method = readMethod(line.first(first), head); !method)
        return method;
    return readTarget(line.sliced(first + 1, last - first - 1), head);
}

OrRefusal<void> readHeaderLine(QByteArrayView line, RequestHead &head)
{
    const auto colon = line.indexOf(':');
    // A space before the colon and a folded line fail here too: neither starts with a token.
    if (colon <= 0 || !isToken(line.first(colon)))
        return badRequest("A header line is a name, a colon and a value.");
    head.headers.append(
        {headerName(line.first(colon)), line.sliced(colon + 1).trimmed().toByteArray()});
    return {};
}

OrRefusal<void> readMeaning(RequestHead &head)
{
    if (auto host = readHost(head); !host)
        return host;
    if (channels::headerValues(head.headers, "origin").size() > 1)
        return badRequest("A request has at most one Origin header.");
    if (auto framing = readFraming(head); !framing)
        return framing;
    if (auto expectation = readExpectation(head); !expectation)
        return expectation;
    head.keepAlive = head.httpVersion == "1.1"
        ? !listContains(head.headers, "connection", "close")
        : listContains(head.headers, "connection", "keep-alive");
    head.isUpgrade = listContains(head.headers, "upgrade", "websocket");
    return {};
}

} // namespace parlour::server
