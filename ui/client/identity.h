// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"

#include <QByteArray>
#include <QString>

#include <memory>

using EVP_PKEY = struct evp_pkey_st;

namespace parlour::client {

/// The key by which hosts know the person of this app: an Ed25519 pair (RFC 8032). A value that
/// shares the key; the private half does not leave it.
class Identity
{
public:
    /// The key in this file (PKCS #8 in PEM, mode 0600), made where there is none. Fails (data)
    /// with words that name the file: it holds no such key, or cannot be read or written.
    static channels::Expected<Identity> open(const QString &file);

    /// 32 bytes.
    QByteArray publicKey() const;
    /// 64 bytes; empty where OpenSSL has no memory left.
    QByteArray sign(const QByteArray &message) const;

private:
    explicit Identity(std::shared_ptr<EVP_PKEY> key);

    static channels::Expected<Identity> read(const QString &name);
    static channels::Expected<Identity> make(const QString &name);

    std::shared_ptr<EVP_PKEY> m_key;
};

} // namespace parlour::client
