// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/reconnecting_socket.h"

#include "client/host_key.h"

#include <QDateTime>
#include <QNetworkRequest>
#include <QSslConfiguration>
#include <QSslError>
#include <QWebSocket>
#include <QWebSocketHandshakeOptions>

#include <algorithm>

namespace parlour::client {

using namespace Qt::StringLiterals;
using chat::LinkState;

ReconnectingSocket::ReconnectingSocket(SocketTarget target, const SocketOptions &options,
                                       QObject *parent)
    : QObject(parent)
    , m_target(std::move(target))
    , m_options(options)
    , m_backoff(options.backoff)
    , m_guard(m_target.address, m_target.trust)
    , m_plan(m_target.address)
{
    m_retry.setSingleShot(true);
    m_deadline.setSingleShot(true);
    m_pinging.setInterval(options.pingInterval);
    connect(&m_retry, &QTimer::timeout, this, &ReconnectingSocket::attempt);
    connect(&m_deadline, &QTimer::timeout, this, &ReconnectingSocket::missedDeadline);
    connect(&m_pinging, &QTimer::timeout, this, &ReconnectingSocket::ping);
}

ReconnectingSocket::~ReconnectingSocket()
{
    dropSocket();
}

std::chrono::milliseconds ReconnectingSocket::retryIn() const
{
    return std::chrono::milliseconds(std::max(m_retry.remainingTime(), 0));
}

void ReconnectingSocket::open()
{
    if (m_link.state == LinkState::Offline || m_link.state == LinkState::Refused)
        attempt();
}

void ReconnectingSocket::retryNow()
{
    if (m_link.state == LinkState::Waiting || m_link.state == LinkState::Refused)
        attempt();
}

void ReconnectingSocket::close()
{
    m_retry.stop();
    dropSocket();
    changeLink({});
}

void ReconnectingSocket::attempt()
{
    m_retry.stop();
    m_words.clear();
    m_plainProblem.reset();
    m_plan.begin(m_guard.isPinned());
    connectToHost();
    // The problem stays until the link is Online: the next try alone has not solved it.
    changeLink({LinkState::Connecting, m_link.problem, {}, m_link.lostAt});
}

void ReconnectingSocket::connectToHost()
{
    dropSocket();
    m_guard.forgetShown();
    m_socket = new QWebSocket(QString(), QWebSocketProtocol::Version13, this);
    m_socket->setMaxAllowedIncomingMessageSize(m_options.maxMessageBytes);
    m_socket->setMaxAllowedIncomingFrameSize(m_options.maxMessageBytes);
    connectSignals();

    if (m_plan.isTls())
        m_socket->setSslConfiguration(tlsConfiguration());

    QNetworkRequest request(m_target.address.socketUrl(m_target.path, m_plan.isTls()));
    request.setRawHeader("User-Agent", "Parlour/" PARLOUR_VERSION);
    if (!m_target.bearer.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + m_target.bearer);
    QWebSocketHandshakeOptions handshake;
    if (!m_target.subprotocol.isEmpty())
        handshake.setSubprotocols({m_target.subprotocol});
    m_deadline.start(m_options.connectTimeout);
    m_socket->open(request, handshake);
}

void ReconnectingSocket::connectSignals()
{
    connect(m_socket, &QWebSocket::connected, this, &ReconnectingSocket::handshaken);
    connect(m_socket, &QWebSocket::disconnected, this, &ReconnectingSocket::closedByHost);
    connect(m_socket, &QWebSocket::sslErrors, this, &ReconnectingSocket::checkKey);
    // Queued: QWebSocket 6.4 goes on using itself after this signal.
    connect(
        m_socket, qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), this,
        [this, socket = m_socket](QAbstractSocket::SocketError error) {
            if (socket == m_socket)
                failed(error);
        },
        Qt::QueuedConnection);
    connect(m_socket, &QWebSocket::textMessageReceived, this, [this](const QString &text) {
        heard();
        Q_EMIT received(text.toUtf8());
        answerProbe();
    });
    connect(m_socket, &QWebSocket::pong, this, [this] {
        heard();
        answerProbe();
    });
}

// In the middle of the TLS handshake: what is not accepted here, Qt ends with an error.
void ReconnectingSocket::checkKey(const QList<QSslError> &errors)
{
    const auto *tls = m_socket->findChild<QSslSocket *>();
    if (tls && m_guard.accept(tls->peerCertificateChain()))
        m_socket->ignoreSslErrors(errors);
}

void ReconnectingSocket::handshaken()
{
    const QByteArray key = keyFingerprint(m_socket->sslConfiguration().peerCertificate());
    if (key != m_guard.shown().fingerprint || key.isEmpty() == m_plan.isTls())
        return end(LinkProblem::otherKey(m_target.address.display()));
    if (m_socket->subprotocol() != m_target.subprotocol)
        return end(LinkProblem::notParlour(m_target.address.display()));
    m_handshaken = true;
    m_deadline.start(m_options.confirmTimeout);
    Q_EMIT opened();
}

void ReconnectingSocket::confirm()
{
    if (!m_handshaken || m_link.state != LinkState::Connecting)
        return;
    if (!m_guard.remember())
        return end(LinkProblem::otherKey(m_target.address.display()));
    m_deadline.stop();
    m_pinging.start();
    m_onlineSince.start();
    m_wasOnline = true;
    changeLink({LinkState::Online, {}, {}, 0});
}

void ReconnectingSocket::refuseAsNoParlour()
{
    refuse(LinkProblem::notParlour(m_target.address.display()));
}

void ReconnectingSocket::refuse(const LinkProblem &problem)
{
    if (m_socket)
        end(problem);
}

bool ReconnectingSocket::send(const QByteArray &utf8)
{
    if (!m_handshaken)
        return false;
    m_socket->sendTextMessage(QString::fromUtf8(utf8));
    return true;
}

void ReconnectingSocket::ping()
{
    m_socket->ping();
    if (!m_deadline.isActive())
        m_deadline.start(m_options.pongTimeout);
}

void ReconnectingSocket::probe()
{
    if (m_link.state != LinkState::Online)
        return;
    m_isProbing = true;
    ping();
}

void ReconnectingSocket::answerProbe()
{
    if (std::exchange(m_isProbing, false))
        Q_EMIT alive();
}

void ReconnectingSocket::heard()
{
    if (m_link.state == LinkState::Online)
        m_deadline.stop();
}

void ReconnectingSocket::end(const LinkProblem &problem)
{
    const bool wasOnline = m_link.state == LinkState::Online;
    if (wasOnline && m_onlineSince.hasExpired(m_options.stableAfter.count()))
        m_backoff.reset();
    dropSocket();
    chat::Link link{problem.state, problem.text, {}, m_link.lostAt};
    link.keyBefore = m_guard.before();
    if (wasOnline)
        link.lostAt = QDateTime::currentMSecsSinceEpoch();
    if (problem.state == LinkState::Waiting) {
        link.retryIn = delayAfter(problem);
        m_retry.start(link.retryIn);
    }
    changeLink(link);
}

std::chrono::milliseconds ReconnectingSocket::delayAfter(const LinkProblem &problem)
{
    const bool fresh = m_backoff.isFresh();
    const auto usual = m_backoff.next();
    if (!problem.comeBackIn)
        return usual;
    if (problem.comeBackIn->count() > 0)
        return m_backoff.spread(*problem.comeBackIn);
    // "At once" holds for the first time only, else a host could make us spin.
    return fresh ? *problem.comeBackIn : usual;
}

void ReconnectingSocket::dropSocket()
{
    m_pinging.stop();
    m_deadline.stop();
    m_handshaken = false;
    m_isProbing = false;
    if (!m_socket)
        return;
    QWebSocket *socket = std::exchange(m_socket, nullptr);
    socket->disconnect(this);
    if (socket->state() != QAbstractSocket::ConnectedState) {
        // QWebSocket 6.4 keeps TCP open after a failed handshake.
        socket->abort();
        socket->deleteLater();
        return;
    }
    connect(socket, &QWebSocket::disconnected, socket, &QObject::deleteLater);
    QTimer::singleShot(m_options.closeTimeout, socket, &QObject::deleteLater);
    socket->close(QWebSocketProtocol::CloseCodeNormal);
}

void ReconnectingSocket::changeLink(chat::Link link)
{
    const bool isOnline = link.state == LinkState::Online;
    link.isReadable = isOnline && !m_plan.isTls() && !m_target.address.isLoopback();
    link.isNewKey = isOnline && m_guard.isNew();
    if (isOnline || link.keyBefore)
        link.key = m_guard.shown();
    if (link == m_link)
        return;
    m_link = link;
    Q_EMIT linkChanged(link);
}

} // namespace parlour::client
