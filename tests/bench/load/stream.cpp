// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "stream.h"

#include <cerrno>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <sys/socket.h>
#include <unistd.h>

namespace parlour::bench {

namespace {

sockaddr_in loopback(int host, in_port_t port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK - 1 + static_cast<in_addr_t>(host));
    return address;
}

void setFlag(int descriptor, int level, int option)
{
    const int yes = 1;
    ::setsockopt(descriptor, level, option, &yes, sizeof yes);
}

} // namespace

Stream::Stream(in_port_t port, int host, SSL_CTX *tls)
    : m_descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0))
{
    setFlag(m_descriptor, IPPROTO_TCP, TCP_NODELAY);
    setFlag(m_descriptor, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT); // each address has all ports
    const sockaddr_in from = loopback(host, 0);
    const sockaddr_in to = loopback(1, port);
    ::bind(m_descriptor, reinterpret_cast<const sockaddr *>(&from), sizeof from);
    ::connect(m_descriptor, reinterpret_cast<const sockaddr *>(&to), sizeof to);
    if (!tls)
        return;
    m_tls.reset(SSL_new(tls));
    SSL_set_fd(m_tls.get(), m_descriptor);
    SSL_set_connect_state(m_tls.get());
}

Stream::~Stream()
{
    ::close(m_descriptor);
}

Stream::Opening Stream::open()
{
    if (!m_isConnected) {
        int error = 0;
        socklen_t size = sizeof error;
        ::getsockopt(m_descriptor, SOL_SOCKET, SO_ERROR, &error, &size);
        if (error != 0)
            return Opening::Failed;
        m_isConnected = true;
    }
    if (!m_tls)
        return Opening::Open;
    ERR_clear_error();
    const int result = SSL_do_handshake(m_tls.get());
    if (result == 1)
        return Opening::Open;
    const int error = SSL_get_error(m_tls.get(), result);
    const bool isPending = error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE;
    return isPending ? Opening::Pending : Opening::Failed;
}

ssize_t Stream::read(char *buffer, size_t size)
{
    if (!m_tls) {
        const ssize_t count = ::recv(m_descriptor, buffer, size, 0);
        return count < 0 && errno != EAGAIN ? 0 : count;
    }
    ERR_clear_error();
    const int count = SSL_read(m_tls.get(), buffer, static_cast<int>(size));
    if (count > 0)
        return count;
    return SSL_get_error(m_tls.get(), count) == SSL_ERROR_WANT_READ ? -1 : 0;
}

ssize_t Stream::write(std::string_view bytes)
{
    if (!m_tls)
        return ::send(m_descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    ERR_clear_error();
    const int count = SSL_write(m_tls.get(), bytes.data(), static_cast<int>(bytes.size()));
    return count > 0 ? count : -1;
}

} // namespace parlour::bench
