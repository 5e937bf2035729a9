// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/consumer.h"

namespace parlour::channels {

/// A consumer that answers one HTTP request. handle(body) gets the whole body (bounded by the
/// server) and answers, at once or in parts. Counterpart: AsyncHttpConsumer.
class HttpConsumer : public Consumer
{
protected:
    using Consumer::Consumer;

    virtual void handle(const QByteArray &body) = 0;
    /// The head has come, the body has not: a whole answer here keeps nobody waiting for it, and
    /// handle(body) is not called.
    virtual void begun() { }
    /// The client left before the answer was complete.
    virtual void disconnected() { }

    void sendHeaders(int status, const Headers &headers = {});
    void sendBody(const QByteArray &body, bool more = false);
    void sendResponse(int status, const QByteArray &body, const Headers &headers = {});

    void handle(const ClientEvent &event) final;
    void failed(const QString &what) override;

private:
    QByteArray m_body;
    bool m_hasBegun = false;
    bool m_headersSent = false;
    bool m_isComplete = false;
};

} // namespace parlour::channels
