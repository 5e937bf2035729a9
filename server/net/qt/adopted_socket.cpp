// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/qt/adopted_socket.h"

#include "net/socket_address.h"

#include <QDateTime>
#include <QNetworkRequest>

using namespace Qt::StringLiterals;

namespace parlour::server {

namespace close_code = channels::close_code;

namespace {

constexpr qint64 EarlyFlush = 65536; ///< bytes that a turn may add before its end

channels::Endpoint endpointOf(const QHostAddress &address, quint16 port)
{
    const auto parsed = SocketAddress::parse(address.toString(), port);
    return parsed ? parsed->endpoint() : channels::Endpoint{address.toString(), port};
}

RequestHead headOf(const QNetworkRequest &request)
{
    RequestHead head;
    head.method = "GET";
    head.isUpgrade = true;
    head.rawPath = request.url().path(QUrl::FullyEncoded).toLatin1();
    if (head.rawPath.isEmpty())
        head.rawPath = "/";
    head.query = request.url().query(QUrl::FullyEncoded).toLatin1();
    for (const QByteArray &name : request.rawHeaderList())
        head.headers.append(channels::Header{name.toLower(), request.rawHeader(name)});
    return head;
}

} // namespace

AdoptedSocket::AdoptedSocket(ServerContext &context, Admission &admission, Deadlines &deadlines,
                             std::unique_ptr<QWebSocket> webSocket, bool isSecure,
                             std::function<void()> touched)
    : m_context(context)
    , m_admission(admission)
    , m_deadlines(deadlines)
    , m_webSocket(std::move(webSocket))
    , m_touched(std::move(touched))
    , m_session(context, static_cast<WebsocketWire &>(*this), m_info)
{
    m_ends.client = endpointOf(m_webSocket->peerAddress(), m_webSocket->peerPort());
    m_ends.server = endpointOf(m_webSocket->localAddress(), m_webSocket->localPort());
    m_ends.secure = isSecure; // the scheme of the request is the client's word
    m_ends.connection = ++context.lastConnection;
    m_info.id = m_ends.connection;
    m_info.transport = u"websocket"_s;
    m_info.since = QDateTime::currentMSecsSinceEpoch();
    listen();
}

void AdoptedSocket::listen()
{
    const auto limit = static_cast<quint64>(m_context.options.maxMessageBytes);
    m_webSocket->setMaxAllowedIncomingFrameSize(limit);
    m_webSocket->setMaxAllowedIncomingMessageSize(limit);
    QWebSocket *socket = m_webSocket.get();
    connect(socket, &QWebSocket::textMessageReceived, this,
            [this](const QString &message) { takeMessage(message.toUtf8(), false); });
    connect(socket, &QWebSocket::binaryMessageReceived, this,
            [this](const QByteArray &message) { takeMessage(message, true); });
    connect(socket, &QWebSocket::textFrameReceived, this,
            [this](const QString &, bool isLast) { countFrame(isLast); });
    connect(socket, &QWebSocket::binaryFrameReceived, this,
            [this](const QByteArray &, bool isLast) { countFrame(isLast); });
    connect(socket, &QWebSocket::pong, this, [this](quint64 elapsed) {
        m_info.roundTripMs = static_cast<int>(elapsed);
        heard();
    });
    // Of a client that takes what had to wait nothing else may be heard.
    connect(socket, &QWebSocket::bytesWritten, this, [this] {
        if (m_backlog.bytes > 0)
            heard();
        m_touched();
    });
    connect(socket, &QWebSocket::disconnected, this, [this] { m_touched(); });
    // It answered the client's Close, or found a fault in its frames, or does what we asked for.
    connect(socket, &QWebSocket::aboutToClose, this, [this, socket] {
        if (!m_ending)
            m_ending = Ending{socket->closeCode(), socket->closeReason()};
        m_touched();
    });
}

AdoptedSocket::~AdoptedSocket()
{
    m_deadlines.clear(*this);
    m_webSocket->disconnect(this); // it says goodbye when it goes
    m_session.end(close_code::GoingAway);
}

OrRefusal<channels::Scope> AdoptedSocket::scope()
{
    const RequestHead head = headOf(m_webSocket->request());
    const auto upgrade = checkUpgrade(head);
    if (!upgrade)
        return upgrade.error();
    m_info.userAgent = QString::fromUtf8(head.header("user-agent").left(200));
    m_info.client = inWords(m_ends.client);
    m_info.secure = m_ends.secure;
    return websocketScope(head, *upgrade, m_ends);
}

void AdoptedSocket::start()
{
    const auto known = scope();
    if (!known) {
        turnAway(known.error().message);
        return;
    }
    m_info.path = known->path;
    m_deadlines.set(*this, m_context.options.connectTimeout);
    m_session.start(*known);
    m_touched();
}

void AdoptedSocket::turnAway(const QByteArray &reason)
{
    ++m_context.totals.handshakesRefused;
    startClose(close_code::PolicyViolation, closeReason(QString::fromUtf8(reason.trimmed())));
}

// ---- from the client ----

// The client takes itself for connected, so it may speak before the application has decided.
void AdoptedSocket::takeMessage(const QByteArray &payload, bool binary)
{
    const ServerOptions &options = m_context.options;
    m_touched();
    if (payload.size() > options.maxMessageBytes) {
        fail(close_code::TooBig, u"the message is too big"_s);
    } else if (!m_session.isConnecting() && m_early.empty()) {
        m_session.receiveMessage(payload, binary);
    } else {
        m_earlyBytes += payload.size();
        m_early.push_back({payload, binary});
        if (m_earlyBytes > options.maxUnreadOutput
            || m_early.size() > static_cast<size_t>(options.messageBurst))
            fail(close_code::PolicyViolation, u"too many messages before the host answered"_s);
    }
}

void AdoptedSocket::countFrame(bool isLast)
{
    heard();
    m_fragments = isLast ? 0 : m_fragments + 1;
    if (m_fragments >= m_context.options.maxFragments)
        fail(close_code::PolicyViolation, u"too many fragments"_s);
}

void AdoptedSocket::fail(int code, const QString &reason)
{
    if (m_ending)
        return;
    m_ending = Ending{code, reason};
    startClose(code, closeReason(reason));
}

void AdoptedSocket::deadlinePassed()
{
    m_touched();
    if (m_ending)
        m_webSocket->abort();
    else if (m_session.isConnecting())
        m_session.giveUpHandshake();
    else
        judgeSilence();
}

void AdoptedSocket::watchSilence()
{
    if (const auto wait = m_liveness.wait(m_context.clock(), m_context.options))
        m_deadlines.set(*this, *wait);
    else
        m_deadlines.clear(*this);
}

void AdoptedSocket::judgeSilence()
{
    const auto verdict = m_liveness.judge(m_context.clock(), m_context.options);
    if (verdict == Liveness::Verdict::Dead) {
        m_ending = Ending{};
        startClose(close_code::InternalError, "no answer to a ping");
        return;
    }
    if (verdict == Liveness::Verdict::Ping)
        m_webSocket->ping();
    watchSilence();
}

// ---- turns ----

void AdoptedSocket::endTurn()
{
    if (m_session.isOpen()) {
        for (const Early &early : std::exchange(m_early, {}))
            m_session.receiveMessage(early.payload, early.binary);
    }
    m_session.settle();
    if (m_webSocket->state() == QAbstractSocket::UnconnectedState) {
        m_isGone = true;
        if (!m_ending)
            m_ending = Ending{};
    }
    if (m_ending)
        m_session.end(m_ending->code, m_ending->reason);
    if (!m_isGone)
        flush();
}

void AdoptedSocket::flush()
{
    m_webSocket->flush();
    const qint64 bytes = m_webSocket->bytesToWrite();
    if (bytes == 0)
        m_unsent = 0;
    m_backlog = {m_unsent, bytes};
}

channels::ConnectionInfo AdoptedSocket::snapshot() const
{
    channels::ConnectionInfo info = m_info;
    info.queuedMessages = m_backlog.messages;
    info.queuedBytes = m_backlog.bytes;
    return info;
}

// ---- from the session ----

channels::Expected<void> AdoptedSocket::accept(const channels::WebsocketAccept &answer)
{
    const QString chosen = m_webSocket->subprotocol();
    if (!answer.subprotocol.isEmpty() && answer.subprotocol != chosen)
        return channels::Error{u"bad_subprotocol"_s,
                               u"The subprotocol is \"%1\" already, not \"%2\"; name what is "
                               "accepted in QWebSocketServer::setSupportedSubprotocols()."_s.arg(
                                   chosen, answer.subprotocol)};
    heard();
    watchSilence();
    m_touched();
    return {};
}

void AdoptedSocket::refuse(const channels::WebsocketRefuse &answer)
{
    startClose(close_code::PolicyViolation, closeReason(QString::fromUtf8(answer.body.trimmed())));
}

void AdoptedSocket::sendMessage(const QByteArray &payload, bool binary)
{
    if (binary)
        m_webSocket->sendBinaryMessage(payload);
    else
        m_webSocket->sendTextMessage(QString::fromUtf8(payload));
    ++m_unsent;
    if (m_webSocket->bytesToWrite() - m_backlog.bytes >= EarlyFlush)
        flush();
    m_touched();
}

void AdoptedSocket::startClose(int code, const QByteArray &reason)
{
    m_deadlines.set(*this, m_context.options.closeTimeout);
    if (!m_ending)
        m_ending = Ending{code, QString::fromUtf8(reason)};
    m_webSocket->close(static_cast<QWebSocketProtocol::CloseCode>(code), QString::fromUtf8(reason));
    m_touched();
}

} // namespace parlour::server
