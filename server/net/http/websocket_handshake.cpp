// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/http/websocket_handshake.h"

#include "net/http/head_rules.h"
#include "net/http/response_writer.h"

#include <QCryptographicHash>

namespace parlour::server {

namespace {

using namespace Qt::StringLiterals;

constexpr int KeyBytes = 16;

HttpRefusal badHandshake(const char *message)
{
    return {400, message, {}};
}

bool isKey(const QByteArray &key)
{
    const auto decoded =
        QByteArray::fromBase64Encoding(key, QByteArray::AbortOnBase64DecodingErrors);
    return key.size() == 24 && decoded && decoded.decoded.size() == KeyBytes;
}

QByteArray acceptValue(const QByteArray &key)
{
    return QCryptographicHash::hash(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11",
                                    QCryptographicHash::Sha1)
        .toBase64();
}

// What RFC 6455 makes of the answer's head; an application does not say it twice.
bool isHandshakeHeader(const QByteArray &name)
{
    const QByteArray lower = name.toLower();
    return lower == "upgrade" || lower == "connection" || lower == "content-length"
        || lower == "transfer-encoding" || lower.startsWith("sec-websocket-");
}

OrRefusal<QStringList> readSubprotocols(const channels::Headers &headers)
{
    QStringList subprotocols;
    for (const QByteArray &member : listMembers(headers, "sec-websocket-protocol")) {
        const QString subprotocol = QString::fromLatin1(member);
        if (!isToken(member) || subprotocols.contains(subprotocol))
            return badHandshake("Sec-WebSocket-Protocol is a list of different names.");
        subprotocols.append(subprotocol);
    }
    return subprotocols;
}

} // namespace

OrRefusal<WebsocketUpgrade> checkUpgrade(const RequestHead &head)
{
    if (head.method != "GET")
        return HttpRefusal{405, "A WebSocket is opened with GET.", {{"allow", "GET"}}};
    if (head.httpVersion == "1.0")
        return badHandshake("A WebSocket needs HTTP/1.1.");
    if (!listContains(head.headers, "connection", "upgrade"))
        return badHandshake("The Connection header does not say Upgrade.");
    if (head.hasBody())
        return badHandshake("A request for a WebSocket has no body.");
    const auto versions = channels::headerValues(head.headers, "sec-websocket-version");
    if (versions.size() != 1 || versions.first() != "13")
        return HttpRefusal{426,
                           "This server speaks version 13 of the WebSocket protocol.",
                           {{"sec-websocket-version", "13"}, {"upgrade", "websocket"}}};
    const auto keys = channels::headerValues(head.headers, "sec-websocket-key");
    if (keys.size() != 1 || !isKey(keys.first()))
        return badHandshake("Sec-WebSocket-Key is given once: 16 bytes in base64.");
    auto subprotocols = readSubprotocols(head.headers);
    if (!subprotocols)
        return subprotocols.error();
    return WebsocketUpgrade{keys.first(), *subprotocols};
}

channels::Expected<QByteArray> acceptAnswer(const WebsocketUpgrade &upgrade,
                                            const channels::WebsocketAccept &accept)
{
    if (!accept.subprotocol.isEmpty() && !upgrade.subprotocols.contains(accept.subprotocol))
        return channels::Error{
            u"bad_subprotocol"_s,
            u"The subprotocol \"%1\" was not offered; accept with one of: %2."_s.arg(
                accept.subprotocol, upgrade.subprotocols.join(u", "_s))};
    if (auto checked = checkHeaders(accept.headers); !checked)
        return checked.error();
    QByteArray bytes = statusLine(101);
    bytes += "upgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: "
        + acceptValue(upgrade.key) + "\r\n";
    if (!accept.subprotocol.isEmpty())
        bytes += "sec-websocket-protocol: " + accept.subprotocol.toLatin1() + "\r\n";
    for (const channels::Header &header : accept.headers) {
        if (!isHandshakeHeader(header.name))
            bytes += header.name + ": " + header.value + "\r\n";
    }
    return bytes + "\r\n";
}

QByteArray refuseAnswer(const channels::WebsocketRefuse &refuse)
{
    const int status = refuse.status < 200 || refuse.status > 599 ? 403 : refuse.status;
    channels::Headers headers;
    for (const channels::Header &header : refuse.headers) {
        if (!isHandshakeHeader(header.name) && checkHeaders({header}))
            headers.append(header);
    }
    return refusalAnswer(status, headers,
                         refuse.body.isEmpty() ? reasonPhrase(status) + '\n' : refuse.body);
}

} // namespace parlour::server
