// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/qt/qt_websocket.h"

#include "net/qt/qt_connection.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace parlour::server {

namespace close_code = channels::close_code;

QtWebsocket::QtWebsocket(QtLoop &loop, QtConnection &connection, BridgeSocket &socket,
                         channels::ConnectionInfo &info, const WebsocketUpgrade &upgrade,
                         const channels::Scope &scope)
    : m_loop(loop)
    , m_connection(connection)
    , m_socket(socket)
    , m_info(info)
    , m_session(loop.context, static_cast<WebsocketWire &>(*this), info)
    , m_upgrade(upgrade)
    , m_scope(scope)
{
    connect(&m_socket, &BridgeSocket::closing, this, &QtWebsocket::takeEnding);
}

QtWebsocket::~QtWebsocket()
{
    m_socket.disconnect(this); // the QWebSocket says goodbye when it goes
}

// ---- the handshake ----

void QtWebsocket::start(const QByteArray &early)
{
    m_early = early;
    m_connection.setDeadline(m_loop.context.options.connectTimeout);
    m_session.start(std::exchange(m_scope, {}));
    m_connection.touch();
}

channels::Expected<void> QtWebsocket::accept(const channels::WebsocketAccept &answer)
{
    const auto bytes = acceptAnswer(m_upgrade, answer);
    if (!bytes)
        return bytes.error();
    m_socket.send(*bytes);
    m_liveness.heard(m_loop.context.clock());
    watchSilence();
    handOver();
    m_connection.touch();
    return {};
}

void QtWebsocket::refuse(const channels::WebsocketRefuse &answer)
{
    m_socket.send(refuseAnswer(answer));
    m_socket.close();
    m_connection.touch();
}

void QtWebsocket::handOver()
{
    m_early += m_socket.readAll();
    m_socket.setReadBufferSize(0); // a QWebSocket reads whole frames only, and bounds these itself
    m_socket.setMuted(true);
    m_socket.putBack("GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                     "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                     + m_upgrade.key + "\r\n\r\n");
    m_loop.webSockets.handleConnection(&m_socket);
    // It reads the handshake in a queued call, which nothing may come between.
    QCoreApplication::sendPostedEvents(&m_loop.webSockets, QEvent::MetaCall);
    m_webSocket.reset(m_loop.webSockets.nextPendingConnection());
    m_socket.setMuted(false);
    m_socket.disconnect(&m_loop.webSockets); // which would delete the socket at its end
    if (m_webSocket)
        listen();
    else
        m_socket.vanish(); // the client has gone in the meantime
}

void QtWebsocket::listen()
{
    QWebSocket *webSocket = m_webSocket.get();
    webSocket->setParent(nullptr);
    const auto limit = static_cast<quint64>(m_loop.context.options.maxMessageBytes);
    webSocket->setMaxAllowedIncomingFrameSize(limit);
    webSocket->setMaxAllowedIncomingMessageSize(limit);
    connect(webSocket, &QWebSocket::textMessageReceived, this,
            [this](const QString &message) { takeMessage(message.toUtf8(), false); });
    connect(webSocket, &QWebSocket::binaryMessageReceived, this,
            [this](const QByteArray &message) { takeMessage(message, true); });
    connect(webSocket, &QWebSocket::textFrameReceived, this,
            [this](const QString &, bool isLast) { countFrame(isLast); });
    connect(webSocket, &QWebSocket::binaryFrameReceived, this,
            [this](const QByteArray &, bool isLast) { countFrame(isLast); });
    connect(webSocket, &QWebSocket::pong, this,
            [this](quint64 elapsed) { m_info.roundTripMs = static_cast<int>(elapsed); });
    connect(&m_socket, &QIODevice::readyRead, this, &QtWebsocket::heard);
    m_socket.guardReaders();
}

// ---- from the client ----

void QtWebsocket::takeMessage(const QByteArray &payload, bool binary)
{
    // Qt adds up characters where it has fragments, so bytes are judged again here.
    if (payload.size() > m_loop.context.options.maxMessageBytes)
        fail(close_code::TooBig, u"the message is too big"_s);
    else
        m_session.receiveMessage(payload, binary);
    m_connection.touch();
}

void QtWebsocket::countFrame(bool isLast)
{
    m_fragments = isLast ? 0 : m_fragments + 1;
    if (m_fragments >= m_loop.context.options.maxFragments)
        fail(close_code::PolicyViolation, u"too many fragments"_s);
}

void QtWebsocket::heard()
{
    m_liveness.heard(m_loop.context.clock());
    judgePongs();
}

void QtWebsocket::watchSilence()
{
    if (const auto wait = m_liveness.wait(m_loop.context.clock(), m_loop.context.options))
        m_connection.setDeadline(*wait);
    else
        m_connection.clearDeadline();
}

void QtWebsocket::deadlinePassed()
{
    if (m_session.isConnecting()) {
        m_session.giveUpHandshake();
        return;
    }
    const auto verdict = m_liveness.judge(m_loop.context.clock(), m_loop.context.options);
    if (verdict == Liveness::Verdict::Dead) {
        m_ending = Ending{};
        startClose(close_code::InternalError, "no answer to a ping");
        return;
    }
    if (verdict == Liveness::Verdict::Ping)
        ping();
    watchSilence();
}

// QWebSocket answers every ping by itself and bounds nothing.
void QtWebsocket::judgePongs()
{
    m_connection.touch();
    constexpr qint64 PongBytes = 127;
    const ServerOptions &options = m_loop.context.options;
    if (m_socket.unsentBytes() > options.maxUnreadOutput + options.maxPendingPongs * PongBytes)
        m_socket.vanish();
}

void QtWebsocket::fail(int code, const QString &reason)
{
    if (m_ending || !m_session.isOpen())
        return;
    m_ending = Ending{code, reason};
    startClose(code, closeReason(reason));
}

// The QWebSocket answered the client's Close, or found a fault in its frames.
void QtWebsocket::takeEnding()
{
    if (!m_ending && m_webSocket)
        m_ending = Ending{m_webSocket->closeCode(), m_webSocket->closeReason()};
    m_connection.touch();
}

void QtWebsocket::settle()
{
    // A client that takes what had to wait lives, even if a ping stands behind all that.
    const qint64 untaken = m_socket.backlog().bytes;
    if (untaken < std::exchange(m_untaken, untaken))
        m_liveness.heard(m_loop.context.clock());
    m_session.settle();
    if (m_ending && !m_session.isOver())
        m_session.end(m_ending->code, m_ending->reason);
    if (m_early.isEmpty() || !m_webSocket || m_socket.isClosing())
        return;
    m_socket.putBack(std::exchange(m_early, {}));
    Q_EMIT m_socket.readyRead();
}

void QtWebsocket::broke()
{
    const Ending ending = m_ending.value_or(Ending{});
    m_session.end(ending.code, ending.reason);
}

void QtWebsocket::ping()
{
    if (m_webSocket)
        m_webSocket->ping();
    m_connection.touch();
}

// ---- from the session ----

void QtWebsocket::sendMessage(const QByteArray &payload, bool binary)
{
    if (!m_webSocket)
        return;
    if (binary)
        m_webSocket->sendBinaryMessage(payload);
    else
        m_webSocket->sendTextMessage(QString::fromUtf8(payload));
    m_socket.markMessage();
    m_connection.touch();
}

void QtWebsocket::startClose(int code, const QByteArray &reason)
{
    if (m_webSocket)
        m_webSocket->close(static_cast<QWebSocketProtocol::CloseCode>(code),
                           QString::fromUtf8(reason));
    m_connection.touch();
}

// What a QTcpSocket holds cannot be dropped: the Close frame comes behind it, if the client takes
// it in time.
void QtWebsocket::cut(int code, const QByteArray &reason)
{
    startClose(code, reason);
}

} // namespace parlour::server
