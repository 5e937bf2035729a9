// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/redis_address.h"

#include <QHostAddress>
#include <QMap>
#include <QUrl>

#include <optional>

using namespace Qt::StringLiterals;

namespace parlour::redis {

using channels::Error;
using channels::Expected;

namespace {

/// An address taken apart, everything still as it was written.
struct Parts {
    QString scheme;
    QString userInfo; ///< before '@'
    QString place; ///< host and port
    QString path; ///< with its '/'
    QString query;
};

// No message shows a part of the address that could be, or could hold, a password.
Error wrong(const QString &what)
{
    return Error{u"redis_address"_s, u"the address of Redis "_s + what};
}

QString decoded(const QString &text)
{
    return QUrl::fromPercentEncoding(text.toUtf8());
}

QString encoded(const QString &text)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text));
}

Expected<Parts> takenApart(const QString &url)
{
    const auto schemeEnd = url.indexOf("://"_L1);
    Parts parts{schemeEnd < 0 ? QString() : url.first(schemeEnd).toLower(), {}, {}, {}, {}};
    if (parts.scheme != "redis"_L1 && parts.scheme != "rediss"_L1 && parts.scheme != "unix"_L1)
        return wrong(u"begins with none of redis://, rediss:// (TLS) and unix://; write for "
                     "example redis://localhost:6379"_s);
    QString rest = url.sliced(schemeEnd + 3);
    qsizetype end = 0;
    while (end < rest.size() && !u"/?#"_s.contains(rest[end]))
        ++end;
    const QString authority = rest.first(end);
    rest = rest.sliced(end);
    if (rest.contains(u'@'))
        return wrong(u"has a '/', '?' or '#' before an '@'; write '/' as %2F, '?' as %3F, '#' as "
                     "%23 and '@' as %40 within names, passwords and paths"_s);
    if (rest.contains(u'#'))
        return wrong(u"has a '#' in it; write it as %23"_s);
    const auto userEnd = authority.lastIndexOf(u'@');
    parts.userInfo = authority.first(std::max<qsizetype>(userEnd, 0));
    parts.place = authority.sliced(userEnd + 1);
    parts.path = rest.section(u'?', 0, 0);
    parts.query = rest.section(u'?', 1);
    return parts;
}

Expected<void> takePlace(RedisAddress &address, const QString &place)
{
    const bool isBracketed = place.startsWith(u'[');
    const auto hostEnd = isBracketed ? place.indexOf(u']') + 1 : place.indexOf(u':');
    const QString host = hostEnd < 0 ? place : place.first(hostEnd);
    const QString port = hostEnd < 0 ? QString() : place.sliced(hostEnd);
    if (isBracketed) {
        const QHostAddress numeric(host.mid(1, host.size() - 2));
        if (numeric.protocol() != QAbstractSocket::IPv6Protocol)
            return wrong(u"has brackets around what is no IPv6 address; write for example "
                         "redis://[::1]:6379"_s);
        address.host = host.mid(1, host.size() - 2);
    } else if (!host.isEmpty()) {
        address.host = decoded(host);
    }
    if (port.isEmpty())
        return {};
    bool isNumber = false;
    address.port = port.sliced(1).toUShort(&isNumber);
    if (port[0] != u':' || !isNumber || address.port == 0)
        return wrong(u"has a port that is no number from 1 to 65535; write for example "
                     "redis://localhost:6379 (an IPv6 address in brackets)"_s);
    return {};
}

Expected<void> takeDatabase(RedisAddress &address, const QString &text)
{
    bool isNumber = false;
    address.database = text.toInt(&isNumber);
    if (!isNumber || address.database < 0)
        return wrong(u"has a database that is no number from 0 on; write for example "
                     "redis://localhost:6379/1 or unix:///run/redis.sock?db=1"_s);
    return {};
}

Expected<void> takeQuery(RedisAddress &address, const QString &query)
{
    const QMap<QString, QString *> texts{{u"username"_s, &address.user},
                                         {u"password"_s, &address.password},
                                         {u"ssl_ca_certs"_s, &address.caFile},
                                         {u"ssl_certfile"_s, &address.certificateFile},
                                         {u"ssl_keyfile"_s, &address.keyFile}};
    const auto settings = query.split(u'&', Qt::SkipEmptyParts);
    for (const QString &setting : settings) {
        const QString name = setting.section(u'=', 0, 0);
        const QString value = decoded(setting.section(u'=', 1));
        if (name == "db"_L1) {
            if (auto taken = takeDatabase(address, value); !taken)
                return taken;
        } else if (QString *text = texts.value(name)) {
            *text = value;
        } else {
            // It is not named: it may be what stands behind an '&' in a password.
            return wrong(u"has a setting behind its '?' that is not known; known are db, "_s
                         + QStringList(texts.keys()).join(u", "_s)
                         + u" (write '&' as %26 within their values)"_s);
        }
    }
    const bool hasTls = !(address.caFile + address.certificateFile + address.keyFile).isEmpty();
    if (hasTls && address.transport != RedisAddress::Transport::Tls)
        return wrong(u"has ssl_ settings without TLS; write rediss:// for TLS"_s);
    if (address.certificateFile.isEmpty() != address.keyFile.isEmpty())
        return wrong(u"has only one of ssl_certfile and ssl_keyfile; they go together"_s);
    return {};
}

} // namespace

Expected<RedisAddress> RedisAddress::parse(const QString &url)
{
    const auto parts = takenApart(url.trimmed());
    if (!parts)
        return parts.error();
    RedisAddress address;
    address.user = decoded(parts->userInfo.section(u':', 0, 0));
    address.password = decoded(parts->userInfo.section(u':', 1));
    Expected<void> taken;
    if (parts->scheme == "unix"_L1) {
        address.transport = Transport::Unix;
        address.path = decoded(parts->path);
        if (!parts->place.isEmpty() || address.path.size() < 2)
            return wrong(u"has no path of a socket from the root on; write for example "
                         "unix:///run/redis/redis.sock (three slashes)"_s);
    } else {
        address.transport = parts->scheme == "rediss"_L1 ? Transport::Tls : Transport::Tcp;
        taken = takePlace(address, parts->place);
        if (taken && parts->path.size() > 1)
            taken = takeDatabase(address, parts->path.sliced(1));
    }
    if (taken)
        taken = takeQuery(address, parts->query);
    if (!taken)
        return taken.error();
    if (!address.user.isEmpty() && address.password.isEmpty())
        return wrong(u"has a user and no password; write redis://user:password@host, or "
                     "redis://:password@host for the default user"_s);
    return address;
}

QString RedisAddress::shown() const
{
    const QString as = user.isEmpty() ? QString() : encoded(user) + u'@';
    if (transport == Transport::Unix)
        return u"unix://"_s + as + path + (database > 0 ? u"?db=%1"_s.arg(database) : QString());
    const QString scheme = transport == Transport::Tls ? u"rediss://"_s : u"redis://"_s;
    const QString place = host.contains(u':') ? u'[' + host + u']' : host;
    return scheme + as + place + u':' + QString::number(port)
        + (database > 0 ? u"/%1"_s.arg(database) : QString());
}

} // namespace parlour::redis
