// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/page_consumer.h"

namespace parlour::chat {

namespace {
constexpr const char *ContentSecurityPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'";
} // namespace

PageConsumer::PageConsumer(const channels::Scope &scope, const channels::Send &send,
                           MakePage makePage)
    : HttpConsumer(scope, send)
    , m_makePage(std::move(makePage))
{
}

void PageConsumer::begun()
{
    if (scope().method == "GET" || scope().method == "HEAD") {
        m_page = m_makePage(scope());
    } else {
        m_page = textPage(405, "Method not allowed: only GET and HEAD are\n");
        m_page.headers.append(channels::Header{"allow", "GET, HEAD"});
    }
    if (m_page.status < 400 || m_page.status > 499)
        return;
    m_page.headers.append(channels::Header{"connection", "close"});
    sendResponse(m_page.status, m_page.body, m_page.headers);
}

void PageConsumer::handle(const QByteArray &)
{
    sendResponse(m_page.status, m_page.body, m_page.headers);
}

channels::Headers pageHeaders(const QByteArray &contentType)
{
    return {
        {"content-type", contentType},
        {"cache-control", "no-cache"},
        {"content-security-policy", ContentSecurityPolicy},
        {"x-content-type-options", "nosniff"},
        {"referrer-policy", "no-referrer"},
    };
}

Page textPage(int status, const QByteArray &words)
{
    return {status, words, pageHeaders("text/plain; charset=utf-8")};
}

Page redirect(int status, const QByteArray &location)
{
    Page page = textPage(status, "See " + location + '\n');
    page.headers.append(channels::Header{"location", location});
    return page;
}

} // namespace parlour::chat
