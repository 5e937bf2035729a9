// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/refusal.h"

#include <algorithm>
#include <utility>

namespace parlour::channels {

namespace {

class Refusal final : public Instance
{
public:
    Refusal(const Scope &, const Send &send, int status, const QByteArray &body,
            const Headers &headers)
        : m_send(send)
        , m_status(status)
        , m_body(body)
        , m_headers(headers)
    {
    }

    void receive(const ClientEvent &event) override
    {
        if (std::holds_alternative<WebsocketConnect>(event)) {
            m_send(WebsocketRefuse{m_status, m_body, m_headers});
        } else if (std::holds_alternative<HttpRequest>(event)
                   && !std::exchange(m_isAnswered, true)) {
            // With the first part of the request: nobody has to send a body that is refused.
            Headers headers = m_headers;
            headers.append(Header{"connection", "close"});
            const auto isType = [](const Header &own) {
                return own.name.toLower() == "content-type";
            };
            if (std::none_of(m_headers.cbegin(), m_headers.cend(), isType))
                headers.append(Header{"content-type", "text/plain; charset=utf-8"});
            m_send(HttpResponseStart{m_status, headers});
            m_send(HttpResponseBody{m_body, false});
        } else if (const auto *received = std::get_if<ChannelReceive>(&event)) {
            m_send(ChannelDropped{QStringLiteral("unrouted"), received->message});
        }
    }

private:
    Send m_send;
    int m_status;
    QByteArray m_body;
    Headers m_headers;
    bool m_isAnswered = false;
};

} // namespace

Application refusal(int status, const QByteArray &body, const Headers &headers)
{
    return asApplication<Refusal>(status, body, headers);
}

Application notFound()
{
    return refusal(404, "Not found\n");
}

} // namespace parlour::channels
