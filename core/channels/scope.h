// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>
#include <QVariantMap>

#include <memory>
#include <optional>

namespace parlour::channels {

class Session;
class SignIn;

/// One header field. Names are lower case, values are raw bytes; repeated fields stay repeated.
struct Header {
    QByteArray name;
    QByteArray value;

    friend bool operator==(const Header &, const Header &) = default;
};
using Headers = QList<Header>;

/// Every value of the header `name` (lower case), in the order of the wire.
QList<QByteArray> headerValues(const Headers &headers, QByteArrayView name);
/// The first value of the header `name`, or an empty array.
QByteArray headerValue(const Headers &headers, QByteArrayView name);

/// One end of a connection.
struct Endpoint {
    QString address; ///< numeric, without brackets
    quint16 port = 0;
};

/// What UrlRouter took out of the path; Channels' scope["url_route"].
struct UrlRoute {
    QStringList args;
    QVariantMap kwargs;
};

/// Who speaks, as far as a middleware found out; Channels' scope["user"]. An empty id is nobody in
/// particular (Channels' AnonymousUser).
struct User {
    QString id;
    QString name;
    QString role;

    bool isAuthenticated() const { return !id.isEmpty() || !role.isEmpty(); }
};

/// What is known of a connection when it opens. A value: middleware hands on a changed copy.
/// Counterpart: the ASGI connection scope.
struct Scope {
    QString type; ///< "http", "websocket"; workers: "channel"
    QString path; ///< percent-decoded
    QByteArray rawPath; ///< as it came, without the query
    QString rootPath; ///< where the application is mounted: a prefix of path that no route sees
    QByteArray query; ///< raw, without the question mark
    Headers headers;
    Endpoint client;
    Endpoint server;
    bool secure = false; ///< came over TLS; behind a trusted proxy: to the proxy
    bool proxied = false; ///< came through a trusted proxy, which is the one we speak TLS with
    QByteArray method; ///< http only
    QByteArray httpVersion = "1.1";
    QStringList subprotocols; ///< websocket only, in the client's order
    quint64 connection = 0; ///< the server's number of the connection; unique within one run

    QString channel; ///< worker scopes only: the channel's name
    std::optional<QString> pathRemaining; ///< what outer routers left over
    UrlRoute urlRoute;
    QMap<QByteArray, QByteArray> cookies;
    std::shared_ptr<Session> session; ///< null without a sessionMiddleware
    User user;
    std::shared_ptr<SignIn> signIn; ///< for SignIns, which noted this conversation

    QByteArray header(QByteArrayView name) const { return headerValue(headers, name); }
};

} // namespace parlour::channels
