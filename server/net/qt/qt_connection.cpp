// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/qt/qt_connection.h"

#include "net/http/http_conversation.h"
#include "net/socket_address.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace parlour::server {

namespace {
constexpr qint64 ReadAtOnce = 65536; ///< bytes, while it is HTTP
}

class QtConnection::Http final : public HttpConversation
{
public:
    explicit Http(QtConnection &connection)
        : HttpConversation(connection.m_loop.context, connection.m_loop.admission,
                           connection.m_info, connection.m_ends)
        , m_connection(connection)
    {
    }

private:
    void write(const QByteArray &bytes) override
    {
        m_connection.m_socket->send(bytes);
        m_connection.touch();
    }
    void drop(bool resets) override
    {
        m_connection.m_socket->flushTurn();
        resets ? m_connection.m_socket->breakOff() : m_connection.vanish();
    }
    void finish(std::chrono::milliseconds patience) override
    {
        m_connection.m_patience = patience;
        m_connection.m_socket->close();
    }
    void setDeadline(std::chrono::milliseconds fromNow) override
    {
        m_connection.setDeadline(fromNow);
    }
    void clearDeadline() override { m_connection.clearDeadline(); }
    void continueReading() override
    {
        m_connection.m_isResuming = true;
        m_connection.touch();
    }
    void becomeWebsocket(const WebsocketUpgrade &upgrade, const channels::Scope &scope) override
    {
        m_connection.m_websocket =
            std::make_unique<QtWebsocket>(m_connection.m_loop, m_connection, *m_connection.m_socket,
                                          m_connection.m_info, upgrade, scope);
    }
    void crowdOut(quint64 connection) override { m_connection.m_loop.crowdOut(connection); }
    channels::Backlog backlog() const override { return m_connection.m_socket->backlog(); }
    qint64 pendingBytes() const override { return m_connection.m_socket->unsentBytes(); }

    QtConnection &m_connection;
};

QtConnection::QtConnection(QtLoop &loop, std::unique_ptr<BridgeSocket> socket,
                           const ConnectionEnds &ends)
    : m_loop(loop)
    , m_ends(ends)
    , m_socket(std::move(socket))
    , m_http(std::make_unique<Http>(*this))
    , m_patience(loop.context.options.closeTimeout)
{
    m_info.id = ends.connection;
    m_info.transport = u"http"_s;
    m_info.secure = ends.secure;
    m_info.client = inWords(ends.client);
    m_info.since = QDateTime::currentMSecsSinceEpoch();
    m_socket->setReadBufferSize(ReadAtOnce);
    connect(m_socket.get(), &QIODevice::readyRead, this, &QtConnection::read);
    connect(m_socket.get(), &QIODevice::bytesWritten, this, &QtConnection::touch);
    connect(m_socket.get(), &BridgeSocket::closing, this, &QtConnection::touch);
    connect(m_socket.get(), &QAbstractSocket::disconnected, this, &QtConnection::touch);
    if (m_ends.secure)
        open();
    else
        m_http->begin();
}

QtConnection::~QtConnection()
{
    m_loop.deadlines.clear(*this);
    m_socket->disconnect(this);
}

// ---- reading ----

void QtConnection::open()
{
    m_opening.emplace(*m_socket, m_loop.context.options);
    connect(m_socket.get(), &QSslSocket::encryptedBytesWritten, this, &QtConnection::touch);
    connect(m_socket.get(), &QSslSocket::encrypted, this, &QtConnection::read);
    setDeadline(m_loop.context.options.tlsHandshakeTimeout);
}

void QtConnection::read()
{
    touch();
    if (m_opening && !m_opening->isDone()) {
        m_opening->read();
        return;
    }
    if (m_opening) {
        m_opening.reset();
        m_http->begin();
    }
    // While an answer is under way, what follows waits in the socket, which is bounded.
    if (!m_http || !m_input.isEmpty())
        return;
    m_input = m_socket->readAll();
    offer();
}

void QtConnection::offer()
{
    m_input.remove(0, m_http->receive(m_input));
    if (!m_websocket)
        return;
    // What follows waits in the socket until the application has decided.
    disconnect(m_socket.get(), &QIODevice::readyRead, this, &QtConnection::read);
    m_http.reset();
    m_websocket->start(std::exchange(m_input, {}));
}

// ---- turns ----

void QtConnection::settle()
{
    if (m_websocket)
        m_websocket->settle();
    else
        m_http->settle();
}

// What came while a request was answered; where it fills the socket's buffer, readyRead() comes no
// more.
bool QtConnection::hasUnread() const
{
    return !m_opening && m_input.isEmpty() && m_socket->isOpen() && m_socket->bytesAvailable() > 0;
}

void QtConnection::endTurn()
{
    settle();
    while (m_http && (std::exchange(m_isResuming, false) || hasUnread())) {
        if (m_input.isEmpty())
            m_input = m_socket->readAll();
        if (!m_input.isEmpty())
            offer();
        settle();
    }
    m_socket->flushTurn();
    if (m_http)
        m_http->written();
    if (m_socket->state() != QAbstractSocket::ConnectedState) {
        m_isGone = true;
        m_websocket ? m_websocket->broke() : m_http->broke();
        return;
    }
    if (m_socket->isClosing())
        watchClosing();
}

void QtConnection::watchClosing()
{
    const qint64 untaken = m_socket->unsentBytes();
    if (untaken == std::exchange(m_untaken, untaken))
        return;
    setDeadline(untaken > 0 ? m_patience : m_loop.context.options.closeTimeout);
}

void QtConnection::setDeadline(std::chrono::milliseconds fromNow)
{
    m_loop.deadlines.set(*this, fromNow);
}

void QtConnection::clearDeadline()
{
    m_loop.deadlines.clear(*this);
}

void QtConnection::deadlinePassed()
{
    touch();
    if (m_socket->isClosing())
        vanish();
    else if (m_opening)
        m_opening->giveUp();
    else if (m_websocket)
        m_websocket->deadlinePassed();
    else
        m_http->deadlinePassed();
}

// ---- from the server ----

void QtConnection::crowdOut()
{
    if (m_http)
        m_http->crowdedOut();
}

void QtConnection::stop(int code, const QString &reason)
{
    if (m_websocket)
        m_websocket->close(code, reason);
    else
        m_http->stop(code, reason);
    touch();
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
