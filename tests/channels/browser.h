// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/testing/http_communicator.h"
#include "channels/testing/websocket_communicator.h"

#include <memory>

namespace parlour::tests {

/// Keeps the cookie that answers set, as a browser does.
class Browser
{
public:
    channels::HttpCommunicator::Response get(const channels::Application &application,
                                             const QString &path)
    {
        channels::HttpCommunicator page(application, "GET", path, {}, headers());
        auto response = page.response();
        keep(response.headers);
        return response;
    }

    /// Not connected yet.
    std::unique_ptr<channels::WebsocketCommunicator>
    socket(const channels::Application &application, const QString &path = QStringLiteral("/"))
    {
        return std::make_unique<channels::WebsocketCommunicator>(application, path, headers());
    }

    void keep(const channels::Headers &headers)
    {
        const QByteArray set = channels::headerValue(headers, "set-cookie");
        if (set.isEmpty())
            return;
        const QByteArray pair = set.left(set.indexOf(';'));
        cookie = set.contains("Max-Age=0") ? QByteArray() : pair;
    }

    channels::Headers headers() const
    {
        return cookie.isEmpty() ? channels::Headers() : channels::Headers{{"cookie", cookie}};
    }

    QByteArray cookie; ///< "name=value"
};

} // namespace parlour::tests
