// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "tls/tls_identity.h"

#include <memory>
#include <vector>

struct evp_pkey_st;
struct x509_st;

namespace parlour::server {

struct OpenSslFree {
    void operator()(x509_st *certificate) const;
    void operator()(evp_pkey_st *key) const;
};
using Certificate = std::unique_ptr<x509_st, OpenSslFree>;
using PrivateKey = std::unique_ptr<evp_pkey_st, OpenSslFree>;

/// An identity as OpenSSL holds it.
struct ParsedIdentity {
    std::vector<Certificate> certificates; ///< at least one, the host's own first
    PrivateKey key;
};

/// Fails (certificate) where there is no certificate or one that cannot be read.
channels::Expected<std::vector<Certificate>> parseCertificates(const QByteArray &pem);
/// Fails (key) where it cannot be read or has a password.
channels::Expected<PrivateKey> parseKey(const QByteArray &pem);
/// Fails as both of these.
channels::Expected<ParsedIdentity> parseIdentity(const TlsIdentity &identity);

/// What OpenSSL says of the error at hand, in its words; forgets all of them.
QString takeOpenSslError();

} // namespace parlour::server
