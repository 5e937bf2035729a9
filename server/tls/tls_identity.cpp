// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "tls/tls_identity.h"

#include "tls/parsed_identity.h"
#include "tls/tls_context.h"

#include <QCryptographicHash>
#include <QHostAddress>
#include <QRegularExpression>
#include <QTimeZone>

#include <algorithm>
#include <array>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

using namespace Qt::StringLiterals;

namespace parlour::server {

using channels::Error;
using channels::Expected;

namespace {

constexpr qsizetype MaxTitle = 64; ///< characters of a common name (RFC 5280, ub-common-name)
constexpr qsizetype MaxNames = 64; ///< a certificate travels in each handshake

struct Free {
    void operator()(BIO *bio) const { BIO_free(bio); }
    void operator()(X509_EXTENSION *extension) const { X509_EXTENSION_free(extension); }
};

template <typename Write>
QByteArray pemOf(const Write &write)
{
    const std::unique_ptr<BIO, Free> bio(BIO_new(BIO_s_mem()));
    if (!bio || write(bio.get()) != 1)
        return {};
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return {data, size};
}

/// "DNS:localhost,IP:127.0.0.1": only what can be no more than one name each.
QByteArray alternativeNames(const QStringList &wanted)
{
    static const QRegularExpression hostName(uR"(\A[a-z0-9_]([a-z0-9-_.]*[a-z0-9])?\z)"_s);
    QStringList all{u"DNS:localhost"_s, u"IP:127.0.0.1"_s, u"IP:::1"_s};
    for (const QString &name : wanted.first(std::min(wanted.size(), MaxNames))) {
        QHostAddress address(name);
        address.setScopeId({});
        const QString lower = name.toLower();
        if (!address.isNull())
            all << u"IP:"_s + address.toString();
        else if (lower.size() < 254 && hostName.match(lower).hasMatch())
            all << u"DNS:"_s + lower;
    }
    all.removeDuplicates();
    return all.join(u',').toLatin1();
}

bool addExtension(X509 *certificate, int nid, const QByteArray &value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    const std::unique_ptr<X509_EXTENSION, Free> extension(
        X509V3_EXT_conf_nid(nullptr, &context, nid, value.constData()));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool setSerial(X509 *certificate)
{
    std::array<unsigned char, 16> random{};
    if (RAND_bytes(random.data(), random.size()) != 1)
        return false;
    random[0] &= 0x7f; // a positive number (RFC 5280, 4.1.2.2)
    BIGNUM *number = BN_bin2bn(random.data(), random.size(), nullptr);
    const bool isSet = number && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate));
    BN_free(number);
    return isSet;
}

bool setName(X509 *certificate, const QString &title)
{
    QString shown = title.left(MaxTitle);
    if (!shown.isEmpty() && shown.back().isHighSurrogate())
        shown.chop(1);
    const QByteArray utf8 = shown.isEmpty() ? QByteArray("Parlour host") : shown.toUtf8();
    X509_NAME *name = X509_get_subject_name(certificate);
    return X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8,
                                      reinterpret_cast<const unsigned char *>(utf8.constData()),
                                      static_cast<int>(utf8.size()), -1, 0)
        == 1
        && X509_set_issuer_name(certificate, name) == 1;
}

bool fill(X509 *certificate, EVP_PKEY *key, const TlsSubject &subject)
{
    return X509_set_version(certificate, X509_VERSION_3) == 1 && setSerial(certificate)
        && ASN1_TIME_set(X509_getm_notBefore(certificate), subject.notBefore.toSecsSinceEpoch())
        && ASN1_TIME_set(X509_getm_notAfter(certificate), subject.notAfter.toSecsSinceEpoch())
        && setName(certificate, subject.title) && X509_set_pubkey(certificate, key) == 1
        && addExtension(certificate, NID_basic_constraints, "critical,CA:FALSE")
        && addExtension(certificate, NID_ext_key_usage, "serverAuth")
        && addExtension(certificate, NID_subject_alt_name, alternativeNames(subject.names))
        && X509_sign(certificate, key, EVP_sha256()) > 0;
}

QDateTime toDateTime(const ASN1_TIME *time)
{
    tm parts{};
    if (ASN1_TIME_to_tm(time, &parts) != 1)
        return {};
    return {QDate(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday),
            QTime(parts.tm_hour, parts.tm_min, parts.tm_sec), QTimeZone::utc()};
}

QString inWords(const ASN1_TIME *time)
{
    return toDateTime(time).toString(u"yyyy-MM-dd HH:mm 'UTC'"_s);
}

Expected<void> checkDates(const X509 *certificate)
{
    const ASN1_TIME *begins = X509_get0_notBefore(certificate);
    const ASN1_TIME *ends = X509_get0_notAfter(certificate);
    if (X509_cmp_current_time(begins) > 0)
        return Error{u"certificate"_s, u"is not valid before %1"_s.arg(inWords(begins))};
    if (X509_cmp_current_time(ends) < 0)
        return Error{u"certificate"_s, u"has expired on %1; get a new one"_s.arg(inWords(ends))};
    return {};
}

} // namespace

Expected<TlsIdentity> makeTlsIdentity(const TlsSubject &subject)
{
    ERR_clear_error();
    const PrivateKey key(EVP_EC_gen("P-256"));
    const Certificate certificate(X509_new());
    if (!key || !certificate || !fill(certificate.get(), key.get(), subject))
        return Error{u"tls"_s, u"no certificate could be made: %1"_s.arg(takeOpenSslError())};
    TlsIdentity made;
    made.certificate = pemOf([&](BIO *bio) { return PEM_write_bio_X509(bio, certificate.get()); });
    made.key = pemOf([&](BIO *bio) {
        return PEM_write_bio_PKCS8PrivateKey(bio, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    });
    if (made.certificate.isEmpty() || made.key.isEmpty())
        return Error{u"tls"_s, u"no certificate could be written: %1"_s.arg(takeOpenSslError())};
    return made;
}

Expected<void> checkTlsIdentity(const TlsIdentity &identity)
{
    const auto parsed = parseIdentity(identity);
    if (!parsed)
        return parsed.error();
    X509 *own = parsed->certificates.front().get();
    if (X509_check_private_key(own, parsed->key.get()) != 1) {
        ERR_clear_error();
        return Error{u"key"_s, u"does not belong to the certificate"_s};
    }
    if (const auto dates = checkDates(own); !dates)
        return dates;
    if (X509_check_purpose(own, X509_PURPOSE_SSL_SERVER, 0) != 1)
        return Error{u"certificate"_s, u"is not meant for servers (its key usage says so)"_s};
    const auto context = TlsContext::make(identity);
    return context ? Expected<void>() : context.error();
}

Expected<QByteArray> publicKeyFingerprint(const QByteArray &certificatePem)
{
    const auto certificates = parseCertificates(certificatePem);
    if (!certificates)
        return certificates.error();
    unsigned char *encoded = nullptr;
    const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificates->front().get()), &encoded);
    if (size <= 0)
        return Error{u"certificate"_s, u"holds no public key (%1)"_s.arg(takeOpenSslError())};
    const QByteArray hash = QCryptographicHash::hash(
        QByteArrayView(reinterpret_cast<const char *>(encoded), size), QCryptographicHash::Sha256);
    OPENSSL_free(encoded);
    return hash;
}

Expected<QDateTime> certificateExpiry(const QByteArray &certificatePem)
{
    const auto certificates = parseCertificates(certificatePem);
    if (!certificates)
        return certificates.error();
    return toDateTime(X509_get0_notAfter(certificates->front().get()));
}

} // namespace parlour::server
