// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "hosting.h"

#include "channels/close_codes.h"
#include "wiring/own_addresses.h"

#include <QHostAddress>

namespace parlour {

using channels::Endpoint;
using client::HostAddress;
using wiring::HostThread;
using namespace Qt::StringLiterals;

namespace {

bool isAny(const Endpoint &endpoint)
{
    const QHostAddress address(endpoint.address);
    return address == QHostAddress::AnyIPv4 || address == QHostAddress::AnyIPv6;
}

QString shown(const QString &address, quint16 port)
{
    HostAddress host;
    host.host = address;
    host.port = port;
    return host.display();
}

} // namespace

Hosting::Hosting(const wiring::HostConfig &config, bool fixedListen, QObject *parent)
    : QObject(parent)
    , m_config(config)
    , m_fixedListen(fixedListen)
{
    connect(&m_thread, &HostThread::started, this, [this](const QList<Endpoint> &bound) {
        m_bound = bound;
        Q_EMIT started();
    });
    connect(&m_thread, &HostThread::failed, this, &Hosting::failed);
    connect(&m_thread, &HostThread::stopped, this, &Hosting::stopped);
}

void Hosting::start(const wiring::HostingChoice &choice)
{
    m_config.title = choice.title;
    if (!m_fixedListen)
        m_config.listen = {{choice.network ? u"0.0.0.0"_s : u"127.0.0.1"_s, choice.port}};
    m_thread.start(m_config);
}

void Hosting::stop()
{
    m_thread.stop(channels::close_code::GoingAway, tr("The host stopped."));
}

bool Hosting::isOnNetwork() const
{
    return std::any_of(m_bound.begin(), m_bound.end(), [](const Endpoint &endpoint) {
        return !QHostAddress(endpoint.address).isLoopback();
    });
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
            all << shown(host, endpoint.port);
    }
    all.removeDuplicates();
    return all;
}

HostAddress Hosting::ownAddress() const
{
    HostAddress address;
    if (m_bound.isEmpty())
        return address;
    const Endpoint &first = m_bound.constFirst();
    address.host = isAny(first) ? u"127.0.0.1"_s : first.address;
    address.port = first.port;
    return address;
}

} // namespace parlour
