// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/qt/qt_engine.h"

#include "net/http/http_refusal.h"
#include "net/logging.h"
#include "net/qt/qt_connection.h"

#include <QSslCertificate>
#include <QSslKey>
#include <QTcpServer>

#include <algorithm>
#include <functional>

using namespace Qt::StringLiterals;

namespace parlour::server {

namespace {

constexpr auto AcceptPause = 1s;

/// Hands accepted descriptors on; keeps no list of its own, so that none waits in it.
class Listener final : public QTcpServer
{
public:
    explicit Listener(std::function<void(qintptr)> accepted)
        : m_accepted(std::move(accepted))
    {
    }

protected:
    void incomingConnection(qintptr descriptor) override { m_accepted(descriptor); }

private:
    std::function<void(qintptr)> m_accepted;
};

channels::Endpoint endpointOf(const QHostAddress &address, quint16 port)
{
    bool isV4 = false;
    const QHostAddress v4(address.toIPv4Address(&isV4)); // also where it came in over IPv6
    return {(isV4 ? v4 : address).toString(), port};
}

} // namespace

QtLoop::QtLoop(ServerContext &sharedContext, Admission &sharedAdmission)
    : context(sharedContext)
    , admission(sharedAdmission)
    , deadlines(sharedContext.clock)
    , webSockets(u"Parlour"_s, QWebSocketServer::NonSecureMode)
{
}

QtLoop::~QtLoop() = default;

QtEngine::QtEngine(channels::Application application, const ServerOptions &options, QObject *parent)
    : ServerEngine(std::move(application), options, parent)
    , QtLoop(m_context, m_admission)
{
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        for (const auto &[number, connection] : m_connections)
            connection->vanish();
    });
}

QtEngine::~QtEngine()
{
    m_connections.clear();
}

channels::Expected<void> QtEngine::useTlsIdentity(const TlsIdentity &identity)
{
    QSslKey key;
    for (const auto algorithm : {QSsl::Ec, QSsl::Rsa, QSsl::Dsa}) {
        if (key.isNull())
            key = QSslKey(identity.key, algorithm);
    }
    if (key.isNull())
        return channels::Error{u"key"_s, u"is of a kind that the qt engine cannot use"_s};
    m_tls = QSslConfiguration::defaultConfiguration();
    m_tls.setProtocol(QSsl::TlsV1_2OrLater);
    m_tls.setPeerVerifyMode(QSslSocket::VerifyNone);
    m_tls.setLocalCertificateChain(QSslCertificate::fromData(identity.certificate));
    m_tls.setPrivateKey(key);
    return {};
}

void QtEngine::serve(int listeningSocket, const channels::Endpoint &endpoint, Transport transport)
{
    auto listener = std::make_unique<Listener>(
        [this, endpoint, transport](qintptr descriptor) { take(descriptor, endpoint, transport); });
    // Qt stops accepting where the process has no descriptor left, for good.
    connect(listener.get(), &QTcpServer::acceptError, this, [server = listener.get()] {
        qCWarning(lcServer).noquote()
            << "a connection could not be accepted:" << server->errorString();
        QTimer::singleShot(AcceptPause, server, &QTcpServer::resumeAccepting);
    });
    listener->setSocketDescriptor(listeningSocket);
    m_listeners.push_back(std::move(listener));
}

void QtEngine::take(qintptr descriptor, const channels::Endpoint &endpoint, Transport transport)
{
    auto socket = std::make_unique<BridgeSocket>();
    if (!socket->setSocketDescriptor(descriptor))
        return; // the client has gone already
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    ConnectionEnds ends;
    ends.secure = transport == Transport::Tls;
    if (ends.secure)
        socket->setSslConfiguration(m_tls);
    ends.client = endpointOf(socket->peerAddress(), socket->peerPort());
    ends.server = endpointOf(socket->localAddress(), endpoint.port);
    if (const auto refusal = admission.refusal(ends.client.address)) {
        turnAway(std::move(socket), transport, *refusal);
        return;
    }
    ends.connection = ++context.lastConnection;
    ++context.totals.connectionsAccepted;
    admission.entered(ends.client.address, ends.connection);
    QtLoop &loop = *this;
    m_connections.emplace(ends.connection,
                          std::make_unique<QtConnection>(loop, std::move(socket), ends));
}

void QtEngine::turnAway(std::unique_ptr<BridgeSocket> socket, Transport transport,
                        const HttpRefusal &refusal)
{
    ++context.totals.handshakesRefused;
    if (m_turnedAway >= context.options.maxTurnedAway)
        return;
    ++m_turnedAway;
    BridgeSocket *refused = socket.release();
    refused->setParent(this);
    connect(refused, &QObject::destroyed, this, [this] { --m_turnedAway; });
    connect(refused, &QAbstractSocket::disconnected, refused, &QObject::deleteLater);
    QTimer::singleShot(context.options.closeTimeout, refused, &QObject::deleteLater);
    const auto refuse = [refused, refusal] {
        refused->send(refusalAnswer(refusal));
        refused->close();
    };
    if (transport == Transport::Plain) {
        refuse();
        return;
    }
    const auto opening = std::make_shared<QtOpening>(*refused, context.options);
    connect(refused, &QIODevice::readyRead, refused, [opening] {
        if (!opening->isDone())
            opening->read();
    });
    connect(refused, &QSslSocket::encrypted, refused, refuse);
}

// ---- turns ----

// All sockets that were ready at once are read before the posted call comes, so that what their
// messages cause leaves in one write a connection.
void QtEngine::touched(QtConnection &connection)
{
    m_touched.push_back(connection.ends().connection);
    if (!std::exchange(m_turnIsDue, true))
        QMetaObject::invokeMethod(this, &QtEngine::endTurn, Qt::QueuedConnection);
}

void QtEngine::turn(const std::function<void()> &work)
{
    work();
    endTurn();
}

void QtEngine::endTurn()
{
    if (m_isEndingTurn)
        return;
    m_isEndingTurn = true;
    Q_EMIT turnEnding();
    m_turnIsDue = false;
    auto numbers = std::exchange(m_touched, {});
    std::sort(numbers.begin(), numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    for (const quint64 number : numbers) {
        if (QtConnection *connection = find(number))
            connection->endTurn();
    }
    m_isEndingTurn = false;
    removeGone(numbers);
}

void QtEngine::removeGone(const std::vector<quint64> &candidates)
{
    for (const quint64 number : candidates) {
        const auto found = m_connections.find(number);
        if (found == m_connections.end() || !found->second->isGone())
            continue;
        admission.left(found->second->ends().client.address, number);
        m_connections.erase(found);
    }
    if (m_isStopping && m_connections.empty()) {
        m_isStopping = false;
        Q_EMIT stopped();
    }
}

void QtEngine::crowdOut(quint64 connection)
{
    if (QtConnection *found = find(connection))
        found->crowdOut();
}

QtConnection *QtEngine::find(quint64 connection) const
{
    const auto found = m_connections.find(connection);
    return found == m_connections.end() ? nullptr : found->second.get();
}

// ---- from the server ----

// What was said before is delivered before the Close frames are queued.
void QtEngine::stop(int code, const QString &reason)
{
    if (m_patience.isActive() || m_isStopping)
        return;
    m_isStopping = true;
    m_listeners.clear();
    m_patience.start(context.options.closeTimeout);
    Q_EMIT turnEnding();
    for (const auto &[number, connection] : m_connections)
        connection->stop(code, reason);
    if (m_connections.empty() && !std::exchange(m_turnIsDue, true))
        QMetaObject::invokeMethod(this, &QtEngine::endTurn, Qt::QueuedConnection);
}

QList<channels::ConnectionInfo> QtEngine::connections() const
{
    QList<channels::ConnectionInfo> infos;
    for (const auto &[number, connection] : m_connections)
        infos.append(connection->snapshot());
    return infos;
}

bool QtEngine::ping(quint64 connection)
{
    QtConnection *found = find(connection);
    return found && found->ping();
}

bool QtEngine::close(quint64 connection, int code, const QString &reason)
{
    QtConnection *found = find(connection);
    return found && found->close(code, reason);
}

} // namespace parlour::server
