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
    connect(&m_thread, &HostThread::failed, this,
            [this](const channels::Error &error) { Q_EMIT failed(sentence(error)); });
    connect(&m_thread, &HostThread::stopped, this, [this] {
        m_bound.clear();
        Q_EMIT stopped();
    });
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
    // The reason goes to others, in the language of the protocol.
    m_thread.stop(channels::close_code::GoingAway, u"The host stopped."_s);
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

QString Hosting::sentence(const channels::Error &error) const
{
    QStringList wanted;
    QStringList ports;
    for (const Endpoint &endpoint : m_config.listen) {
        wanted << shown(endpoint.address, endpoint.port);
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
