// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/testing/application_communicator.h"

#include <chrono>
#include <memory>
#include <optional>

namespace parlour::channels {

/// Asks an application as an HTTP client would, with no server and no socket. For tests.
/// Counterpart: channels.testing.HttpCommunicator.
class HttpCommunicator
{
public:
    HttpCommunicator(Application application, const QByteArray &method, const QString &path,
                     const QByteArray &body = {}, const Headers &headers = {});
    ~HttpCommunicator();
    HttpCommunicator(const HttpCommunicator &) = delete;
    HttpCommunicator &operator=(const HttpCommunicator &) = delete;

    struct Response {
        int status = 0; ///< 0: no complete answer in time
        Headers headers;
        QByteArray body;
        bool aborted = false; ///< broken off: the body misses something
    };
    Response response(std::chrono::milliseconds timeout = std::chrono::seconds(5));

    /// What the head alone brings, while the body is still to come.
    Response responseToHead(std::chrono::milliseconds timeout = std::chrono::seconds(5));

    /// Asks, and waits for the head of the answer alone; what follows comes by receivePart(). For
    /// answers that go on for as long as the client stays, such as streams of events.
    Response begin(std::chrono::milliseconds timeout = std::chrono::seconds(5));
    /// After begin(): the next part of the body, the last one with `more` false; nothing where none
    /// comes in time.
    std::optional<HttpResponseBody>
    receivePart(std::chrono::milliseconds timeout = std::chrono::seconds(5));
    /// After begin(): the client leaves, as it does when this is destroyed.
    void disconnect();

    Scope scope; ///< may be changed before it is asked

private:
    Response ask(const HttpRequest &first, std::chrono::milliseconds timeout);

    Application m_application;
    QByteArray m_body;
    std::unique_ptr<ApplicationCommunicator> m_stream; ///< from begin() until the client leaves
};

} // namespace parlour::channels
