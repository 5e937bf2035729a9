// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"
#include "net/session.h"

namespace parlour::server {

/// What an HTTP conversation asks of its connection.
class HttpWire : public Wire
{
public:
    /// The head of the answer; the wire adds framing and connection headers. Fails, and has sent
    /// nothing, where the headers may not reach the wire.
    virtual channels::Expected<void> sendHead(const channels::HttpResponseStart &head) = 0;
    virtual void sendBody(const channels::HttpResponseBody &part) = 0;
    /// The answer goes no further, since the client left too much of it unread or the application
    /// broke it off: the connection ends, so that this cannot be taken for the answer's own end.
    virtual void cut() = 0;
};

/// One HTTP request and its answer.
class HttpSession final : public Session
{
public:
    HttpSession(ServerContext &context, HttpWire &wire, channels::ConnectionInfo &info);

    void start(const channels::Scope &scope);
    /// A part of the request's body; the last one, perhaps empty, has `more` false.
    void receiveBody(const QByteArray &body, bool more);
    /// The connection ended before the answer was complete: the application's last event. At top
    /// level of a turn only.
    void end();

    void settle() override;
    bool isAnswered() const { return m_state >= State::Answered; }

protected:
    void handle(const channels::ServerEvent &event) override;
    const Wire &wire() const override { return m_wire; }

private:
    enum class State { Asked, Answering, Answered, Cut, Over };

    void sendHead(const channels::HttpResponseStart &event);
    void sendBody(const channels::HttpResponseBody &event);
    void abort();

    HttpWire &m_wire;
    State m_state = State::Asked;
};

} // namespace parlour::server
