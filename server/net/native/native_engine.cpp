// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/native/native_engine.h"

#include "net/native/native_http.h"
#include "net/native/opening_conversation.h"
#include "net/native/plain_stream.h"
#include "net/native/refusing_conversation.h"
#include "net/socket_address.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

namespace parlour::server {

namespace {
constexpr int HandshakesPerTurn = 4; ///< steps of half a millisecond before others are served
} // namespace

NativeEngine::NativeEngine(channels::Application application, const ServerOptions &options,
                           QObject *parent)
    : ServerEngine(std::move(application), options, parent)
    , NativeLoop(m_context, m_admission)
{
    tls.handshakesLeft = HandshakesPerTurn;
    connect(&poller, &Poller::polled, this, &NativeEngine::endTurn);
    connect(&deadlines, &Deadlines::checked, this, &NativeEngine::endTurn);
    m_stopTimer.setSingleShot(true);
    connect(&m_stopTimer, &QTimer::timeout, this, &NativeEngine::cutAll);
}

NativeEngine::~NativeEngine()
{
    m_isEndingTurn = true; // no turn any more
    for (const auto &[id, connection] : m_connections)
        connection->vanish();
    for (const auto &[id, connection] : m_turnedAway)
        connection->vanish();
}

// ---- coming and going ----

void NativeEngine::serve(int listeningSocket, const channels::Endpoint &endpoint,
                         Transport transport)
{
    auto acceptor = std::make_unique<Acceptor>(poller, listeningSocket, endpoint);
    connect(acceptor.get(), &Acceptor::accepted, this,
            [this, transport](int descriptor) { take(descriptor, transport); });
    m_acceptors.push_back(std::move(acceptor));
}

channels::Expected<void> NativeEngine::useTlsIdentity(const TlsIdentity &identity)
{
    const auto made = TlsContext::make(identity);
    if (!made)
        return made.error();
    m_tls = *made;
    return {};
}

void NativeEngine::take(int descriptor, Transport transport)
{
    const bool isSecure = transport == Transport::Tls;
    const int yes = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    std::unique_ptr<ByteStream> stream;
    if (isSecure)
        stream = std::make_unique<TlsStream>(descriptor, *m_tls, tls);
    else
        stream = std::make_unique<PlainStream>(descriptor);
    if (m_isStopping)
        return;
    const ConnectionEnds ends{SocketAddress::ofPeer(descriptor).endpoint(), ownEnd(descriptor),
                              isSecure, ++m_context.lastConnection};
    const auto refusal = m_admission.refusal(ends.client.address);
    auto connection = std::make_unique<NativeConnection>(loop(), std::move(stream), ends);
    if (refusal)
        turnAway(std::move(connection), *refusal);
    else
        admit(std::move(connection));
}

/// Of which there are few, so that the connections share its text.
channels::Endpoint NativeEngine::ownEnd(int descriptor)
{
    const SocketAddress address = SocketAddress::ofSocket(descriptor);
    if (address != m_ownAddress) {
        m_ownAddress = address;
        m_ownEnd = address.endpoint();
    }
    return m_ownEnd;
}

void NativeEngine::admit(std::unique_ptr<NativeConnection> connection)
{
    NativeConnection &admitted = *connection;
    if (!start(admitted, std::make_unique<NativeHttp>(admitted)))
        return;
    ++m_context.totals.connectionsAccepted;
    m_admission.entered(admitted.ends().client.address, admitted.ends().connection);
    m_connections.emplace(admitted.ends().connection, std::move(connection));
}

void NativeEngine::turnAway(std::unique_ptr<NativeConnection> connection,
                            const HttpRefusal &refusal)
{
    NativeConnection &refused = *connection;
    if (std::ssize(m_turnedAway) >= m_context.options.maxTurnedAway)
        return;
    m_turnedAway.emplace(refused.ends().connection, std::move(connection));
    if (!start(refused, std::make_unique<RefusingConversation>(refused, refusal)))
        m_turnedAway.erase(refused.ends().connection);
}

bool NativeEngine::start(NativeConnection &connection, std::unique_ptr<Conversation> conversation)
{
    if (connection.opening() == ByteStream::Opening::Open)
        return connection.start(std::move(conversation));
    return connection.start(
        std::make_unique<OpeningConversation>(connection, std::move(conversation)));
}

NativeConnection *NativeEngine::find(quint64 connection) const
{
    const auto found = m_connections.find(connection);
    return found == m_connections.end() || found->second->isGone() ? nullptr : found->second.get();
}

void NativeEngine::gone(NativeConnection &connection)
{
    m_gone.push_back(connection.ends().connection);
    requestTurn();
}

void NativeEngine::crowdOut(quint64 connection)
{
    if (NativeConnection *found = find(connection))
        found->conversation().crowdedOut();
}

void NativeEngine::removeGone()
{
    std::erase_if(m_touched, [](const NativeConnection *touched) { return touched->isGone(); });
    for (const quint64 id : std::exchange(m_gone, {})) {
        m_turnedAway.erase(id);
        const auto found = m_connections.find(id);
        if (found == m_connections.end())
            continue;
        m_admission.left(found->second->ends().client.address, id);
        m_connections.erase(found);
    }
}

// ---- turns ----

void NativeEngine::touched(NativeConnection &connection)
{
    m_touched.push_back(&connection);
    requestTurn();
}

void NativeEngine::requestTurn()
{
    if (m_isTurnRequested || m_isEndingTurn || poller.isPolling())
        return;
    m_isTurnRequested = true;
    QMetaObject::invokeMethod(this, &NativeEngine::endTurn, Qt::QueuedConnection);
}

void NativeEngine::turn(const std::function<void()> &work)
{
    const bool isRequested = std::exchange(m_isTurnRequested, true); // none need be
    work();
    m_isTurnRequested = isRequested;
    endTurn();
}

void NativeEngine::endTurn()
{
    if (m_isEndingTurn)
        return;
    m_isTurnRequested = false;
    m_isEndingTurn = true;
    tls.handshakesLeft = HandshakesPerTurn;
    Q_EMIT turnEnding();
    m_ending.swap(m_touched);
    for (NativeConnection *connection : m_ending)
        connection->endTurn();
    m_ending.clear();
    removeGone();
    if (m_isStopping)
        m_acceptors.clear();
    m_isEndingTurn = false;
    if (!m_touched.empty())
        requestTurn();
    if (m_isStopping && m_connections.empty())
        reportStopped();
}

// ---- the end ----

// What was said before is delivered and queued before the Close frames are.
void NativeEngine::stop(int code, const QString &reason)
{
    if (m_isStopping)
        return;
    m_isStopping = true;
    if (!poller.isPolling())
        m_acceptors.clear();
    Q_EMIT turnEnding();
    for (const auto &[id, connection] : m_connections) {
        if (!connection->isGone())
            connection->stop(code, reason);
    }
    m_stopTimer.start(m_context.options.closeTimeout);
    requestTurn();
}

void NativeEngine::cutAll()
{
    for (const auto &[id, connection] : m_connections)
        connection->vanish();
    requestTurn();
}

void NativeEngine::reportStopped()
{
    m_stopTimer.stop();
    if (!std::exchange(m_hasStopped, true))
        Q_EMIT stopped();
}

// ---- the operator ----

QList<channels::ConnectionInfo> NativeEngine::connections() const
{
    QList<channels::ConnectionInfo> infos;
    for (const auto &[id, connection] : m_connections) {
        if (!connection->isGone())
            infos.append(connection->snapshot());
    }
    std::sort(infos.begin(), infos.end(), [](const auto &a, const auto &b) { return a.id < b.id; });
    return infos;
}

bool NativeEngine::ping(quint64 connection)
{
    NativeConnection *found = find(connection);
    return found && found->conversation().ping();
}

bool NativeEngine::close(quint64 connection, int code, const QString &reason)
{
    NativeConnection *found = find(connection);
    return found && found->conversation().close(code, reason);
}

} // namespace parlour::server
