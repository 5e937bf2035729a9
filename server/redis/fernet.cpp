// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/fernet.h"

#include "channels/secrets.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QMessageAuthenticationCode>
#include <QtEndian>

#include <memory>
#include <openssl/err.h>
#include <openssl/evp.h>

using namespace Qt::StringLiterals;

namespace parlour::redis {

using channels::Error;
using channels::Expected;

namespace {

constexpr char Version = '\x80';
constexpr qsizetype BlockSize = 16;
constexpr qsizetype TimeEnd = 1 + sizeof(quint64);
constexpr qsizetype HeadSize = TimeEnd + BlockSize; ///< version, time and initialisation vector
constexpr qsizetype SignatureSize = 32;
constexpr qint64 ClockTolerance = 60; ///< seconds
constexpr auto Base64 = QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors;

const unsigned char *octets(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

QByteArray signatureOf(const QByteArray &head, const QByteArray &key)
{
    return QMessageAuthenticationCode::hash(head, key, QCryptographicHash::Sha256);
}

enum class Direction { Decrypt, Encrypt };

/// AES-128 in CBC, padded. Nothing where the padding is wrong.
std::optional<QByteArray> aes(Direction direction, const QByteArray &input, const QByteArray &key,
                              const QByteArray &vector)
{
    const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context(
        EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    QByteArray output(input.size() + BlockSize, Qt::Uninitialized);
    auto *out = reinterpret_cast<unsigned char *>(output.data());
    int body = 0;
    int end = 0;
    const bool isDone = context
        && EVP_CipherInit_ex(context.get(), EVP_aes_128_cbc(), nullptr, octets(key), octets(vector),
                             direction == Direction::Encrypt ? 1 : 0)
            == 1
        && EVP_CipherUpdate(context.get(), out, &body, octets(input), int(input.size())) == 1
        && EVP_CipherFinal_ex(context.get(), out + body, &end) == 1;
    if (!isDone) {
        ERR_clear_error(); // what was refused here is no error of this thread's later calls
        return std::nullopt;
    }
    output.truncate(body + end);
    return output;
}

Error badToken()
{
    return {u"bad_token"_s,
            u"the message is encrypted with another key, altered, too old or none at all"_s};
}

} // namespace

FernetSources FernetSources::ofTheSystem()
{
    return {[] { return QDateTime::currentSecsSinceEpoch(); },
            [] { return channels::randomSecret().first(BlockSize); }};
}

Fernet::Fernet(const QStringList &keys, const FernetSources &sources)
    : m_sources(sources)
{
    for (const QString &key : keys) {
        const auto hash = QCryptographicHash::hash(key.toUtf8(), QCryptographicHash::Sha256);
        m_keys.append({hash.first(BlockSize), hash.sliced(BlockSize)});
    }
}

Expected<QByteArray> Fernet::encrypt(const QByteArray &plain) const
{
    const Key &key = m_keys.constFirst();
    const QByteArray vector = m_sources.initialisationVector();
    const auto cipher = aes(Direction::Encrypt, plain, key.encryption, vector);
    if (!cipher)
        return Error{u"cannot_encrypt"_s, u"OpenSSL cannot encrypt with AES-128-CBC"_s};
    QByteArray made(sizeof(quint64), Qt::Uninitialized);
    qToBigEndian(quint64(m_sources.now()), made.data());
    const QByteArray signedPart = Version + made + vector + *cipher;
    return (signedPart + signatureOf(signedPart, key.signing))
        .toBase64(QByteArray::Base64UrlEncoding);
}

Expected<QByteArray> Fernet::decrypt(QByteArrayView token,
                                     std::optional<std::chrono::seconds> maxAge) const
{
    const auto decoded = QByteArray::fromBase64Encoding(token.toByteArray(), Base64);
    const QByteArray &bytes = *decoded;
    if (!decoded || bytes.size() < HeadSize + SignatureSize || bytes.front() != Version)
        return badToken();
    if (maxAge && !isTimely(qFromBigEndian<quint64>(bytes.constData() + 1), *maxAge))
        return badToken();
    const QByteArray signedPart = bytes.chopped(SignatureSize);
    const QByteArray signature = bytes.last(SignatureSize);
    for (const Key &key : m_keys) {
        if (!channels::isSameInConstantTime(signatureOf(signedPart, key.signing), signature))
            continue;
        const auto plain = aes(Direction::Decrypt, signedPart.sliced(HeadSize), key.encryption,
                               signedPart.sliced(TimeEnd, BlockSize));
        if (plain)
            return *plain;
    }
    return badToken();
}

bool Fernet::isTimely(quint64 made, std::chrono::seconds maxAge) const
{
    const qint64 now = m_sources.now();
    if (made > quint64(now + ClockTolerance))
        return false;
    return qint64(made) + maxAge.count() >= now;
}

} // namespace parlour::redis
