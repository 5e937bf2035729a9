// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "tls/tls_context.h"

#include "tls/parsed_identity.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

using namespace Qt::StringLiterals;

namespace parlour::server {

using channels::Error;
using channels::Expected;

namespace {

/// What is agreed to, whatever the identity. The security level (2: keys of 112 bits) is said here,
/// not left to the system's configuration.
void setRules(SSL_CTX *context)
{
    SSL_CTX_set_security_level(context, 2);
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(context, 1);
    // Idle connections are many; their record buffers (33 KiB each) are given back.
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
}

} // namespace

Expected<TlsContext> TlsContext::make(const TlsIdentity &identity)
{
    const auto parsed = parseIdentity(identity);
    if (!parsed)
        return parsed.error();
    ERR_clear_error();
    std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
    if (!context)
        return Error{u"tls"_s, u"TLS cannot be started: %1"_s.arg(takeOpenSslError())};
    setRules(context.get());
    const auto &certificates = parsed->certificates;
    if (SSL_CTX_use_certificate(context.get(), certificates.front().get()) != 1)
        return Error{u"certificate"_s, u"cannot be used for TLS (%1)"_s.arg(takeOpenSslError())};
    for (size_t i = 1; i < certificates.size(); ++i) {
        if (SSL_CTX_add1_chain_cert(context.get(), certificates[i].get()) != 1)
            return Error{u"certificate"_s,
                         u"certificate %1 in it cannot be used for TLS (%2)"_s.arg(i + 1).arg(
                             takeOpenSslError())};
    }
    if (SSL_CTX_use_PrivateKey(context.get(), parsed->key.get()) != 1)
        return Error{u"key"_s, u"cannot be used for TLS (%1)"_s.arg(takeOpenSslError())};
    return TlsContext(std::move(context));
}

} // namespace parlour::server
