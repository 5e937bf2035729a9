// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "tls/tls_session.h"

#include <algorithm>
#include <cstring>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

namespace parlour::server {

namespace {

TlsBuffers &buffersOf(BIO *bio)
{
    return *static_cast<TlsBuffers *>(BIO_get_data(bio));
}

int readInput(BIO *bio, char *target, int size)
{
    BIO_clear_retry_flags(bio);
    QByteArrayView &input = buffersOf(bio).input;
    const qsizetype count = std::min<qsizetype>(size, input.size());
    if (count <= 0) {
        BIO_set_retry_read(bio);
        return -1;
    }
    std::memcpy(target, input.data(), static_cast<size_t>(count));
    input = input.sliced(count);
    return static_cast<int>(count);
}

// It takes everything, so that OpenSSL never waits for writing: what the socket has not taken is
// known to us to the byte.
int writeOutput(BIO *bio, const char *bytes, int size)
{
    BIO_clear_retry_flags(bio);
    buffersOf(bio).output.append(bytes, size);
    return size;
}

long control(BIO *, int command, long, void *)
{
    return command == BIO_CTRL_FLUSH ? 1 : 0;
}

struct FreeMethod {
    void operator()(BIO_METHOD *method) const { BIO_meth_free(method); }
};

const BIO_METHOD *bufferMethod()
{
    static const std::unique_ptr<BIO_METHOD, FreeMethod> method = [] {
        std::unique_ptr<BIO_METHOD, FreeMethod> made(
            BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "buffers"));
        BIO_meth_set_read(made.get(), readInput);
        BIO_meth_set_write(made.get(), writeOutput);
        BIO_meth_set_ctrl(made.get(), control);
        return made;
    }();
    return method.get();
}

} // namespace

void TlsSession::Free::operator()(ssl_st *session) const
{
    SSL_free(session);
}

TlsSession::TlsSession(const TlsContext &context, TlsBuffers &buffers)
    : m_buffers(buffers)
    , m_ssl(SSL_new(context.handle()))
{
    BIO *bio = m_ssl ? BIO_new(bufferMethod()) : nullptr;
    m_hasFailed = !bio; // no memory
    if (m_hasFailed)
        return;
    BIO_set_data(bio, &m_buffers);
    BIO_set_init(bio, 1);
    SSL_set_bio(m_ssl.get(), bio, bio);
    SSL_set_accept_state(m_ssl.get());
}

// The queue of errors is the thread's: what another call has left there would be taken for ours.
TlsSession::Result TlsSession::decrypt(char *target, qsizetype size)
{
    Result result;
    while (!m_hasFailed && result.bytes < size) {
        ERR_clear_error();
        size_t count = 0;
        const int done = SSL_read_ex(m_ssl.get(), target + result.bytes,
                                     static_cast<size_t>(size - result.bytes), &count);
        result.bytes += static_cast<qsizetype>(count);
        if (done == 1)
            continue;
        const int error = SSL_get_error(m_ssl.get(), done);
        if (error == SSL_ERROR_ZERO_RETURN)
            result.status = Status::Ended;
        else
            m_hasFailed = error != SSL_ERROR_WANT_READ;
        break;
    }
    ERR_clear_error();
    if (m_hasFailed)
        result.status = Status::Failed;
    m_isEstablished = m_isEstablished || (!m_hasFailed && SSL_is_init_finished(m_ssl.get()) == 1);
    return result;
}

bool TlsSession::encrypt(QByteArrayView plain)
{
    if (m_hasFailed || m_isClosed || !m_isEstablished)
        return false;
    ERR_clear_error();
    size_t count = 0;
    m_hasFailed =
        SSL_write_ex(m_ssl.get(), plain.data(), static_cast<size_t>(plain.size()), &count) != 1;
    ERR_clear_error();
    return !m_hasFailed;
}

// After a failure it must not be called (OpenSSL, SSL_shutdown(3)), before the handshake's end it
// says nothing.
void TlsSession::close()
{
    if (m_hasFailed || !m_isEstablished || std::exchange(m_isClosed, true))
        return;
    ERR_clear_error();
    SSL_shutdown(m_ssl.get());
    ERR_clear_error();
}

} // namespace parlour::server
