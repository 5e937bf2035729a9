// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/scope.h"

#include <cstring>
#include <optional>
#include <sys/socket.h>

namespace parlour::server {

/// "127.0.0.1:8765", "[::1]:8765".
QString inWords(const channels::Endpoint &end);

/// When this socket is closed, its peer sees a connection that broke (RST), not one that ended.
void resetAtClose(int descriptor);

/// One end of a socket as the system's calls want it. A value.
class SocketAddress
{
public:
    /// From a numeric address; nothing for anything else. A scope ("%eth0") is kept.
    static std::optional<SocketAddress> parse(const QString &address, quint16 port);
    static SocketAddress ofSocket(int descriptor); ///< this machine's end
    static SocketAddress ofPeer(int descriptor);

    sa_family_t family() const { return m_storage.ss_family; }
    const sockaddr *data() const { return reinterpret_cast<const sockaddr *>(&m_storage); }
    socklen_t size() const;
    bool isAnyV6() const; ///< "::"

    /// An IPv4 address that came in over IPv6 is written as IPv4.
    channels::Endpoint endpoint() const;

    friend bool operator==(const SocketAddress &one, const SocketAddress &other)
    {
        return std::memcmp(&one.m_storage, &other.m_storage, sizeof one.m_storage) == 0;
    }

private:
    sockaddr_storage m_storage{};
};

} // namespace parlour::server
