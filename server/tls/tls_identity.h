// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"

#include <QByteArray>
#include <QDateTime>
#include <QStringList>

namespace parlour::server {

/// What a host proves itself with: a certificate, and the private key that belongs to it. A value;
/// whoever keeps it keeps a secret.
struct TlsIdentity {
    QByteArray certificate; ///< PEM: the host's own first, then what leads to a known authority
    QByteArray key; ///< PEM, without a password

    bool isEmpty() const { return certificate.isEmpty() && key.isEmpty(); }
    friend bool operator==(const TlsIdentity &, const TlsIdentity &) = default;
};

/// What a host's own certificate says.
struct TlsSubject {
    QString title = QStringLiteral("Parlour host"); ///< at most 64 characters are written
    QStringList names; ///< names and numeric addresses besides localhost, 127.0.0.1 and ::1
    /// A day of patience with clocks that differ; people pin the key, so it is meant to stay.
    QDateTime notBefore = QDateTime::currentDateTimeUtc().addDays(-1);
    QDateTime notAfter = QDateTime::currentDateTimeUtc().addYears(20);
};

/// A new P-256 key with a certificate that it has signed itself. Names that are neither a host name
/// in ASCII nor an address are left out. Fails (tls) where the system gives no random numbers.
channels::Expected<TlsIdentity> makeTlsIdentity(const TlsSubject &subject);

/// Whether a server can be run with it today: both parts can be read, the key belongs to the
/// certificate, which is valid now, meant for servers, and strong enough for TLS. Fails with the
/// code "certificate" or "key", whichever is at fault, and words that say what is wrong with it.
channels::Expected<void> checkTlsIdentity(const TlsIdentity &identity);

/// SHA-256 of the first certificate's SubjectPublicKeyInfo (as in RFC 7469): 32 bytes, the same
/// for each certificate that is ever made for the key. Fails (certificate) where there is none.
channels::Expected<QByteArray> publicKeyFingerprint(const QByteArray &certificatePem);

/// When the first certificate ends. Fails (certificate) where there is none.
channels::Expected<QDateTime> certificateExpiry(const QByteArray &certificatePem);

} // namespace parlour::server
