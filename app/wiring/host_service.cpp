// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "wiring/host_service.h"

#include "chat/routing.h"
#include "tls/signatures.h"
#include "wiring/host_identity.h"
#include "wiring/own_addresses.h"

#include <QLoggingCategory>

#include <algorithm>
#include <utility>

namespace parlour::wiring {

using channels::Endpoint;
using channels::Expected;
using server::Server;
using namespace std::chrono_literals;

namespace {

Q_LOGGING_CATEGORY(lcHost, "parlour.host")

constexpr auto LeaveTime = 1s; ///< for what is written to Redis at last
constexpr auto LeaveStep = 5ms;

chat::ChatOptions chatOptions(const HostConfig &config)
{
    chat::ChatOptions options;
    options.title = config.title;
    options.ownerToken = config.ownerToken;
    options.verifyKey = server::isEd25519Signature;
    options.echo = config.echo;
    options.allowed.hosts = config.allowedHosts;
    options.allowed.origins = config.allowedOrigins;
    options.allowed.hostsSetting = "--allowed-host";
    options.allowed.originsSetting = "--allowed-origin";
    options.allowed.isOwn = [addresses = std::make_shared<OwnAddresses>()](const QString &host) {
        return addresses->contains(host);
    };
    return options;
}

} // namespace

HostService::HostService(const HostConfig &config, QObject *parent)
    : QObject(parent)
    , m_config(config)
    , m_layer(config.layer)
    , m_inspector(m_layer)
{
    m_leaving.setInterval(LeaveStep);
    connect(&m_leaving, &QTimer::timeout, this, &HostService::endLeave);
    m_repairing.setSingleShot(true);
    m_repairing.setTimerType(Qt::PreciseTimer); // others may be early
    connect(&m_repairing, &QTimer::timeout, this, &HostService::repair);
    m_beginning.setSingleShot(true);
    connect(&m_beginning, &QTimer::timeout, this, &HostService::tryToBegin);
}

HostService::~HostService()
{
    takeDown();
}

Expected<QList<Endpoint>> HostService::start()
{
    return begin({});
}

Expected<QList<Endpoint>> HostService::begin(const storage::Unwritten &unwritten)
{
    if (const auto built = build(unwritten); !built)
        return built.error();
    return listen();
}

Expected<void> HostService::build(const storage::Unwritten &unwritten)
{
    m_opening(true);
    // What is carried over is in the memory alone until it is open.
    const auto stop = unwritten.isEmpty() ? m_stop : std::stop_token();
    auto storage = HostStorage::open(m_config, m_layer, unwritten, stop);
    m_opening(false);
    if (!storage)
        return storage.error();
    m_storage = std::move(*storage);
    if (const auto damage = m_storage->damage(); damage && !damage->isNothingLost())
        Q_EMIT damaged(*damage);
    const auto options = chatOptions(m_config);
    m_house = std::make_unique<chat::House>(options, m_storage->log(), m_storage->house());
    auto application =
        chat::makeApplication(*m_house, m_layer, m_storage->log(), m_inspector, options);
    m_server = std::make_unique<Server>(std::move(application), m_config.server);
    m_inspector.setServer(*m_server);
    connect(m_server.get(), &Server::turnEnding, &m_layer, &channels::ChannelLayer::deliverPending);
    m_storage->follow(*m_server);
    m_storage->whenTroubled([this](const QString &cause) {
        if (!m_isRepairing)
            Q_EMIT keepingFailed(cause);
    });
    m_storage->whenDamaged([this] { repair(); });
    connect(m_server.get(), &Server::stopped, this, &HostService::keepWhatWasSaid);
    if (m_config.shared)
        share(*m_config.shared);
    return {};
}

void HostService::share(const Sharing &sharing)
{
    m_shared = makeSharedLayer(sharing, m_config.layer);
    chat::BridgeOptions options;
    options.logs.since = m_storage->house().memory().sharesSince;
    if (m_config.retention.age.count() > 0)
        options.logs.maxAge = m_config.retention.age;
    m_bridge =
        std::make_unique<chat::RoomBridge>(*m_house, m_layer, *m_shared, m_storage->log(), options);
    m_inspector.setBridge(*m_bridge);
    m_worker = std::make_unique<channels::Worker>(
        chat::makeWorkerApplication(*m_house, m_storage->log(), *m_shared), *m_shared);
    for (const QString &channel : sharing.workers)
        (void)m_worker->listen(channel); // its name was checked with the options
    connect(m_server.get(), &Server::turnEnding, m_shared.get(),
            &channels::ChannelLayer::deliverPending);
}

// First, for what is shared is shared when it is kept.
void HostService::keepWhatWasSaid()
{
    m_storage->close(this, [this] { takeLeave(); });
}

// What was said last and our leaving are on their way, as slow as it may be; nobody waits for a
// Redis that is away.
void HostService::takeLeave()
{
    if (!m_bridge)
        return end();
    m_layer.deliverPending();
    m_bridge->stop();
    m_leaveBy.setRemainingTime(LeaveTime);
    m_leaving.start();
}

void HostService::endLeave()
{
    const int unconfirmed = m_shared->unconfirmed();
    if (unconfirmed > 0 && !m_leaveBy.hasExpired())
        return;
    m_leaving.stop();
    const auto bridge = m_shared->bridge();
    const int lost = std::max(unconfirmed, bridge ? bridge->waiting : 0);
    if (lost > 0)
        qCWarning(lcHost) << "stopped before Redis had confirmed the last" << lost
                          << "messages and memberships; others may not have got them";
    end();
}

Expected<QList<Endpoint>> HostService::listen()
{
    QList<Endpoint> bound;
    if (needsIdentity(m_config)) {
        if (const auto set = setIdentity(m_config.identity); !set)
            return set.error();
    }
    for (Endpoint &wanted : m_config.listen) {
        const auto endpoint =
            m_server->listen(wanted.address, wanted.port, transportAt(m_config, wanted));
        if (!endpoint) {
            m_server->stop(channels::close_code::GoingAway, {});
            return endpoint.error();
        }
        wanted.port = endpoint->port; // also where it begins anew
        bound.append(*endpoint);
    }
    return bound;
}

void HostService::stop(int code, const QString &reason)
{
    m_repairing.stop();
    m_beginning.stop();
    if (std::exchange(m_isRepairing, false))
        return; // it stops already
    if (!m_server) {
        Q_EMIT stopped();
        return;
    }
    stopServing(code, reason);
}

void HostService::stopServing(int code, const QString &reason)
{
    m_house->setReady(false);
    m_worker.reset(); // others of its channels take what comes from now on
    m_server->stop(code, reason);
}

Expected<void> HostService::setIdentity(const server::TlsIdentity &identity)
{
    if (m_server) {
        if (const auto set = m_server->setTlsIdentity(identity); !set)
            return set;
        m_house->setKeyFingerprint(server::publicKeyFingerprint(identity.certificate).valueOr({}));
        m_inspector.setTlsExpiry(server::certificateExpiry(identity.certificate).valueOr({}));
    }
    m_config.identity = identity;
    return {};
}

void HostService::setLimits(const server::ServerOptions &options)
{
    const auto engine = m_config.server.engine; // stays where it begins anew
    m_config.server = options;
    m_config.server.engine = engine;
    if (m_server)
        m_server->setOptions(options);
}

} // namespace parlour::wiring
