// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "tls/tls_context.h"

#include <QByteArray>
#include <QByteArrayView>

struct ssl_st;

namespace parlour::server {

/// What passes between the sessions of one thread and their sockets, one session at a time: idle
/// sessions hold no buffers.
struct TlsBuffers {
    QByteArrayView input; ///< received, for the session that is asked next
    QByteArray output; ///< to be sent for the session that was asked last
};

/// The server's end of one TLS connection: bytes in, bytes out, no socket in it. After each call,
/// what stands in TlsBuffers::output is to be taken and sent, whatever the call was: reading has
/// answers too (handshake, tickets, key updates, alerts).
class TlsSession
{
public:
    enum class Status {
        Ok,
        Ended, ///< the client said that it will send no more (close_notify)
        Failed, ///< the session is of no more use; an alert may stand in the output
    };
    struct Result {
        Status status = Status::Ok;
        qsizetype bytes = 0; ///< that were decrypted, also where the status is not Ok
    };
    /// A record's payload, at most; what a session may hold of an unfinished one is little more.
    static constexpr qsizetype MaxRecord = 16384;

    /// `buffers` outlives it.
    TlsSession(const TlsContext &context, TlsBuffers &buffers);

    /// Takes all of the input, for the handshake first. `size`: at least that of the input and two
    /// records.
    Result decrypt(char *target, qsizetype size);
    /// At most MaxRecord bytes, as one record. False: the session has failed.
    bool encrypt(QByteArrayView plain);
    /// Says once that no more will be sent, where that can be said.
    void close();

    bool isEstablished() const { return m_isEstablished; }
    bool hasFailed() const { return m_hasFailed; }

private:
    struct Free {
        void operator()(ssl_st *session) const;
    };

    TlsBuffers &m_buffers;
    std::unique_ptr<ssl_st, Free> m_ssl;
    bool m_isEstablished = false;
    bool m_hasFailed = false;
    bool m_isClosed = false;
};

} // namespace parlour::server
