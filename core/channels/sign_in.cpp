// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/sign_in.h"

#include <utility>

namespace parlour::channels {

SignIn::SignIn(const Send &outer, bool isWebsocket, Ended ended)
    : OutletFilter(outer)
    , m_isWebsocket(isWebsocket)
    , m_ended(std::move(ended))
{
}

SignIn::~SignIn()
{
    m_ended(*this);
}

void SignIn::send(const ServerEvent &event)
{
    const auto *part = std::get_if<HttpResponseBody>(&event);
    if (part && part->more && m_isEnding) {
        OutletFilter::send(event);
        send(HttpResponseAbort{});
        return;
    }
    if (std::holds_alternative<WebsocketAccept>(event) && m_state == State::Waiting)
        m_state = State::OpenSocket;
    else if (std::holds_alternative<HttpResponseStart>(event) && m_state == State::Waiting)
        m_state = State::OpenAnswer;
    else if ((part && !part->more) || std::holds_alternative<WebsocketClose>(event)
             || std::holds_alternative<WebsocketRefuse>(event)
             || std::holds_alternative<HttpResponseAbort>(event))
        m_state = State::Over;
    OutletFilter::send(event);
}

bool SignIn::close(int code, const QString &reason)
{
    switch (m_state) {
    case State::Waiting:
        // A page that is still being made is not cut: it says what its maker wants to say.
        if (m_isWebsocket)
            send(WebsocketRefuse{401, reason.toUtf8() + '\n', {}});
        m_isEnding = true;
        return m_isWebsocket;
    case State::OpenSocket:
        send(WebsocketClose{code, reason});
        return true;
    case State::OpenAnswer:
        send(HttpResponseAbort{});
        return true;
    case State::Over:
        break;
    }
    return false;
}

} // namespace parlour::channels
