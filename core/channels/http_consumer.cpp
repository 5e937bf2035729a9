// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/http_consumer.h"

#include <utility>

namespace parlour::channels {

void HttpConsumer::handle(const ClientEvent &event)
{
    if (const auto *request = std::get_if<HttpRequest>(&event)) {
        if (!std::exchange(m_hasBegun, true))
            begun();
        m_body += request->body;
        if (!request->more && !m_isComplete)
            handle(std::exchange(m_body, {}));
    } else if (std::holds_alternative<HttpDisconnect>(event)) {
        leaveGroups();
        disconnected();
    }
}

void HttpConsumer::sendHeaders(int status, const Headers &headers)
{
    m_headersSent = true;
    send()(HttpResponseStart{status, headers});
}

void HttpConsumer::sendBody(const QByteArray &body, bool more)
{
    m_isComplete = !more;
    send()(HttpResponseBody{body, more});
}

void HttpConsumer::sendResponse(int status, const QByteArray &body, const Headers &headers)
{
    sendHeaders(status, headers);
    sendBody(body);
}

void HttpConsumer::failed(const QString &)
{
    if (m_isComplete)
        return;
    if (m_headersSent)
        sendBody({});
    else
        sendResponse(500, "Internal server error\n",
                     {{"content-type", "text/plain; charset=utf-8"}});
}

} // namespace parlour::channels
