// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/cookies.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parlour::channels {

namespace {

// token of RFC 9110, section 5.6.2
bool isToken(const QByteArray &name)
{
    static const QByteArray marks("!#$%&'*+-.^_`|~");
    return !name.isEmpty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || marks.contains(c);
    });
}

// cookie-octet of RFC 6265, section 4.1.1
bool isCookieValue(const QByteArray &value)
{
    return std::all_of(value.begin(), value.end(), [](char c) {
        return c > ' ' && c < '\x7F' && c != '"' && c != ',' && c != ';' && c != '\\';
    });
}

bool isAttributeValue(const QByteArray &value)
{
    return std::all_of(value.begin(), value.end(),
                       [](char c) { return c >= ' ' && c < '\x7F' && c != ';'; });
}

Error badCookie(const QByteArray &name, const QString &what)
{
    return {
        u"bad_cookie"_s,
        u"the cookie \"%1\" cannot be set: %2"_s.arg(QString::fromLatin1(name.left(100)), what)};
}

const char *wordFor(SameSite sameSite)
{
    switch (sameSite) {
    case SameSite::Strict:
        return "Strict";
    case SameSite::None:
        return "None";
    case SameSite::Lax:
        break;
    }
    return "Lax";
}

} // namespace

QMap<QByteArray, QByteArray> parseCookies(const QByteArray &header)
{
    QMap<QByteArray, QByteArray> cookies;
    const auto parts = header.split(';');
    for (const QByteArray &part : parts) {
        const auto equals = part.indexOf('=');
        if (equals < 0)
            continue;
        const QByteArray name = part.left(equals).trimmed();
        QByteArray value = part.mid(equals + 1).trimmed();
        if (value.size() >= 2 && value.startsWith('"') && value.endsWith('"'))
            value = value.mid(1, value.size() - 2);
        if (!name.isEmpty() && !cookies.contains(name))
            cookies.insert(name, value);
    }
    return cookies;
}

QByteArray cookieName(const QByteArray &name, quint16 port)
{
    return name + '_' + QByteArray::number(port);
}

Expected<Header> setCookie(const QByteArray &name, const QByteArray &value,
                           const CookieOptions &options)
{
    if (!isToken(name))
        return badCookie(name, u"its name takes ASCII letters, digits and a few marks"_s);
    if (!isCookieValue(value))
        return badCookie(name,
                         u"its value has a blank, control, quote, comma, semicolon or "
                         "backslash, or is not ASCII; encode it"_s);
    if (!isAttributeValue(options.path) || !isAttributeValue(options.domain))
        return badCookie(name, u"its path or domain would end the field"_s);
    if (options.sameSite == SameSite::None && !options.secure)
        return badCookie(name, u"browsers take SameSite=None with Secure only"_s);
    QByteArray field = name + '=' + value;
    if (!options.path.isEmpty())
        field += "; Path=" + options.path;
    if (!options.domain.isEmpty())
        field += "; Domain=" + options.domain;
    if (options.maxAge)
        field += "; Max-Age=" + QByteArray::number(qlonglong(options.maxAge->count()));
    if (options.secure)
        field += "; Secure";
    if (options.httpOnly)
        field += "; HttpOnly";
    return Header{"set-cookie", field + "; SameSite=" + wordFor(options.sameSite)};
}

Expected<Header> deleteCookie(const QByteArray &name, CookieOptions options)
{
    options.maxAge = std::chrono::seconds(0);
    return setCookie(name, {}, options);
}

} // namespace parlour::channels
