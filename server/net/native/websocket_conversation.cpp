// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/native/websocket_conversation.h"

#include "net/websocket/frame_writer.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parlour::server {

namespace close_code = channels::close_code;

WebsocketConversation::WebsocketConversation(NativeConnection &connection,
                                             const WebsocketUpgrade &upgrade,
                                             const channels::Scope &scope)
    : NativeWire(connection)
    , m_session(connection.loop().context, *this, connection.info())
    , m_handshake(std::make_unique<Handshake>(Handshake{upgrade, scope}))
{
}

WebsocketConversation::~WebsocketConversation() = default;

void WebsocketConversation::begin()
{
    m_connection.setDeadline(m_connection.loop().context.options.connectTimeout);
    const channels::Scope scope = std::exchange(m_handshake->scope, {});
    m_session.start(scope);
}

// ---- from the client ----

// The end of a conversation waits for the end of the turn: what the application said until then
// still goes out before the Close frame.
qsizetype WebsocketConversation::receive(QByteArrayView bytes)
{
    if (m_session.isConnecting())
        return 0;
    const qsizetype size = bytes.size();
    const ServerOptions &options = m_connection.loop().context.options;
    m_parser.setLimits({options.maxMessageBytes, options.maxFragments});
    while (auto event = m_parser.next(bytes))
        take(*event);
    m_liveness.heard(m_connection.loop().context.clock());
    if (m_parser.isInside() != std::exchange(m_isInside, m_parser.isInside()))
        watchSilence();
    return size;
}

void WebsocketConversation::take(const FrameParser::Event &event)
{
    if (const auto *message = std::get_if<FrameParser::Message>(&event)) {
        m_session.receiveMessage(message->payload, message->binary);
    } else if (const auto *ping = std::get_if<FrameParser::Ping>(&event)) {
        answerPing(ping->payload);
    } else if (const auto *pong = std::get_if<FrameParser::Pong>(&event)) {
        takePong(pong->payload);
    } else if (const auto *closing = std::get_if<FrameParser::Close>(&event)) {
        m_ending =
            std::make_unique<Ending>(Ending{closing->code, closing->reason, closing->code, {}});
    } else if (const auto *failure = std::get_if<FrameParser::Failure>(&event)) {
        fail(failure->code, failure->reason);
    }
}

void WebsocketConversation::fail(int code, const QString &reason)
{
    m_ending = std::make_unique<Ending>(Ending{code, reason, code, reason.toUtf8()});
}

// The deadline stays where it is while the client speaks; how long it was silent is looked at when
// it passes.
void WebsocketConversation::watchSilence()
{
    const ServerOptions &options = m_connection.loop().context.options;
    const auto now = m_connection.loop().context.clock();
    auto wait = m_liveness.wait(now, options);
    if (m_isInside) {
        const auto left = std::max<std::chrono::milliseconds>(
            options.pauseTimeout - m_liveness.silence(now), 0ms);
        wait = std::min(wait.value_or(left), left);
    }
    if (wait)
        m_connection.setDeadline(*wait);
    else
        m_connection.clearDeadline();
}

// A client that pings and does not read gets the latest pong only, which RFC 6455 section 5.5.3
// allows.
void WebsocketConversation::answerPing(const QByteArray &payload)
{
    if (!m_session.isOpen())
        return;
    const int limit = m_connection.loop().context.options.maxPendingPongs;
    if (m_connection.output().pongs() >= limit)
        m_connection.flushEarly();
    if (m_connection.output().pongs() >= limit)
        m_latePong = payload;
    else
        sendPong(payload);
}

void WebsocketConversation::sendPong(const QByteArray &payload)
{
    m_connection.send(OutputQueue::Kind::Pong, FrameHead(Opcode::Pong, payload.size()).bytes(),
                      payload);
}

void WebsocketConversation::inputEnded()
{
    m_session.end(close_code::Abnormal);
    m_connection.finish(m_connection.loop().context.options.closeTimeout);
}

void WebsocketConversation::broke()
{
    m_session.end(close_code::Abnormal);
}

void WebsocketConversation::settle()
{
    m_session.settle();
    if (!m_ending || m_session.isOver())
        return;
    const auto ending = std::move(m_ending);
    m_session.end(ending->code, ending->reason);
    startClose(ending->ownCode, ending->ownReason);
}

// A client that takes what had to wait lives, even if a ping stands behind all that.
void WebsocketConversation::written()
{
    const qint64 untaken = m_connection.output().bytes();
    if (untaken < std::exchange(m_untaken, untaken))
        m_liveness.heard(m_connection.loop().context.clock());
    const int limit = m_connection.loop().context.options.maxPendingPongs;
    if (m_latePong && m_connection.output().pongs() < limit)
        sendPong(*std::exchange(m_latePong, {}));
}

void WebsocketConversation::deadlinePassed()
{
    if (m_session.isConnecting()) {
        m_session.giveUpHandshake();
        return;
    }
    const ServerOptions &options = m_connection.loop().context.options;
    const auto now = m_connection.loop().context.clock();
    if (m_isInside && m_liveness.silence(now) >= options.pauseTimeout) {
        fail(close_code::PolicyViolation, u"too long a pause inside a message"_s);
        return;
    }
    switch (m_liveness.judge(now, options)) {
    case Liveness::Verdict::Dead:
        m_ending = std::make_unique<Ending>(
            Ending{close_code::Abnormal, {}, close_code::InternalError, "no answer to a ping"});
        return;
    case Liveness::Verdict::Ping:
        ping();
        break;
    case Liveness::Verdict::Fine:
        break;
    }
    watchSilence();
}

// ---- from the server ----

void WebsocketConversation::stop(int code, const QString &reason)
{
    m_session.close(code, reason);
}

bool WebsocketConversation::close(int code, const QString &reason)
{
    if (!m_session.isOpen())
        return false;
    m_session.close(code, reason);
    return true;
}

bool WebsocketConversation::ping()
{
    if (!m_session.isOpen())
        return false;
    m_pinged = m_connection.loop().context.clock();
    ++m_lastPing;
    m_awaitsPong = true;
    m_connection.send(OutputQueue::Kind::Other,
                      controlFrame(Opcode::Ping, QByteArray::number(m_lastPing)));
    return true;
}

void WebsocketConversation::takePong(const QByteArray &payload)
{
    if (!m_awaitsPong || payload != QByteArray::number(m_lastPing))
        return;
    m_awaitsPong = false;
    const auto elapsed = m_connection.loop().context.clock() - m_pinged;
    m_connection.info().roundTripMs =
        static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(elapsed).count());
}

// ---- from the session ----

channels::Expected<void> WebsocketConversation::accept(const channels::WebsocketAccept &answer)
{
    const auto bytes = acceptAnswer(m_handshake->upgrade, answer);
    if (!bytes)
        return bytes.error();
    m_handshake.reset();
    m_connection.send(OutputQueue::Kind::Other, *bytes);
    m_liveness.heard(m_connection.loop().context.clock());
    watchSilence();
    m_connection.continueReading();
    return {};
}

void WebsocketConversation::refuse(const channels::WebsocketRefuse &answer)
{
    m_connection.send(OutputQueue::Kind::Other, refuseAnswer(answer));
    m_connection.finish(m_connection.loop().context.options.closeTimeout);
}

void WebsocketConversation::sendMessage(const QByteArray &payload, bool binary)
{
    const FrameHead head(binary ? Opcode::Binary : Opcode::Text, payload.size());
    m_connection.send(OutputQueue::Kind::Message, head.bytes(), payload);
}

void WebsocketConversation::startClose(int code, const QByteArray &reason)
{
    m_connection.send(OutputQueue::Kind::Other, closeFrame(code, reason));
    m_connection.finish(m_connection.loop().context.options.closeTimeout);
}

void WebsocketConversation::cut(int code, const QByteArray &reason)
{
    m_connection.dropUnbegunOutput();
    startClose(code, reason);
}

} // namespace parlour::server
