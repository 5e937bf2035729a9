// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "hosting.h"

#include "channels/close_codes.h"
#include "wiring/host_identity.h"
#include "wiring/own_addresses.h"

#include <QHostAddress>

#include <algorithm>

namespace parlour {

using channels::Endpoint;
using client::HostAddress;
using wiring::HostThread;
using namespace Qt::StringLiterals;

namespace {

bool isAny(const Endpoint &endpoint)
{
    const QHostAddress address(endpoint.address);
    const auto all = {QHostAddress::AnyIPv4, QHostAddress::AnyIPv6};
    return std::any_of(all.begin(), all.end(), [&](auto any) { return address == any; });
}

bool isLoopback(const Endpoint &endpoint)
{
    return QHostAddress(endpoint.address).isLoopback();
}

HostAddress plainAddress(const QString &address, quint16 port)
{
    HostAddress host;
    host.host = address;
    host.port = port;
    return host;
}

} // namespace

Hosting::Hosting(const AppOptions &options, std::shared_ptr<wiring::DataFolder> data,
                 QObject *parent)
    : QObject(parent)
    , m_given(options.host)
    , m_hasListen(options.hasListen)
    , m_sharingGiven(options.sharing)
    , m_config(options.host)
    , m_data(std::move(data))
{
    connect(&m_thread, &HostThread::started, this, [this](const QList<Endpoint> &bound) {
        m_bound = bound;
        Q_EMIT started();
    });
    connect(&m_thread, &HostThread::failed, this, [this](const channels::Error &error) {
        m_damage.reset();
        Q_EMIT failed(sentence(error));
    });
    connect(&m_thread, &HostThread::keepingFailed, this, [this](const QString &cause) {
        m_trouble = cause;
        Q_EMIT troubleChanged();
    });
    connect(&m_thread, &HostThread::damaged, this, [this](const storage::Damage &damage) {
        m_damage = damage;
        Q_EMIT troubleChanged();
    });
    connect(&m_thread, &HostThread::importing, this, &Hosting::importing);
    connect(&m_thread, &HostThread::imported, this, &Hosting::imported);
    connect(&m_thread, &HostThread::importFailed, this, &Hosting::importFailed);
    connect(&m_thread, &HostThread::stopped, this, [this] {
        m_bound.clear();
        m_trouble.clear();
        m_damage.reset();
        Q_EMIT stopped();
    });
}

void Hosting::start(const wiring::HostingChoice &choice, const wiring::SharingChoice &sharing)
{
    if (const auto prepared = prepare(choice, sharing); !prepared) {
        const QString problem = prepared.error().message;
        QMetaObject::invokeMethod(
            this, [this, problem] { Q_EMIT failed(problem); }, Qt::QueuedConnection);
        return;
    }
    m_thread.start(m_config);
}

channels::Expected<void> Hosting::prepare(const wiring::HostingChoice &choice,
                                          const wiring::SharingChoice &sharing)
{
    m_config = m_given;
    m_config.title = choice.title;
    m_config.dataFolder = m_data->path();
    if (!m_hasListen)
        m_config.listen = {{choice.network ? u"0.0.0.0"_s : u"127.0.0.1"_s, choice.port}};
    if (const auto applied = wiring::applySharing(sharing, m_sharingGiven, m_config); !applied)
        return applied;
    return takeIdentity();
}

channels::Expected<void> Hosting::takeIdentity()
{
    m_fingerprint.clear();
    m_config.identity = {};
    if (!wiring::needsIdentity(m_config))
        return {};
    const auto identity =
        wiring::hostIdentity(m_config, m_config.ephemeral ? nullptr : m_data.get());
    if (!identity)
        return identity.error();
    m_config.identity = *identity;
    m_fingerprint = server::publicKeyFingerprint(identity->certificate).valueOr({});
    return {};
}

void Hosting::stop()
{
    // The reason goes to others, in the language of the protocol.
    m_thread.stop(channels::close_code::GoingAway, u"The host stopped."_s);
}

bool Hosting::isOnNetwork() const
{
    return !std::all_of(m_bound.begin(), m_bound.end(), isLoopback);
}

bool Hosting::isEncrypted() const
{
    return isOnNetwork()
        && std::all_of(m_bound.begin(), m_bound.end(), [this](const Endpoint &endpoint) {
               return isLoopback(endpoint)
                   || wiring::transportAt(m_config, endpoint) == server::Transport::Tls;
           });
}

QString Hosting::shown(const QString &address, const Endpoint &bound) const
{
    if (wiring::transportAt(m_config, bound) == server::Transport::Tls)
        return wiring::httpUrl({address, bound.port}, server::Transport::Tls);
    return plainAddress(address, bound.port).display();
}

QStringList Hosting::addresses() const
{
    QStringList all;
    for (const Endpoint &endpoint : m_bound) {
        QStringList hosts{endpoint.address};
        if (isAny(endpoint))
            hosts = wiring::OwnAddresses::reachable();
        if (hosts.isEmpty()) // no network now: only this machine can come
            hosts << u"127.0.0.1"_s;
        for (const QString &host : hosts)
            all << shown(host, endpoint);
    }
    all.removeDuplicates();
    return all;
}

QString Hosting::sentence(const channels::Error &error) const
{
    QStringList wanted;
    QStringList ports;
    for (const Endpoint &endpoint : m_config.listen) {
        wanted << plainAddress(endpoint.address, endpoint.port).display();
        ports << QString::number(endpoint.port);
    }
    ports.removeDuplicates();
    if (error.code == "address_in_use"_L1)
        return tr("Port %1 is in use by another program. Choose another port, or 0 for a free one.")
            .arg(ports.join(u", "_s));
    if (error.code == "address_not_available"_L1)
        return tr("This computer cannot host at %1. Choose an address of its own, or 0.0.0.0 for "
                  "all of them.")
            .arg(wanted.join(u", "_s));
    if (error.code == "not_allowed"_L1)
        return tr("Hosting at port %1 is not allowed. Ports under 1024 need rights: choose a "
                  "higher one.")
            .arg(ports.join(u", "_s));
    return error.message;
}

client::KeyTrust Hosting::ownTrust() const
{
    return {nullptr, ownAddress().secure ? m_fingerprint : QByteArray()};
}

HostAddress Hosting::ownAddress() const
{
    HostAddress address;
    if (m_bound.isEmpty())
        return address;
    const Endpoint &first = m_bound.constFirst();
    address.host = isAny(first) ? u"127.0.0.1"_s : first.address;
    address.port = first.port;
    address.secure = wiring::transportAt(m_config, first) == server::Transport::Tls;
    return address;
}

} // namespace parlour
