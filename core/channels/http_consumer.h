// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/consumer.h"

namespace parlour::channels {

/// A consumer that answers one HTTP request. handle(body) gets the whole body (bounded by the
/// server) and answers: at once, later (from a timer or a layer's handler), or in parts, for as
/// long as the client stays (long polls, server-sent events). When the answer is complete, or the
/// client has gone, it has left its groups, and the server destroys it.
/// Counterpart: AsyncHttpConsumer.
class HttpConsumer : public Consumer
{
protected:
    using Consumer::Consumer;

    virtual void handle(const QByteArray &body) = 0;
    /// The head has come, the body has not: a whole answer here keeps nobody waiting for it, and
    /// handle(body) is not called.
    virtual void begun() { }
    /// The client left before the answer was complete; all groups have been left.
    virtual void disconnected() { }

    /// Once, before the body.
    void sendHeaders(int status, const Headers &headers = {});
    /// With `more` the answer goes on. Without headers before it the status is 200.
    void sendBody(const QByteArray &body, bool more = false);
    void sendResponse(int status, const QByteArray &body, const Headers &headers = {});
    /// The rest of the answer cannot be given: the client sees that it misses something. An answer
    /// that has not begun is a 500 instead.
    void abort();

    /// Whether the client waits for (more of) the answer; else what is sent goes nowhere.
    bool isOpen() const { return m_state == State::Asked || m_state == State::Answering; }

    void handle(const ClientEvent &event) final;
    void failed(const QString &what) override;
    /// A layer's message was dropped (and counted), since the client does not take the answer. By
    /// default a begun answer is broken off here (abort()).
    void clientTooSlow() override;

private:
    enum class State { Asked, Answering, Answered, Gone };

    QByteArray m_body;
    bool m_hasBegun = false;
    State m_state = State::Asked;
};

} // namespace parlour::channels
