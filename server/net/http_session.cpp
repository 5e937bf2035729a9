// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/http_session.h"

#include "net/logging.h"

namespace parlour::server {

HttpSession::HttpSession(ServerContext &context, HttpWire &wire, channels::ConnectionInfo &info)
    : Session(context, info)
    , m_wire(wire)
{
}

void HttpSession::start(const channels::Scope &scope)
{
    open(scope);
}

void HttpSession::receiveBody(const QByteArray &body, bool more)
{
    if (isAnswered())
        return;
    countIn(body.size(), 0);
    give(channels::HttpRequest{body, more});
}

void HttpSession::end()
{
    if (m_state == State::Over)
        return;
    const bool complete = m_state == State::Answered;
    m_state = State::Over;
    if (!complete)
        give(channels::HttpDisconnect{});
    finish();
}

void HttpSession::settle()
{
    if (isAnswered())
        end();
}

void HttpSession::handle(const channels::ServerEvent &event)
{
    if (const auto *part = std::get_if<channels::HttpResponseBody>(&event))
        sendBody(*part);
    else if (const auto *head = std::get_if<channels::HttpResponseStart>(&event))
        sendHead(*head);
    else if (std::holds_alternative<channels::HttpResponseAbort>(event))
        abort();
    else
        qCWarning(lcServer) << "an application answered an HTTP request with a WebSocket event;"
                            << "ignored";
}

void HttpSession::sendHead(const channels::HttpResponseStart &event)
{
    if (m_state != State::Asked)
        return;
    m_state = State::Answering;
    const auto sent = m_wire.sendHead(event);
    if (sent)
        return;
    qCWarning(lcServer).noquote() << "an answer could not be sent:" << sent.error().message;
    (void)m_wire.sendHead({500, {{"content-type", "text/plain; charset=utf-8"}}});
    sendBody({"Internal server error\n", false});
}

void HttpSession::sendBody(const channels::HttpResponseBody &event)
{
    if (m_state != State::Answering)
        return;
    if (isTooMuch(event.body.size())) {
        abort();
        return;
    }
    countOut(event.body.size(), 0);
    if (!event.more)
        m_state = State::Answered;
    m_wire.sendBody(event);
}

void HttpSession::abort()
{
    if (m_state > State::Answering)
        return;
    m_state = State::Cut;
    m_wire.cut();
}

} // namespace parlour::server
