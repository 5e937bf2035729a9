// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/host_key.h"

#include <QCryptographicHash>
#include <QDir>
#include <QSslError>
#include <QSslSocket>
#include <QUrl>

#include <memory>
#include <openssl/err.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <vector>

namespace parlour::client {

namespace {

template <auto Free>
struct FreeWith {
    template <typename T>
    void operator()(T *owned) const
    {
        Free(owned);
    }
};

void freeStack(STACK_OF(X509) * stack)
{
    sk_X509_free(stack); // not what is in it
}

using X509Ptr = std::unique_ptr<X509, FreeWith<&X509_free>>;
using StackPtr = std::unique_ptr<STACK_OF(X509), FreeWith<&freeStack>>;
using StorePtr = std::unique_ptr<X509_STORE, FreeWith<&X509_STORE_free>>;
using CheckPtr = std::unique_ptr<X509_STORE_CTX, FreeWith<&X509_STORE_CTX_free>>;

X509Ptr parsed(const QSslCertificate &certificate)
{
    const QByteArray der = certificate.toDer();
    const auto *in = reinterpret_cast<const unsigned char *>(der.constData());
    return X509Ptr(d2i_X509(nullptr, &in, der.size()));
}

/// Demands a certificate for this name or address.
bool demandName(X509_VERIFY_PARAM *wanted, const QString &hostName)
{
    X509_VERIFY_PARAM_set_auth_level(wanted, 2); // no SHA-1, no short keys
    if (X509_VERIFY_PARAM_set1_ip_asc(wanted, hostName.toLatin1().constData()) == 1)
        return true;
    const QByteArray name = QUrl::toAce(hostName);
    X509_VERIFY_PARAM_set_hostflags(wanted, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    return !name.isEmpty() // which would demand nothing
        && X509_VERIFY_PARAM_set1_host(wanted, name.constData(), size_t(name.size())) == 1;
}

/// Where the system keeps them: by the hashes of their names, or all in one.
enum class Authorities { Folder, File };

Authorities authoritiesHere()
{
    const QDir folder(qEnvironmentVariable(X509_get_default_cert_dir_env(),
                                           QString::fromLocal8Bit(X509_get_default_cert_dir())));
    const bool isHashed = !folder.entryList({QStringLiteral("????????.0")}, QDir::Files).isEmpty();
    return isHashed ? Authorities::Folder : Authorities::File;
}

bool read(X509_STORE *store, Authorities place)
{
    const bool isFolder = place == Authorities::Folder;
    X509_LOOKUP *lookup =
        X509_STORE_add_lookup(store, isFolder ? X509_LOOKUP_hash_dir() : X509_LOOKUP_file());
    if (!lookup)
        return false;
    return isFolder ? X509_LOOKUP_add_dir(lookup, nullptr, X509_FILETYPE_DEFAULT) == 1
                    : X509_LOOKUP_load_file(lookup, nullptr, X509_FILETYPE_DEFAULT) == 1;
}

bool isVouchedBy(Authorities place, STACK_OF(X509) * shown, const QString &hostName)
{
    const StorePtr store(X509_STORE_new());
    const CheckPtr check(X509_STORE_CTX_new());
    return store && check && read(store.get(), place)
        && X509_STORE_CTX_init(check.get(), store.get(), sk_X509_value(shown, 0), shown) == 1
        && X509_STORE_CTX_set_default(check.get(), "ssl_server") == 1
        && demandName(X509_STORE_CTX_get0_param(check.get()), hostName)
        && X509_verify_cert(check.get()) == 1;
}

} // namespace

// Not QSslKey::toDer(), which knows RSA, DSA and EC alone.
QByteArray keyFingerprint(const QSslCertificate &certificate)
{
    const X509Ptr shown = parsed(certificate);
    unsigned char *spki = nullptr;
    const int size = shown ? i2d_X509_PUBKEY(X509_get_X509_PUBKEY(shown.get()), &spki) : 0;
    const std::unique_ptr<unsigned char, void (*)(unsigned char *)> owner(
        spki, [](unsigned char *bytes) { OPENSSL_free(bytes); });
    ERR_clear_error();
    if (size <= 0)
        return {};
    return QCryptographicHash::hash(QByteArrayView(spki, size), QCryptographicHash::Sha256);
}

// Not QSslCertificate::verify(), which reads all authorities of the system first: a tenth of a
// second in which the window would stand still. From a folder OpenSSL takes those alone that the
// chain names. A file is read whole, so it is not asked where a certificate names itself, as those
// of most hosts do.
bool isVouched(const QList<QSslCertificate> &chain, const QString &hostName)
{
    const StackPtr shown(sk_X509_new_null());
    std::vector<X509Ptr> owners;
    for (const QSslCertificate &certificate : chain) {
        owners.push_back(parsed(certificate));
        if (!owners.back() || sk_X509_push(shown.get(), owners.back().get()) == 0)
            return false;
    }
    const Authorities place = authoritiesHere();
    const bool isVouched = !chain.isEmpty()
        && (place == Authorities::Folder || !chain.constFirst().isSelfSigned())
        && isVouchedBy(place, shown.get(), hostName);
    ERR_clear_error();
    return isVouched;
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
