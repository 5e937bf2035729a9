// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "wiring/own_addresses.h"

#include <QHostInfo>
#include <QNetworkInterface>

namespace parlour::wiring {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto MaxAge = 5s;

/// As text without the zone of a link-local address: browsers leave it out of the Host header.
QString plainText(QHostAddress address)
{
    address.setScopeId(QString());
    return address.toString().toLower();
}

} // namespace

bool OwnAddresses::contains(const QString &host)
{
    const auto now = std::chrono::steady_clock::now();
    if (m_names.isEmpty() || now - m_read > MaxAge) {
        m_read = now;
        refresh();
    }
    const QHostAddress address(host);
    return m_names.contains(address.isNull() ? host : plainText(address));
}

void OwnAddresses::refresh()
{
    const QStringList own = names();
    m_names = QSet<QString>(own.begin(), own.end());
    for (const QHostAddress &address : QNetworkInterface::allAddresses())
        m_names << plainText(address);
}

QStringList OwnAddresses::names()
{
    QStringList all;
    const QString name = QHostInfo::localHostName().toLower();
    const QString domain = QHostInfo::localDomainName().toLower();
    if (!name.isEmpty())
        all << name << name + u".local"_s;
    if (!name.isEmpty() && !domain.isEmpty())
        all << name + u'.' + domain;
    return all;
}

QStringList OwnAddresses::reachable()
{
    QStringList v4;
    QStringList v6;
    for (const QNetworkInterface &interface : QNetworkInterface::allInterfaces()) {
        const auto flags = interface.flags();
        if (!flags.testFlag(QNetworkInterface::IsRunning)
            || flags.testFlag(QNetworkInterface::IsLoopBack))
            continue;
        for (const QNetworkAddressEntry &entry : interface.addressEntries()) {
            const QHostAddress address = entry.ip();
            if (address.isLinkLocal() || address.isLoopback())
                continue;
            (address.protocol() == QAbstractSocket::IPv4Protocol ? v4 : v6) << plainText(address);
        }
    }
    return v4 + v6;
}

} // namespace parlour::wiring
