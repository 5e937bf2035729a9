// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/server.h"

#include "net/listening.h"
#include "net/native/native_engine.h"
#include "net/qt/qt_engine.h"

using namespace Qt::StringLiterals;

namespace parlour::server {

namespace {

std::unique_ptr<ServerEngine> makeEngine(channels::Application application,
                                         const ServerOptions &options)
{
    if (options.engine == Engine::Qt)
        return std::make_unique<QtEngine>(std::move(application), options);
    return std::make_unique<NativeEngine>(std::move(application), options);
}

channels::Error noConnection(quint64 connection)
{
    return {
        u"no_connection"_s,
        u"connection %1 is no open WebSocket (any more); look at the list again"_s.arg(connection)};
}

} // namespace

Server::Server(channels::Application application, const ServerOptions &options, QObject *parent)
    : QObject(parent)
    , m_engine(makeEngine(std::move(application), options))
{
    connect(m_engine.get(), &ServerEngine::turnEnding, this, &Server::turnEnding);
    connect(m_engine.get(), &ServerEngine::stopped, this, &Server::stopped);
}

Server::~Server() = default;

channels::Expected<channels::Endpoint> Server::listen(const QString &address, quint16 port,
                                                      Transport transport)
{
    if (transport == Transport::Tls && !m_engine->hasTlsIdentity())
        return channels::Error{u"tls"_s,
                               u"there is no certificate yet, so that TLS cannot be spoken"_s};
    const auto listening = listenOn(address, port, m_engine->options().listenBacklog);
    if (!listening)
        return listening.error();
    m_engine->serve(listening->descriptor, listening->endpoint, transport);
    return listening->endpoint;
}

channels::Expected<void> Server::setTlsIdentity(const TlsIdentity &identity)
{
    return m_engine->setTlsIdentity(identity);
}

void Server::stop(int code, const QString &reason)
{
    m_engine->stop(code, reason);
}

void Server::setOptions(const ServerOptions &options)
{
    m_engine->setOptions(options);
}

void Server::useClock(const channels::Clock &clock)
{
    m_engine->useClock(clock);
}

void Server::checkDeadlines()
{
    m_engine->checkDeadlines();
}

QList<channels::ConnectionInfo> Server::connections() const
{
    return m_engine->connections();
}

channels::Totals Server::totals() const
{
    return m_engine->totals();
}

void Server::turn(const std::function<void()> &work)
{
    m_engine->turn(work);
}

channels::Expected<void> Server::ping(quint64 connection)
{
    if (!m_engine->ping(connection))
        return noConnection(connection);
    return {};
}

channels::Expected<void> Server::close(quint64 connection, int code, const QString &reason)
{
    if (!m_engine->close(connection, code, reason))
        return noConnection(connection);
    return {};
}

} // namespace parlour::server
