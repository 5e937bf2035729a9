// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/host_address.h"

#include <QHostAddress>
#include <QRegularExpression>
#include <QStringDecoder>

namespace parlour::client {

using namespace Qt::StringLiterals;
using channels::Error;
using channels::Expected;

namespace {

constexpr qsizetype MaxTyped = 2048;
constexpr int MaxRoomTitle = 200;
constexpr quint16 HttpsPort = 443;

Error badAddress(const QString &message)
{
    return {u"bad_address"_s, message};
}

/// What stands before the first slash, and what follows it.
struct Parts {
    QString scheme; ///< lower case; empty: none
    QString authority;
    QString path; ///< with its leading slash, without query and fragment
};

Parts split(const QString &typed)
{
    Parts parts;
    QString rest = typed;
    if (const auto colon = rest.indexOf("://"_L1); colon >= 0) {
        parts.scheme = rest.left(colon).toLower();
        rest = rest.mid(colon + 3);
    }
    static const QRegularExpression tail(u"[?#].*$"_s,
                                         QRegularExpression::DotMatchesEverythingOption);
    rest.remove(tail);
    const auto slash = rest.indexOf(u'/');
    parts.authority = slash < 0 ? rest : rest.left(slash);
    parts.path = slash < 0 ? QString() : rest.mid(slash);
    return parts;
}

Expected<bool> isSecure(const QString &scheme)
{
    if (scheme.isEmpty() || scheme == "http"_L1 || scheme == "ws"_L1)
        return false;
    if (scheme == "https"_L1 || scheme == "wss"_L1)
        return true;
    return badAddress(HostAddress::tr("%1:// is not how the address of a host begins. Type the "
                                      "name and the port alone, such as studio.local:8765.")
                          .arg(scheme));
}

Expected<quint16> readPort(const QString &text)
{
    static const QRegularExpression digits(u"^[0-9]{1,5}$"_s);
    const uint number = digits.match(text).hasMatch() ? text.toUInt() : 0;
    if (number == 0 || number > 65535)
        return badAddress(HostAddress::tr("“%1” is no port. Type a number from 1 to 65535 after "
                                          "the colon, or leave both out.")
                              .arg(text));
    return quint16(number);
}

Expected<QString> checkIpv6(const QString &text)
{
    QHostAddress address;
    if (!address.setAddress(text) || address.protocol() != QAbstractSocket::IPv6Protocol)
        return badAddress(HostAddress::tr("“%1” is no IPv6 address. Type it in brackets, such as "
                                          "[fd00::20]:8765, or use the name of the host.")
                              .arg(text));
    return address.toString();
}

Expected<QString> checkIpv4(const QString &text)
{
    static const QRegularExpression four(
        u"^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?!$)|$)){4}$"_s);
    if (!four.match(text).hasMatch())
        return badAddress(HostAddress::tr("“%1” is no IPv4 address: these are four numbers from 0 "
                                          "to 255, such as 192.168.1.20.")
                              .arg(text));
    return text;
}

Expected<QString> checkHost(const QString &text)
{
    if (text.isEmpty())
        return badAddress(HostAddress::tr("The name of the host is missing. Type it before the "
                                          "port, such as studio.local:8765."));
    static const QRegularExpression onlyDigits(u"^[0-9.]+$"_s);
    if (onlyDigits.match(text).hasMatch())
        return checkIpv4(text);
    QUrl url;
    url.setHost(text, QUrl::StrictMode);
    // The letters that were typed stay: QUrl alone would show most of them as xn--….
    const QString host = url.host().isEmpty() ? QString() : text.toLower();
    static const QRegularExpression label(u"^(?!.*\\.\\.)[^.].*$"_s);
    if (host.isEmpty() || host.size() > 253 || host.contains(u':') || !label.match(host).hasMatch())
        return badAddress(HostAddress::tr("“%1” cannot be the name of a host. Type a name such as "
                                          "studio.local or an address such as 192.168.1.20.")
                              .arg(text));
    return host;
}

Expected<QString> notEveryAddress(const Expected<QString> &host)
{
    if (host && (*host == "0.0.0.0"_L1 || *host == "::"_L1))
        return badAddress(HostAddress::tr("%1 means “every address of that computer” and cannot be "
                                          "called. Type one of its addresses or its name.")
                              .arg(*host));
    return host;
}

/// Fills host and port from "name:port", "[v6]:port" or a bare IPv6 address.
Expected<HostAddress> readAuthority(const QString &text, bool withTls)
{
    if (text.contains(u'@'))
        return badAddress(HostAddress::tr("The address of a host has no user name in it. Type "
                                          "what stands after the @."));
    const bool bracketed = text.startsWith(u'[');
    const auto end = bracketed ? text.indexOf(u']') : qsizetype(-1);
    if (bracketed && end < 0)
        return badAddress(HostAddress::tr("The closing bracket is missing. Type an IPv6 address "
                                          "such as [fd00::20]:8765."));
    const bool bare = !bracketed && text.count(u':') > 1;
    const auto colon = bracketed ? end + 1 : bare ? text.size() : text.indexOf(u':');
    const QString name = bracketed ? text.mid(1, end - 1) : colon < 0 ? text : text.left(colon);
    const QString rest = colon < 0 ? QString() : text.mid(colon);

    const auto host = notEveryAddress(bracketed || bare ? checkIpv6(name) : checkHost(name));
    if (!host)
        return host.error();
    HostAddress address;
    address.host = *host;
    address.secure = withTls;
    if (withTls)
        address.port = HttpsPort;
    if (rest.isEmpty())
        return address;
    const auto port = readPort(rest.startsWith(u':') ? rest.mid(1) : rest);
    if (!port)
        return port.error();
    address.port = *port;
    return address;
}

Expected<QString> readRoom(const QString &encoded)
{
    const QByteArray raw = encoded.toUtf8();
    static const QRegularExpression strayPercent(u"%(?![0-9A-Fa-f]{2})"_s);
    QStringDecoder utf8(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString decoded = utf8(QByteArray::fromPercentEncoding(raw));
    const QString room = decoded.normalized(QString::NormalizationForm_C);
    static const QRegularExpression forbidden(
        u"[/\\\\\\p{Cc}\\x{061C}\\x{200E}\\x{200F}\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}]"_s);
    const bool bad = strayPercent.match(encoded).hasMatch() || utf8.hasError() || room.isEmpty()
        || room != room.trimmed() || room == "."_L1 || room == ".."_L1
        || room.toUcs4().size() > MaxRoomTitle || forbidden.match(room).hasMatch();
    if (bad)
        return badAddress(HostAddress::tr("“%1” cannot be the name of a room. Type the address of "
                                          "the host alone and choose the room after joining.")
                              .arg(encoded.left(60)));
    return room;
}

/// The room that a path names; empty for the paths of the host as a whole.
Expected<QString> roomOfPath(const QString &path)
{
    static const QRegularExpression host(u"^/?$|^/chat/?$|^/ws/parlour/?$"_s);
    if (host.match(path).hasMatch())
        return QString();
    static const QRegularExpression room(u"^/(?:ws/)?chat/([^/]+)/?$"_s);
    if (const auto match = room.match(path); match.hasMatch())
        return readRoom(match.captured(1));
    return badAddress(HostAddress::tr("“%1” is no page of a Parlour host. Type the address alone, "
                                      "or one that ends in /chat/ and the name of a room.")
                          .arg(path.left(60)));
}

} // namespace

Expected<HostAddress> HostAddress::parse(const QString &typed)
{
    const QString text = typed.trimmed();
    if (text.isEmpty())
        return badAddress(tr("No address was typed. Type the one the host shows, such as "
                             "192.168.1.20:8765."));
    if (text.size() > MaxTyped)
        return badAddress(tr("This is too long for an address. Type the one the host shows, such "
                             "as 192.168.1.20:8765."));
    static const QRegularExpression blank(u"[\\s\\p{Cc}]"_s);
    const Parts parts = split(text);
    if (blank.match(parts.authority).hasMatch())
        return badAddress(tr("An address has no spaces. Type the one the host shows, such as "
                             "192.168.1.20:8765."));
    const auto secured = isSecure(parts.scheme);
    if (!secured)
        return secured.error();
    auto address = readAuthority(parts.authority, *secured);
    if (!address)
        return address;
    const auto named = roomOfPath(parts.path);
    if (!named)
        return named.error();
    address->room = *named;
    return address;
}

QUrl HostAddress::socketUrl(const QString &path, bool withTls) const
{
    QUrl url;
    url.setScheme(withTls ? u"wss"_s : u"ws"_s);
    url.setHost(host);
    url.setPort(port);
    url.setPath(u'/' + path);
    return url;
}

QUrl HostAddress::pageUrl(const QString &inRoom) const
{
    QUrl url;
    url.setScheme(secure ? u"https"_s : u"http"_s);
    url.setHost(host);
    url.setPort(port);
    const QString encoded = QString::fromLatin1(QUrl::toPercentEncoding(inRoom));
    url.setPath(inRoom.isEmpty() ? u"/chat/"_s : u"/chat/"_s + encoded + u'/', QUrl::TolerantMode);
    return url;
}

QUrl HostAddress::linkUrl(const QString &code, const QString &name) const
{
    QUrl url = pageUrl();
    const QString encoded = QString::fromLatin1(QUrl::toPercentEncoding(name));
    // Behind the #, since that part of an address goes over no network and into no log.
    url.setFragment(u"link="_s + code + u"&name="_s + encoded, QUrl::StrictMode);
    return url;
}

bool HostAddress::isLoopback() const
{
    return host == "localhost"_L1 || host.endsWith(".localhost"_L1)
        || QHostAddress(host).isLoopback();
}

QString HostAddress::display() const
{
    const QString name = host.contains(u':') ? u'[' + host + u']' : host;
    return name + u':' + QString::number(port);
}

} // namespace parlour::client
