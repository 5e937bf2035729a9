// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"

#include <QByteArray>
#include <QList>
#include <QStringList>

#include <chrono>
#include <functional>
#include <optional>

namespace parlour::redis {

/// Where tokens take their time and chance from; a test gives them.
struct FernetSources {
    /// Seconds since 1970, UTC.
    std::function<qint64()> now;
    /// 16 bytes that nobody can guess.
    std::function<QByteArray()> initialisationVector;

    static FernetSources ofTheSystem();
};

/// Encrypts messages between processes that share keys: the first one encrypts, any of them
/// decrypts, so that keys can be changed one process after the other. A value; used in one thread.
/// Counterpart: channels_redis' MultiFernet over the SHA-256 of every key of
/// symmetric_encryption_keys; the token's form is Fernet's (AES-128-CBC, HMAC-SHA256).
class Fernet
{
public:
    /// At least one key, of any length.
    explicit Fernet(const QStringList &keys,
                    const FernetSources &sources = FernetSources::ofTheSystem());

    /// The token, in ASCII. Fails (cannot_encrypt) only where OpenSSL does.
    channels::Expected<QByteArray> encrypt(const QByteArray &plain) const;

    /// Fails (bad_token) for what is no token of any of the keys and, given a `maxAge`, for one
    /// that is older or more than 60 s ahead of the clock; which of these it is, it tells nobody.
    channels::Expected<QByteArray>
    decrypt(QByteArrayView token, std::optional<std::chrono::seconds> maxAge = std::nullopt) const;

private:
    /// Of one key, each 16 bytes.
    struct Key {
        QByteArray signing;
        QByteArray encryption;
    };

    bool isTimely(quint64 made, std::chrono::seconds maxAge) const;

    QList<Key> m_keys;
    FernetSources m_sources;
};

} // namespace parlour::redis
