// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/qt/qt_connection.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace parlour::server {

namespace {
constexpr auto slowHeadAfter = 1s; // a head unfinished for so long counts for its address
constexpr qint64 readAtOnce = 65536; // bytes, while it is HTTP

QString inWords(const channels::Endpoint &end)
{
    const bool isV6 = end.address.contains(u':');
    return (isV6 ? u"[%1]:%2"_s : u"%1:%2"_s).arg(end.address).arg(end.port);
}
} // namespace

QtConnection::QtConnection(QtLoop &loop, std::unique_ptr<BridgeSocket> socket,
                           const ConnectionEnds &ends)
    : m_loop(loop)
    , m_ends(ends)
    , m_socket(std::move(socket))
    , m_front(loop.context, m_info, *this, ends)
{
    m_info.id = ends.connection;
    m_info.transport = u"http"_s;
    m_info.secure = ends.secure;
    m_info.client = inWords(ends.client);
    m_info.since = QDateTime::currentMSecsSinceEpoch();
    m_socket->setReadBufferSize(readAtOnce);
    const auto touch = [this] { m_loop.touched(*this); };
    connect(m_socket.get(), &QIODevice::readyRead, this, &QtConnection::read);
    connect(m_socket.get(), &QIODevice::bytesWritten, this, touch);
    connect(m_socket.get(), &BridgeSocket::closing, this, touch);
    connect(m_socket.get(), &QAbstractSocket::disconnected, this, touch);
    if (m_ends.secure) {
        m_opening.emplace(*m_socket, m_loop.context.options);
        connect(m_socket.get(), &QSslSocket::encryptedBytesWritten, this, touch);
        connect(m_socket.get(), &QSslSocket::encrypted, this, &QtConnection::read);
    }
    updateDeadline();
}

QtConnection::~QtConnection()
{
    m_loop.deadlines.clear(*this);
    m_socket->disconnect(this);
}

void QtConnection::read()
{
    using Phase = HttpFront::Phase;
    m_loop.touched(*this);
    if (m_opening && !m_opening->isDone()) {
        m_opening->read();
        return;
    }
    m_opening.reset();
    // While an answer is under way, what follows waits in the socket, which is bounded.
    if (m_websocket || m_front.phase() == Phase::Answering)
        return;
    if (m_waiting == Waiting::Idle)
        m_waiting = Waiting::Nothing; // the next pause is counted anew
    m_input += m_socket->readAll();
    const auto taken = m_front.receive(m_input);
    m_input.remove(0, taken);
    if (m_front.phase() > Phase::Head)
        m_loop.admission.headIsDone(m_ends.client.address, m_ends.connection);
    if (m_front.phase() == Phase::Upgrade)
        becomeWebsocket();
}

void QtConnection::becomeWebsocket()
{
    // What follows waits in the socket until the application has decided.
    disconnect(m_socket.get(), &QIODevice::readyRead, this, &QtConnection::read);
    wait(Waiting::Client, m_loop.context.options.connectTimeout);
    m_websocket = std::make_unique<QtWebsocket>(m_loop, *this, *m_socket, m_info);
    m_websocket->start(m_front.upgrade(), m_front.upgradeScope(), std::exchange(m_input, {}));
}

void QtConnection::endTurn()
{
    if (m_websocket) {
        m_websocket->settle();
    } else {
        m_front.settle();
        const bool isMore = !m_input.isEmpty() || m_socket->bytesAvailable() > 0;
        if (isMore && m_front.phase() == HttpFront::Phase::Idle)
            read();
    }
    m_socket->flushTurn();
    if (m_socket->state() != QAbstractSocket::ConnectedState) {
        m_isGone = true;
        m_websocket ? m_websocket->broke() : m_front.end();
        return;
    }
    updateDeadline();
}

// ---- from the front ----

void QtConnection::write(const QByteArray &bytes)
{
    m_socket->send(bytes);
    m_loop.touched(*this);
}

void QtConnection::endAfterWriting()
{
    m_socket->close();
}

// ---- deadlines ----

void QtConnection::wait(Waiting what, std::chrono::milliseconds patience)
{
    if (m_waiting == what && what != Waiting::Body)
        return;
    m_waiting = what;
    m_loop.deadlines.set(*this, patience);
}

void QtConnection::updateDeadline()
{
    using Phase = HttpFront::Phase;
    const ServerOptions &options = m_loop.context.options;
    const bool isHead = m_front.phase() == Phase::Head || m_info.path.isEmpty();
    if (m_socket->isClosing()) {
        wait(Waiting::Closing,
             m_socket->unsentBytes() > 0 && !m_websocket ? options.pauseTimeout
                                                         : options.closeTimeout);
    } else if (m_opening) {
        wait(Waiting::Opening, options.tlsHandshakeTimeout);
    } else if (m_websocket && m_websocket->isConnecting()) {
        return; // since becomeWebsocket()
    } else if (!m_websocket && m_front.phase() == Phase::Body) {
        wait(Waiting::Body, options.pauseTimeout);
    } else if (!m_websocket && isHead && m_front.phase() <= Phase::Head) {
        if (m_waiting != Waiting::SlowHead)
            wait(Waiting::Head,
                 std::min<std::chrono::milliseconds>(slowHeadAfter, options.headTimeout));
    } else if (!m_websocket && m_front.phase() == Phase::Idle) {
        wait(Waiting::Idle, options.keepAliveTimeout);
    } else {
        m_waiting = Waiting::Nothing;
        m_loop.deadlines.clear(*this);
    }
}

void QtConnection::deadlinePassed()
{
    m_loop.touched(*this);
    const auto waited = std::exchange(m_waiting, Waiting::Nothing);
    if (waited == Waiting::Opening)
        m_opening->giveUp();
    else if (waited == Waiting::Head && m_loop.context.options.headTimeout > slowHeadAfter)
        headTakesLong();
    else if (waited == Waiting::Client)
        m_websocket->giveUpHandshake();
    else if (waited == Waiting::Body || m_front.phase() == HttpFront::Phase::Head)
        m_front.refuse({408, "The request took too long.", {}});
    else
        vanish();
}

void QtConnection::headTakesLong()
{
    wait(Waiting::SlowHead, m_loop.context.options.headTimeout - slowHeadAfter);
    if (const auto excess = m_loop.admission.headIsSlow(m_ends.client.address, m_ends.connection))
        m_loop.cut(*excess);
}

// ---- from the server ----

void QtConnection::stop(int code, const QString &reason)
{
    if (m_websocket)
        m_websocket->close(code, reason);
    else
        m_front.finishUp();
    m_loop.touched(*this);
}

bool QtConnection::ping()
{
    if (!m_websocket || !m_websocket->isOpen())
        return false;
    m_websocket->ping();
    return true;
}

bool QtConnection::close(int code, const QString &reason)
{
    if (!m_websocket || !m_websocket->isOpen())
        return false;
    m_websocket->close(code, reason);
    return true;
}

channels::ConnectionInfo QtConnection::snapshot() const
{
    channels::ConnectionInfo info = m_info;
    info.queuedMessages = m_socket->backlog().messages;
    info.queuedBytes = m_socket->backlog().bytes;
    return info;
}

} // namespace parlour::server
