// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QList>
#include <QSslCertificate>
#include <QSslConfiguration>

namespace parlour::client {

/// SHA-256 of the certificate's SubjectPublicKeyInfo (as in RFC 7469): 32 bytes, the same for each
/// certificate that is ever made for the key. Empty where there is none.
QByteArray keyFingerprint(const QSslCertificate &certificate);

/// Whether an authority that this system trusts stands for the chain, for this name, today.
bool isVouched(const QList<QSslCertificate> &chain, const QString &hostName);

/// TLS 1.2 or later. Without authorities every certificate has an error, so that every one comes
/// through QSslSocket::sslErrors() and is judged before the first byte of ours leaves.
QSslConfiguration tlsConfiguration();

} // namespace parlour::client
