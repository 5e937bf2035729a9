// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/http_consumer.h"

#include <functional>

namespace parlour::chat {

/// The answer to a request.
struct Page {
    int status = 200;
    QByteArray body;
    channels::Headers headers;
};

/// Makes the answer to one request from its scope alone.
using MakePage = std::function<Page(const channels::Scope &)>;

/// Answers GET and HEAD with a page (the server leaves the body of a HEAD out); 405 for the rest.
/// What is refused (4xx) is refused from the head alone, and the connection ends then.
class PageConsumer final : public channels::HttpConsumer
{
public:
    PageConsumer(const channels::Scope &scope, const channels::Send &send, MakePage makePage);

private:
    using HttpConsumer::handle;
    void begun() override;
    void handle(const QByteArray &body) override;

    MakePage m_makePage;
    Page m_page;
};

/// A page of words; with the headers of all pages.
Page textPage(int status, const QByteArray &words);
/// The headers of all pages: the content's type and what keeps a browser from being misled.
channels::Headers pageHeaders(const QByteArray &contentType);
Page redirect(int status, const QByteArray &location);

} // namespace parlour::chat
