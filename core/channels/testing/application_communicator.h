// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/application.h"

#include <chrono>
#include <memory>
#include <optional>

namespace parlour::channels {

/// Talks to any application event by event, with no server and no socket: what the other
/// communicators do in words of their protocol. Runs the event loop while it waits. For tests.
/// Counterpart: channels.testing.ApplicationCommunicator.
class ApplicationCommunicator
{
public:
    ApplicationCommunicator(Application application, const Scope &scope);
    /// As stop().
    ~ApplicationCommunicator();
    ApplicationCommunicator(const ApplicationCommunicator &) = delete;
    ApplicationCommunicator &operator=(const ApplicationCommunicator &) = delete;

    /// Gives the application an event; the first one starts it. Does nothing after stop().
    void sendInput(const ClientEvent &event);
    /// The next event that the application sent, or nothing where none comes in time.
    std::optional<ServerEvent>
    receiveOutput(std::chrono::milliseconds timeout = std::chrono::seconds(5));
    /// True if nothing is waiting once all that is posted has been done.
    bool receivesNothing();
    /// Whether the application ends the conversation in time: with a close, a refusal or the last
    /// part of an answer.
    bool wait(std::chrono::milliseconds timeout = std::chrono::seconds(5));
    /// Ends the application without a last event, as a server does that is destroyed.
    void stop();

    /// What the application will see of the socket: a client that has not taken this much.
    void setBacklog(Backlog backlog);

private:
    class Recorder;

    Application m_application;
    Scope m_scope;
    std::shared_ptr<Recorder> m_recorder;
    std::unique_ptr<Instance> m_instance;
    bool m_isStopped = false;
};

} // namespace parlour::channels
