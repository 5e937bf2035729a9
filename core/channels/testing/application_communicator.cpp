// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/testing/application_communicator.h"

#include "channels/testing/waiting.h"

#include <deque>
#include <utility>

namespace parlour::channels {

class ApplicationCommunicator::Recorder final : public Outlet
{
public:
    void send(const ServerEvent &event) override
    {
        events.push_back(event);
        const auto *part = std::get_if<HttpResponseBody>(&event);
        if ((part && !part->more) || std::holds_alternative<WebsocketClose>(event)
            || std::holds_alternative<WebsocketRefuse>(event)
            || std::holds_alternative<HttpResponseAbort>(event))
            isOver = true;
    }
    Backlog backlog() const override { return pretended; }

    std::deque<ServerEvent> events;
    Backlog pretended;
    bool isOver = false;
};

ApplicationCommunicator::ApplicationCommunicator(Application application, const Scope &scope)
    : m_application(std::move(application))
    , m_scope(scope)
    , m_recorder(std::make_shared<Recorder>())
{
}

ApplicationCommunicator::~ApplicationCommunicator() = default;

void ApplicationCommunicator::sendInput(const ClientEvent &event)
{
    if (m_isStopped)
        return;
    if (!m_instance)
        m_instance = startInstance(m_application, m_scope, Send(m_recorder));
    m_instance->receive(event);
}

std::optional<ServerEvent> ApplicationCommunicator::receiveOutput(std::chrono::milliseconds timeout)
{
    if (!waitFor([&] { return !m_recorder->events.empty(); }, timeout))
        return std::nullopt;
    ServerEvent event = m_recorder->events.front();
    m_recorder->events.pop_front();
    return event;
}

bool ApplicationCommunicator::receivesNothing()
{
    settle();
    return m_recorder->events.empty();
}

bool ApplicationCommunicator::wait(std::chrono::milliseconds timeout)
{
    return waitFor([&] { return m_recorder->isOver; }, timeout);
}

void ApplicationCommunicator::stop()
{
    m_isStopped = true;
    m_instance.reset();
}

void ApplicationCommunicator::setBacklog(Backlog backlog)
{
    m_recorder->pretended = backlog;
}

} // namespace parlour::channels
