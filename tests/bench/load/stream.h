// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <string_view>
#include <sys/types.h>

namespace parlour::bench {

/// A client's socket that never blocks, with TLS over it where a context is given. The server's
/// certificate is not looked at: what is measured is our own.
class Stream
{
public:
    /// Connects to 127.0.0.1 from the address 127.0.0.`host`.
    Stream(in_port_t port, int host, SSL_CTX *tls);
    ~Stream();
    Stream(const Stream &) = delete;
    Stream &operator=(const Stream &) = delete;

    int descriptor() const { return m_descriptor; }

    enum class Opening { Pending, Open, Failed };
    /// To be asked whenever the socket is ready, until it is open.
    Opening open();
    /// Bytes read; 0 at the end, -1 where there are none now.
    ssize_t read(char *buffer, size_t size);
    /// Bytes taken; -1 where none can be now, or never again.
    ssize_t write(std::string_view bytes);

private:
    struct FreeSession {
        void operator()(SSL *session) const { SSL_free(session); }
    };

    int m_descriptor = -1;
    std::unique_ptr<SSL, FreeSession> m_tls;
    bool m_isConnected = false;
};

} // namespace parlour::bench
