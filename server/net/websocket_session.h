// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"
#include "net/rate_limiter.h"
#include "net/session.h"

namespace parlour::server {

/// What a WebSocket conversation asks of its connection.
class WebsocketWire : public Wire
{
public:
    /// Answers the handshake with 101. Fails, and has sent nothing, where the headers or the
    /// subprotocol may not reach the wire.
    virtual channels::Expected<void> accept(const channels::WebsocketAccept &answer) = 0;
    /// Answers the handshake with an HTTP answer of this status and closes.
    virtual void refuse(const channels::WebsocketRefuse &answer) = 0;
    virtual void sendMessage(const QByteArray &payload, bool binary) = 0;
    /// Starts the closing handshake after what was sent before. The code may go on the wire, the
    /// reason is at most 123 bytes of UTF-8.
    virtual void startClose(int code, const QByteArray &reason) = 0;
    /// The same, but messages that the client has not begun to take are dropped.
    virtual void cut(int code, const QByteArray &reason) = 0;
};

/// One WebSocket, from the handshake to the end.
class WebsocketSession final : public Session
{
public:
    WebsocketSession(ServerContext &context, WebsocketWire &wire, channels::ConnectionInfo &info);

    /// Asks the application; it answers through the wire, now or later.
    void start(const channels::Scope &scope);
    /// One whole message of the client; text is valid UTF-8.
    void receiveMessage(const QByteArray &payload, bool binary);
    /// The client closed, the connection broke or broke the protocol, the server stops: the
    /// application gets its last event. Does nothing where it had it. At top level of a turn only.
    void end(int code, const QString &reason = {});
    /// Closes from outside the application (an operator, the server's stop): as if it had closed
    /// by itself; a handshake that waits is refused with 503.
    void close(int code, const QString &reason);
    /// The application did not answer the handshake in time: 503.
    void giveUpHandshake();

    void settle() override;
    bool isConnecting() const { return m_state == State::Connecting; }
    bool isOpen() const { return m_state == State::Open; }

protected:
    void handle(const channels::ServerEvent &event) override;
    const Wire &wire() const override { return m_wire; }

private:
    enum class State { Connecting, Open, Closing, Over };

    void accept(const channels::WebsocketAccept &event);
    void refuse(const channels::WebsocketRefuse &event);
    void send(const channels::WebsocketSend &event);
    void startClose(const channels::WebsocketClose &closing);

    WebsocketWire &m_wire;
    RateLimiter m_rate;
    State m_state = State::Connecting;
    int m_closeCode = channels::close_code::Abnormal; ///< for the last event, while Closing
    QString m_closeReason;
    channels::WebsocketClose m_tooSlow; ///< from the acceptance on
};

/// A close code that an application may put on the wire; others become 1011.
int sendableCloseCode(int code);
/// At most 123 bytes of UTF-8, cut at a character's border.
QByteArray closeReason(const QString &reason);

} // namespace parlour::server
