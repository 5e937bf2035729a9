// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/session_middleware.h"

#include "channels/cookies.h"
#include "channels/logging.h"
#include "channels/middleware.h"
#include "channels/secrets.h"

#include <QMessageAuthenticationCode>

namespace parlour::channels {

namespace {

// One for all stacks of the program: what a page signs, a WebSocket reads.
const QByteArray &secretOfThisRun()
{
    static const QByteArray secret = randomSecret();
    return secret;
}

QByteArray signatureOf(const QByteArray &key, const QByteArray &secret)
{
    return QMessageAuthenticationCode::hash("session:" + key, secret, QCryptographicHash::Sha256)
        .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

/// Saves the session with the first answer, and adds the cookie to it.
class SessionFilter final : public OutletFilter
{
public:
    SessionFilter(const Send &outer, const Scope &scope, SessionOptions options)
        : OutletFilter(outer)
        , m_session(scope.session)
        , m_options(std::move(options))
        , m_cookie(cookieName(m_options.cookie, scope.server.port))
        , m_isSecure(scope.secure)
    {
    }

    void send(const ServerEvent &event) override
    {
        if (const auto *head = std::get_if<HttpResponseStart>(&event))
            OutletFilter::send(
                HttpResponseStart{head->status, withCookie(head->headers, head->status)});
        else if (const auto *accept = std::get_if<WebsocketAccept>(&event))
            OutletFilter::send(
                WebsocketAccept{accept->subprotocol, withCookie(accept->headers), accept->tooSlow});
        else if (const auto *refuse = std::get_if<WebsocketRefuse>(&event))
            OutletFilter::send(WebsocketRefuse{refuse->status, refuse->body,
                                               withCookie(refuse->headers, refuse->status)});
        else
            OutletFilter::send(event);
    }

private:
    Headers withCookie(Headers headers, int status = 200)
    {
        if (status == 500)
            return headers;
        const Session::Saved saved = m_session->save();
        m_session->saveAtOnce();
        if (saved == Session::Saved::Unchanged)
            return headers;
        CookieOptions cookie;
        cookie.secure = m_isSecure;
        cookie.maxAge = m_options.lifetime;
        const auto header = saved == Session::Saved::Kept
            ? setCookie(m_cookie, signedSessionKey(m_session->key(), m_options.secret), cookie)
            : deleteCookie(m_cookie, cookie);
        if (header)
            headers.append(*header);
        else
            qCWarning(lcConsumer).noquote() << header.error().message;
        return headers;
    }

    std::shared_ptr<Session> m_session;
    SessionOptions m_options;
    QByteArray m_cookie;
    bool m_isSecure;
};

} // namespace

QByteArray signedSessionKey(const QByteArray &key, const QByteArray &secret)
{
    return key + '.' + signatureOf(key, secret);
}

QByteArray verifiedSessionKey(const QByteArray &value, const QByteArray &secret)
{
    const auto dot = value.indexOf('.');
    if (dot < 1)
        return {};
    const QByteArray key = value.left(dot);
    return isSameInConstantTime(value.mid(dot + 1), signatureOf(key, secret)) ? key : QByteArray();
}

Application sessionMiddleware(Application inner, SessionStore &store, const SessionOptions &options)
{
    SessionOptions complete = options;
    if (complete.secret.isEmpty())
        complete.secret = secretOfThisRun();
    return [inner = std::move(inner), &store, complete](const Scope &scope, const Send &send) {
        Scope changed = scope;
        const QByteArray cookie =
            scope.cookies.value(cookieName(complete.cookie, scope.server.port));
        changed.session = std::make_shared<Session>(
            store, verifiedSessionKey(cookie, complete.secret), complete.lifetime);
        return inner(changed, Send(std::make_shared<SessionFilter>(send, changed, complete)));
    };
}

} // namespace parlour::channels
