// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/http_consumer.h"

#include "channels/logging.h"

#include <utility>

namespace parlour::channels {

void HttpConsumer::handle(const ClientEvent &event)
{
    if (const auto *request = std::get_if<HttpRequest>(&event)) {
        if (!std::exchange(m_hasBegun, true))
            begun();
        if (isOpen())
            m_body += request->body;
        if (!request->more && isOpen())
            handle(std::exchange(m_body, {}));
    } else if (std::holds_alternative<HttpDisconnect>(event) && isOpen()) {
        m_state = State::Gone;
        stopListening();
        disconnected();
    }
}

void HttpConsumer::sendHeaders(int status, const Headers &headers)
{
    if (m_state == State::Answering)
        qCWarning(lcConsumer).noquote() << "a second head of an answer is ignored," << scope().path;
    if (m_state != State::Asked)
        return;
    m_state = State::Answering;
    send()(HttpResponseStart{status, headers});
}

void HttpConsumer::sendBody(const QByteArray &body, bool more)
{
    if (m_state == State::Asked)
        sendHeaders(200);
    if (m_state != State::Answering)
        return;
    if (!more) {
        m_state = State::Answered;
        stopListening();
    }
    send()(HttpResponseBody{body, more});
}

void HttpConsumer::sendResponse(int status, const QByteArray &body, const Headers &headers)
{
    sendHeaders(status, headers);
    sendBody(body);
}

void HttpConsumer::abort()
{
    if (m_state != State::Answering) {
        sendResponse(500, "Internal server error\n",
                     {{"content-type", "text/plain; charset=utf-8"}});
        return;
    }
    m_state = State::Answered;
    stopListening();
    send()(HttpResponseAbort{});
}

void HttpConsumer::failed(const QString &)
{
    abort();
}

void HttpConsumer::clientTooSlow()
{
    if (m_state == State::Answering)
        abort();
}

} // namespace parlour::channels
