// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QStringList>

namespace parlour::chat {

/// What two people read out to each other to know that one sees the key of the other's host: six
/// groups of five digits, the same in every language. Each group is five bytes of the key's
/// fingerprint (SHA-256 of its SubjectPublicKeyInfo), big-endian, modulo 100,000; the last two
/// bytes are left over. Empty for what is no fingerprint.
QStringList safetyNumberGroups(const QByteArray &fingerprint);

/// The groups with spaces between them.
QString safetyNumber(const QByteArray &fingerprint);

} // namespace parlour::chat
