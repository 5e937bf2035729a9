// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/testing/application_communicator.h"

#include <QJsonValue>

#include <chrono>
#include <memory>
#include <optional>

namespace parlour::channels {

/// Talks to an application as a WebSocket client would, with no server and no socket. Runs the
/// event loop while it waits. What is said or awaited before connect() is logged as a mistake of
/// the test, and goes nowhere. For tests. Counterpart: channels.testing.WebsocketCommunicator.
class WebsocketCommunicator
{
public:
    WebsocketCommunicator(Application application, const QString &path, const Headers &headers = {},
                          const QStringList &subprotocols = {});
    ~WebsocketCommunicator();
    WebsocketCommunicator(const WebsocketCommunicator &) = delete;
    WebsocketCommunicator &operator=(const WebsocketCommunicator &) = delete;

    struct Answer {
        bool accepted = false;
        QString subprotocol; ///< where accepted
        int status = 0; ///< where refused; 0: no answer in time
        QByteArray body;
        Headers headers;
    };
    Answer connect(std::chrono::milliseconds timeout = std::chrono::seconds(5));
    /// The answer to a handshake that connect() did not wait long enough for.
    Answer answer(std::chrono::milliseconds timeout = std::chrono::seconds(5));

    void sendText(const QByteArray &utf8);
    void sendBinary(const QByteArray &bytes);
    void sendJson(const QJsonValue &json);
    /// As the server does when the client is over its rate.
    void sendOverRate(const QByteArray &utf8, std::chrono::milliseconds retryAfter);
    /// The client ends the connection.
    void disconnect(int code = close_code::Normal);

    /// The text that comes next; nothing where none comes in time, or where something else does: a
    /// binary message, a close. That is taken, too.
    std::optional<QByteArray>
    receiveText(std::chrono::milliseconds timeout = std::chrono::seconds(5));
    /// Likewise the binary message that comes next.
    std::optional<QByteArray>
    receiveBinary(std::chrono::milliseconds timeout = std::chrono::seconds(5));
    /// The text that comes next as JSON; nothing where none comes in time, or where it is none.
    std::optional<QJsonValue>
    receiveJson(std::chrono::milliseconds timeout = std::chrono::seconds(5));
    /// True if nothing is waiting once all that is posted has been done.
    bool receivesNothing();
    /// The application's close, or nothing where none comes in time.
    std::optional<WebsocketClose>
    receiveClose(std::chrono::milliseconds timeout = std::chrono::seconds(5));

    /// What the application will see of the socket from now on (after connect()): a client that has
    /// not taken this much.
    void setBacklog(Backlog backlog);

    Scope scope; ///< may be changed before connect()

private:
    void sendInput(const char *caller, const ClientEvent &event);
    std::optional<ServerEvent> receiveOutput(const char *caller, std::chrono::milliseconds timeout);
    std::optional<QByteArray> receiveMessage(const char *caller, bool binary,
                                             std::chrono::milliseconds timeout);

    Application m_application;
    std::unique_ptr<ApplicationCommunicator> m_conversation; ///< from connect() on
};

} // namespace parlour::channels
