// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/identity.h"

#include "client/owner_only.h"

#include <QFile>
#include <QSaveFile>

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

namespace parlour::client {

using namespace Qt::StringLiterals;
using channels::Error;
using channels::Expected;

namespace {

constexpr qsizetype MaxKeyFileBytes = 4096;
constexpr size_t PublicKeySize = 32;
constexpr size_t SignatureSize = 64;

using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;

/// Takes the key; null where there is none, or one of another kind.
std::shared_ptr<EVP_PKEY> owned(EVP_PKEY *key)
{
    std::shared_ptr<EVP_PKEY> shared(key, &EVP_PKEY_free);
    if (key && EVP_PKEY_get_base_id(key) != EVP_PKEY_ED25519)
        shared.reset();
    ERR_clear_error();
    return shared;
}

// A file with a password would make OpenSSL ask for it on the terminal.
int noPassword(char * /*buffer*/, int /*size*/, int /*writing*/, void * /*context*/)
{
    return -1;
}

std::shared_ptr<EVP_PKEY> fromPem(QByteArray &pem)
{
    const Bio bio(BIO_new_mem_buf(pem.constData(), int(pem.size())), &BIO_free);
    auto key =
        owned(bio ? PEM_read_bio_PrivateKey(bio.get(), nullptr, &noPassword, nullptr) : nullptr);
    OPENSSL_cleanse(pem.data(), size_t(pem.size()));
    return key;
}

bool writePem(QIODevice &device, EVP_PKEY *key)
{
    const Bio bio(BIO_new(BIO_s_secmem()), &BIO_free);
    if (!bio
        || PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr)
            != 1)
        return false;
    char *pem = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &pem);
    return size > 0 && device.write(pem, size) == size;
}

} // namespace

Identity::Identity(std::shared_ptr<EVP_PKEY> key)
    : m_key(std::move(key))
{
}

Expected<Identity> Identity::open(const QString &file)
{
    return QFile::exists(file) ? read(file) : make(file);
}

Expected<Identity> Identity::read(const QString &name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return Error{u"data"_s, u"%1: cannot be read: %2."_s.arg(name, file.errorString())};
    file.setPermissions(OwnerOnly); // whoever copied it may have forgotten
    QByteArray pem = file.read(MaxKeyFileBytes);
    auto key = fromPem(pem);
    if (key)
        return Identity(std::move(key));
    return Error{
        u"data"_s,
        u"%1: does not hold an Ed25519 key. Put it back from a copy, or delete it to get a "
        u"new one: hosts will take you for somebody new."_s.arg(name)};
}

Expected<Identity> Identity::make(const QString &name)
{
    auto key = owned(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
    if (!key)
        return Error{u"data"_s, u"%1: no key could be made for it."_s.arg(name)};
    QSaveFile file(name);
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(OwnerOnly)
        || !writePem(file, key.get()) || !file.commit())
        return Error{u"data"_s, u"%1: cannot be written: %2."_s.arg(name, file.errorString())};
    return Identity(std::move(key));
}

QByteArray Identity::publicKey() const
{
    QByteArray raw(PublicKeySize, '\0');
    size_t size = PublicKeySize;
    EVP_PKEY_get_raw_public_key(m_key.get(), reinterpret_cast<unsigned char *>(raw.data()), &size);
    return raw;
}

QByteArray Identity::sign(const QByteArray &message) const
{
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                          &EVP_MD_CTX_free);
    QByteArray signature(SignatureSize, '\0');
    size_t size = SignatureSize;
    const bool isSigned = context
        && EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, m_key.get()) == 1
        && EVP_DigestSign(context.get(), reinterpret_cast<unsigned char *>(signature.data()), &size,
                          reinterpret_cast<const unsigned char *>(message.constData()),
                          size_t(message.size()))
            == 1;
    return isSigned ? signature : QByteArray();
}

} // namespace parlour::client
