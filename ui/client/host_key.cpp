// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/host_key.h"

#include <QCryptographicHash>
#include <QSslError>
#include <QSslSocket>

#include <memory>
#include <openssl/err.h>
#include <openssl/x509.h>

namespace parlour::client {

// Not QSslKey::toDer(), which knows RSA, DSA and EC alone.
QByteArray keyFingerprint(const QSslCertificate &certificate)
{
    const QByteArray der = certificate.toDer();
    const auto *in = reinterpret_cast<const unsigned char *>(der.constData());
    const std::unique_ptr<X509, decltype(&X509_free)> parsed(d2i_X509(nullptr, &in, der.size()),
                                                             &X509_free);
    unsigned char *spki = nullptr;
    const int size = parsed ? i2d_X509_PUBKEY(X509_get_X509_PUBKEY(parsed.get()), &spki) : 0;
    const std::unique_ptr<unsigned char, void (*)(unsigned char *)> owner(
        spki, [](unsigned char *bytes) { OPENSSL_free(bytes); });
    ERR_clear_error();
    if (size <= 0)
        return {};
    return QCryptographicHash::hash(QByteArrayView(spki, size), QCryptographicHash::Sha256);
}

bool isVouched(const QList<QSslCertificate> &chain, const QString &hostName)
{
    return !chain.isEmpty() && QSslCertificate::verify(chain, hostName).isEmpty();
}

QSslConfiguration tlsConfiguration()
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    configuration.setPeerVerifyMode(QSslSocket::VerifyPeer);
    configuration.setCaCertificates({});
    return configuration;
}

} // namespace parlour::client
