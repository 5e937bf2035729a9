// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "server/witness.h"

using namespace Qt::StringLiterals;

namespace parlour::tests {

using namespace channels;

class Witness::Watched final : public Instance
{
public:
    Watched(Witness &witness, std::unique_ptr<Instance> instance, bool isWebsocket)
        : m_witness(witness)
        , m_instance(std::move(instance))
        , m_isWebsocket(isWebsocket)
    {
        ++m_witness.m_begun;
        ++m_witness.m_living;
    }
    ~Watched() override
    {
        --m_witness.m_living;
        if (m_isWebsocket && !m_isOver)
            ++m_witness.m_faults;
    }

    void receive(const ClientEvent &event) override
    {
        if (m_isOver)
            ++m_witness.m_faults;
        m_isOver = m_isOver || std::holds_alternative<WebsocketDisconnect>(event)
            || std::holds_alternative<HttpDisconnect>(event);
        m_instance->receive(event);
    }

private:
    Witness &m_witness;
    std::unique_ptr<Instance> m_instance;
    bool m_isWebsocket;
    bool m_isOver = false;
};

class Witness::Unfinished final : public Instance
{
public:
    Unfinished(const Send &send, bool begins)
        : m_send(send)
        , m_begins(begins)
    {
    }

    void receive(const ClientEvent &event) override
    {
        if (!m_begins || !std::holds_alternative<HttpRequest>(event))
            return;
        m_begins = false;
        m_send(HttpResponseStart{200, {}});
        m_send(HttpResponseBody{"begun", true});
    }

private:
    Send m_send;
    bool m_begins;
};

Application Witness::watch(const Application &application)
{
    return [this, application](const Scope &scope, const Send &send) -> std::unique_ptr<Instance> {
        std::unique_ptr<Instance> instance;
        if (scope.path == "/waiting"_L1 || scope.path == "/unfinished"_L1)
            instance = std::make_unique<Unfinished>(send, scope.path == "/unfinished"_L1);
        else
            instance = startInstance(application, scope, send);
        return std::make_unique<Watched>(*this, std::move(instance), scope.type == "websocket"_L1);
    };
}

} // namespace parlour::tests
