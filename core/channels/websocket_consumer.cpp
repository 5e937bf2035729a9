// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/websocket_consumer.h"

#include "channels/logging.h"

using namespace Qt::StringLiterals;

namespace parlour::channels {

void WebsocketConsumer::handle(const ClientEvent &event)
{
    if (std::holds_alternative<WebsocketConnect>(event))
        open();
    else if (const auto *message = std::get_if<WebsocketReceive>(&event))
        receiveMessageOf(*message);
    else if (const auto *end = std::get_if<WebsocketDisconnect>(&event))
        this->end(end->code);
}

void WebsocketConsumer::open()
{
    const QStringList names = groups();
    for (const QString &group : names) {
        if (auto joined = groupAdd(group); !joined) {
            qCWarning(lcConsumer).noquote() << joined.error().message;
            refuse(500);
            return;
        }
    }
    connected();
}

void WebsocketConsumer::receiveMessageOf(const WebsocketReceive &event)
{
    if (m_state != State::Open)
        return;
    if (event.retryAfter.count() > 0)
        receiveOverRate(event.retryAfter);
    else if (event.binary)
        receiveBinary(event.payload);
    else
        receiveText(event.payload);
}

void WebsocketConsumer::end(int code)
{
    if (m_state == State::Closed)
        return;
    m_state = State::Closed;
    stopListening();
    disconnected(code);
}

void WebsocketConsumer::connected()
{
    accept();
}

void WebsocketConsumer::receiveText(const QByteArray &) { }

void WebsocketConsumer::receiveBinary(const QByteArray &)
{
    close(close_code::Unsupported, u"only text is spoken here"_s);
}

void WebsocketConsumer::receiveOverRate(std::chrono::milliseconds)
{
    close(close_code::PolicyViolation, u"too many messages"_s);
}

void WebsocketConsumer::disconnected(int) { }

void WebsocketConsumer::accept(const QString &subprotocol, const Headers &headers)
{
    if (m_state != State::Connecting)
        return;
    m_state = State::Open;
    send()(WebsocketAccept{subprotocol, headers, tooSlowClose()});
}

void WebsocketConsumer::refuse(int status, const QByteArray &body, const Headers &headers)
{
    if (m_state != State::Connecting)
        return;
    m_state = State::Closing;
    stopListening();
    send()(WebsocketRefuse{status, body, headers});
}

void WebsocketConsumer::sendText(const QByteArray &utf8)
{
    if (m_state == State::Open)
        send()(WebsocketSend{utf8, false});
}

void WebsocketConsumer::sendBinary(const QByteArray &bytes)
{
    if (m_state == State::Open)
        send()(WebsocketSend{bytes, true});
}

void WebsocketConsumer::close(int code, const QString &reason)
{
    if (m_state == State::Connecting) {
        refuse(403);
        return;
    }
    startClose({code, reason});
}

void WebsocketConsumer::startClose(const WebsocketClose &closing)
{
    if (m_state != State::Open)
        return;
    m_state = State::Closing;
    stopListening();
    send()(closing);
}

void WebsocketConsumer::failed(const QString &)
{
    if (m_state == State::Connecting)
        refuse(500);
    else
        close(close_code::InternalError, u"the host made a mistake"_s);
}

void WebsocketConsumer::clientTooSlow()
{
    startClose(tooSlowClose());
}

} // namespace parlour::channels
