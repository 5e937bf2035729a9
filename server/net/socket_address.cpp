// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/socket_address.h"

#include <QHostAddress>

#include <cstring>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>

using namespace Qt::StringLiterals;

namespace parlour::server {

void resetAtClose(int descriptor)
{
    const linger atOnce{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
}

QString inWords(const channels::Endpoint &end)
{
    const bool isV6 = end.address.contains(u':');
    return (isV6 ? u"[%1]:%2"_s : u"%1:%2"_s).arg(end.address).arg(end.port);
}

std::optional<SocketAddress> SocketAddress::parse(const QString &address, quint16 port)
{
    QHostAddress parsed;
    if (!parsed.setAddress(address))
        return {};
    SocketAddress result;
    if (parsed.protocol() == QAbstractSocket::IPv4Protocol) {
        auto *v4 = reinterpret_cast<sockaddr_in *>(&result.m_storage);
        v4->sin_family = AF_INET;
        v4->sin_port = htons(port);
        v4->sin_addr.s_addr = htonl(parsed.toIPv4Address());
        return result;
    }
    auto *v6 = reinterpret_cast<sockaddr_in6 *>(&result.m_storage);
    v6->sin6_family = AF_INET6;
    v6->sin6_port = htons(port);
    const Q_IPV6ADDR bytes = parsed.toIPv6Address();
    std::memcpy(&v6->sin6_addr, &bytes, sizeof bytes);
    const QByteArray scope = parsed.scopeId().toUtf8();
    if (!scope.isEmpty())
        v6->sin6_scope_id = ::if_nametoindex(scope.constData());
    return result;
}

SocketAddress SocketAddress::ofSocket(int descriptor)
{
    SocketAddress result;
    socklen_t size = sizeof result.m_storage;
    ::getsockname(descriptor, reinterpret_cast<sockaddr *>(&result.m_storage), &size);
    return result;
}

SocketAddress SocketAddress::ofPeer(int descriptor)
{
    SocketAddress result;
    socklen_t size = sizeof result.m_storage;
    ::getpeername(descriptor, reinterpret_cast<sockaddr *>(&result.m_storage), &size);
    return result;
}

socklen_t SocketAddress::size() const
{
    return family() == AF_INET ? sizeof(sockaddr_in) : sizeof(sockaddr_in6);
}

bool SocketAddress::isAnyV6() const
{
    const auto *v6 = reinterpret_cast<const sockaddr_in6 *>(&m_storage);
    return family() == AF_INET6 && IN6_IS_ADDR_UNSPECIFIED(&v6->sin6_addr);
}

channels::Endpoint SocketAddress::endpoint() const
{
    QHostAddress address(data());
    const auto *v6 = reinterpret_cast<const sockaddr_in6 *>(&m_storage);
    if (family() == AF_INET6 && IN6_IS_ADDR_V4MAPPED(&v6->sin6_addr))
        address = QHostAddress(address.toIPv4Address());
    const in_port_t port = family() == AF_INET
        ? reinterpret_cast<const sockaddr_in *>(&m_storage)->sin_port
        : v6->sin6_port;
    return {address.toString(), ntohs(port)};
}

} // namespace parlour::server
