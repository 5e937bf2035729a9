// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/listening.h"

#include "net/socket_address.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace parlour::server {

namespace {

channels::Error failure(int error, const QString &where)
{
    switch (error) {
    case EADDRINUSE:
        return {u"address_in_use"_s,
                u"%1 is in use by another program; choose another port, or 0 for a free one"_s.arg(
                    where)};
    case EADDRNOTAVAIL:
    case EAFNOSUPPORT:
    case ENODEV:
        return {
            u"address_not_available"_s,
            u"%1 is not an address of this machine; choose one that is, or 0.0.0.0 for all"_s.arg(
                where)};
    case EACCES:
    case EPERM:
        return {
            u"not_allowed"_s,
            u"listening on %1 is not allowed; ports under 1024 need rights, choose a higher one"_s
                .arg(where)};
    default:
        return {u"address_not_available"_s,
                u"cannot listen on %1: %2"_s.arg(where, QString::fromLocal8Bit(strerror(error)))};
    }
}

/// The descriptor, or -1 with errno set.
int openSocket(const SocketAddress &address, int backlog, bool onlyV6)
{
    const int descriptor =
        ::socket(address.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor < 0)
        return -1;
    const int yes = 1;
    const int v6 = onlyV6 ? 1 : 0;
    ::setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (address.family() == AF_INET6)
        ::setsockopt(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, &v6, sizeof v6);
    if (::bind(descriptor, address.data(), address.size()) == 0
        && ::listen(descriptor, backlog) == 0)
        return descriptor;
    const int error = errno;
    ::close(descriptor);
    errno = error;
    return -1;
}

} // namespace

channels::Expected<Listening> listenOn(const QString &address, quint16 port, int backlog)
{
    QString bare = address.trimmed();
    if (bare.startsWith(u'[') && bare.endsWith(u']'))
        bare = bare.mid(1, bare.size() - 2);
    const auto parsed = SocketAddress::parse(bare, port);
    if (!parsed)
        return channels::Error{
            u"bad_address"_s,
            u"\"%1\" is not a numeric address; write one such as 127.0.0.1 or [::]"_s.arg(address)};
    int descriptor = openSocket(*parsed, backlog, false);
    // Another socket of ours may hold the port for IPv4 already.
    if (descriptor < 0 && errno == EADDRINUSE && parsed->isAnyV6())
        descriptor = openSocket(*parsed, backlog, true);
    if (descriptor < 0)
        return failure(errno, inWords({bare, port}));
    return Listening{descriptor, SocketAddress::ofSocket(descriptor).endpoint()};
}

} // namespace parlour::server
