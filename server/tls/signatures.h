// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

namespace parlour::server {

/// Whether `signature` (64 bytes) over `message` is by the Ed25519 key (32 bytes), after RFC 8032,
/// section 5.1.7. Of whatever is no such key or signature it is not. Callable from any thread.
bool isEd25519Signature(const QByteArray &publicKey, const QByteArray &message,
                        const QByteArray &signature);

} // namespace parlour::server
