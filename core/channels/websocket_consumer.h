// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/consumer.h"

#include <QStringList>

namespace parlour::channels {

/// A consumer that speaks over a WebSocket. connected() decides, before the handshake is answered,
/// whether to accept() or refuse(), now or later. Counterpart: AsyncWebsocketConsumer.
class WebsocketConsumer : public Consumer
{
protected:
    using Consumer::Consumer;

    /// Groups to be in from before connected() on. A bad name refuses the connection.
    virtual QStringList groups() const { return {}; }

    /// The handshake waits for accept() or refuse(). By default: accept().
    virtual void connected();
    virtual void receiveText(const QByteArray &text);
    /// By default a binary message closes the connection with 1003.
    virtual void receiveBinary(const QByteArray &bytes);
    /// The client sends faster than the server allows; the message is not acted on. By default the
    /// connection is closed with 1008.
    virtual void receiveOverRate(std::chrono::milliseconds retryAfter);
    /// With what a client is closed that takes too little: a layer's message found no room, or more
    /// bytes wait than the server allows. By default 1008.
    virtual WebsocketClose tooSlowClose() const { return WebsocketAccept().tooSlow; }
    /// Runs once, whatever ended the connection; all groups have been left.
    virtual void disconnected(int code);

    void accept(const QString &subprotocol = {}, const Headers &headers = {});
    void refuse(int status, const QByteArray &body = {}, const Headers &headers = {});
    void sendText(const QByteArray &utf8);
    void sendBinary(const QByteArray &bytes);
    /// Before accept() this is a refusal with 403. All groups are left at once.
    void close(int code = close_code::Normal, const QString &reason = {});

    bool isOpen() const { return m_state == State::Open; }

    void handle(const ClientEvent &event) override;
    void failed(const QString &what) override;
    void clientTooSlow() override;

private:
    enum class State { Connecting, Open, Closing, Closed };

    void open();
    void receiveMessageOf(const WebsocketReceive &event);
    void end(int code);
    void startClose(const WebsocketClose &closing);

    State m_state = State::Connecting;
};

} // namespace parlour::channels
