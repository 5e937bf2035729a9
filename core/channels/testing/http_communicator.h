// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/application.h"

#include <chrono>
#include <memory>

namespace parlour::channels {

/// Asks an application as an HTTP client would, with no server and no socket. For tests.
/// Counterpart: channels.testing.HttpCommunicator.
class HttpCommunicator
{
public:
    HttpCommunicator(Application application, const QByteArray &method, const QString &path,
                     const QByteArray &body = {}, const Headers &headers = {});

    struct Response {
        int status = 0; ///< 0: no complete answer in time
        Headers headers;
        QByteArray body;
        bool aborted = false; ///< broken off: the body misses something
    };
    Response response(std::chrono::milliseconds timeout = std::chrono::seconds(5));

    /// What the head alone brings, while the body is still to come.
    Response responseToHead(std::chrono::milliseconds timeout = std::chrono::seconds(5));

    Scope scope; ///< may be changed before it is asked

private:
    Response ask(const HttpRequest &first, std::chrono::milliseconds timeout);

    Application m_application;
    QByteArray m_body;
};

} // namespace parlour::channels
