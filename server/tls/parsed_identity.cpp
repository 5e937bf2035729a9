// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "tls/parsed_identity.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

using namespace Qt::StringLiterals;

namespace parlour::server {

using channels::Error;
using channels::Expected;

namespace {

constexpr size_t MaxChain = 16; ///< certificates; a handshake carries all of them

struct FreeBio {
    void operator()(BIO *bio) const { BIO_free(bio); }
};
using Bio = std::unique_ptr<BIO, FreeBio>;

Bio reading(const QByteArray &pem)
{
    return Bio(BIO_new_mem_buf(pem.constData(), static_cast<int>(pem.size())));
}

Error badCertificate(const QString &message)
{
    return {u"certificate"_s, message};
}

/// Nobody is there to be asked for a password.
int noPassword(char *, int, int, void *wasAsked)
{
    *static_cast<bool *>(wasAsked) = true;
    return -1;
}

} // namespace

void OpenSslFree::operator()(x509_st *certificate) const
{
    X509_free(certificate);
}

void OpenSslFree::operator()(evp_pkey_st *key) const
{
    EVP_PKEY_free(key);
}

QString takeOpenSslError()
{
    const unsigned long error = ERR_peek_last_error();
    ERR_clear_error();
    const char *reason = ERR_reason_error_string(error);
    return reason ? QString::fromLatin1(reason) : u"unknown error"_s;
}

Expected<std::vector<Certificate>> parseCertificates(const QByteArray &pem)
{
    ERR_clear_error();
    const Bio bio = reading(pem);
    std::vector<Certificate> all;
    while (X509 *next = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)) {
        all.emplace_back(next);
        if (all.size() > MaxChain)
            return badCertificate(u"holds more than %1 certificates"_s.arg(MaxChain));
    }
    const bool atEnd = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
    const QString reason = takeOpenSslError();
    if (!atEnd)
        return badCertificate(
            u"certificate %1 in it cannot be read (%2)"_s.arg(all.size() + 1).arg(reason));
    if (all.empty())
        return badCertificate(u"holds no certificate in PEM form"_s);
    return all;
}

Expected<PrivateKey> parseKey(const QByteArray &pem)
{
    ERR_clear_error();
    const Bio bio = reading(pem);
    bool wasAsked = false;
    PrivateKey key(PEM_read_bio_PrivateKey(bio.get(), nullptr, noPassword, &wasAsked));
    if (key)
        return key;
    const QString reason = takeOpenSslError();
    if (wasAsked)
        return Error{u"key"_s, u"is locked with a password; give one without"_s};
    if (!pem.contains("PRIVATE KEY-----"))
        return Error{u"key"_s, u"holds no private key in PEM form"_s};
    return Error{u"key"_s, u"cannot be read as a private key (%1)"_s.arg(reason)};
}

Expected<ParsedIdentity> parseIdentity(const TlsIdentity &identity)
{
    auto certificates = parseCertificates(identity.certificate);
    if (!certificates)
        return certificates.error();
    auto key = parseKey(identity.key);
    if (!key)
        return key.error();
    return ParsedIdentity{std::move(*certificates), std::move(*key)};
}

} // namespace parlour::server
