// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/websocket_session.h"

#include "net/logging.h"

using namespace Qt::StringLiterals;

namespace parlour::server {

namespace close_code = channels::close_code;

int sendableCloseCode(int code)
{
    const bool registered = (code >= close_code::Normal && code <= close_code::Unsupported)
        || (code >= close_code::InvalidData && code <= 1014);
    const bool isOwn = code >= 3000 && code <= 4999;
    return registered || isOwn ? code : close_code::InternalError;
}

QByteArray closeReason(const QString &reason)
{
    constexpr qsizetype MaxBytes = 123; // 125 of a control frame without the code
    QByteArray bytes = reason.toUtf8();
    if (bytes.size() <= MaxBytes)
        return bytes;
    qsizetype end = MaxBytes;
    while (end > 0 && (static_cast<uchar>(bytes.at(end)) & 0xC0) == 0x80)
        --end;
    bytes.truncate(end);
    return bytes;
}

WebsocketSession::WebsocketSession(ServerContext &context, WebsocketWire &wire,
                                   channels::ConnectionInfo &info)
    : Session(context, info)
    , m_wire(wire)
    , m_rate(context.options.messagesPerSecond, context.options.messageBurst, context.clock())
{
}

void WebsocketSession::start(const channels::Scope &scope)
{
    open(scope);
    give(channels::WebsocketConnect{});
}

void WebsocketSession::receiveMessage(const QByteArray &payload, bool binary)
{
    if (m_state != State::Open)
        return;
    countIn(payload.size(), 1);
    m_rate.setLimit(m_context.options.messagesPerSecond, m_context.options.messageBurst);
    give(channels::WebsocketReceive{payload, binary, m_rate.take(m_context.clock())});
}

void WebsocketSession::end(int code, const QString &reason)
{
    if (m_state == State::Over)
        return;
    const bool closedByUs = m_state == State::Closing;
    m_state = State::Over;
    if (closedByUs)
        give(channels::WebsocketDisconnect{m_closeCode, m_closeReason});
    else
        give(channels::WebsocketDisconnect{code, reason});
    finish();
}

void WebsocketSession::close(int code, const QString &reason)
{
    if (m_state == State::Connecting)
        refuse({503, reason.isEmpty() ? QByteArray() : reason.toUtf8() + '\n', {}});
    else if (m_state == State::Open)
        startClose({code, reason});
}

void WebsocketSession::giveUpHandshake()
{
    if (m_state == State::Connecting)
        refuse({503, "The host did not answer in time. Try again later.\n", {}});
}

void WebsocketSession::settle()
{
    if (m_state == State::Closing)
        end(m_closeCode);
}

void WebsocketSession::handle(const channels::ServerEvent &event)
{
    if (const auto *message = std::get_if<channels::WebsocketSend>(&event))
        send(*message);
    else if (const auto *answer = std::get_if<channels::WebsocketAccept>(&event))
        accept(*answer);
    else if (const auto *refusal = std::get_if<channels::WebsocketRefuse>(&event))
        refuse(*refusal);
    else if (const auto *closing = std::get_if<channels::WebsocketClose>(&event))
        m_state == State::Connecting ? refuse({}) : startClose(*closing);
    else
        qCWarning(lcServer) << "an application answered a WebSocket with an HTTP event; ignored";
}

void WebsocketSession::accept(const channels::WebsocketAccept &event)
{
    if (m_state != State::Connecting)
        return;
    if (const auto accepted = m_wire.accept(event); !accepted) {
        qCWarning(lcServer).noquote()
            << "a handshake could not be answered:" << accepted.error().message;
        refuse({500, {}, {}});
        return;
    }
    m_state = State::Open;
    m_info.subprotocol = event.subprotocol;
    m_tooSlow = event.tooSlow;
}

void WebsocketSession::refuse(const channels::WebsocketRefuse &event)
{
    if (m_state != State::Connecting)
        return;
    m_state = State::Closing;
    ++m_context.totals.handshakesRefused;
    m_wire.refuse(event);
}

void WebsocketSession::send(const channels::WebsocketSend &event)
{
    if (m_state != State::Open)
        return;
    if (isTooMuch(event.payload.size())) {
        startClose(m_tooSlow);
        return;
    }
    countOut(event.payload.size(), 1);
    m_wire.sendMessage(event.payload, event.binary);
}

void WebsocketSession::startClose(const channels::WebsocketClose &closing)
{
    if (m_state != State::Open)
        return;
    m_state = State::Closing;
    m_closeCode = sendableCloseCode(closing.code);
    m_closeReason = closing.reason;
    const QByteArray reason = closeReason(m_closeReason);
    closing.overtakes ? m_wire.cut(m_closeCode, reason) : m_wire.startClose(m_closeCode, reason);
}

} // namespace parlour::server
