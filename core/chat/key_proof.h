// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/frames.h"

#include <functional>

/// How a client shows that it holds the private half of the key by which a host knows its person.
namespace parlour::chat {

/// Bytes on the wire, before they are written as base64url.
struct KeySizes {
    static constexpr qsizetype PublicKey = 32; ///< Ed25519, RFC 8032
    static constexpr qsizetype Signature = 64;
    static constexpr qsizetype Nonce = 32;
    static constexpr qsizetype Fingerprint = 32; ///< SHA-256 of the host's SubjectPublicKeyInfo
};

/// Whether `signature` is that of the holder of `publicKey` (Ed25519) over `message`. Called in the
/// server thread.
using KeyVerifier = std::function<bool(const QByteArray &publicKey, const QByteArray &message,
                                       const QByteArray &signature)>;

/// What the client signs: it holds for one challenge of one host. `fingerprint` is empty over
/// plain.
QByteArray proofMessage(const QByteArray &nonce, const QByteArray &fingerprint);

/// The id of a key's person: the same over restarts of a host.
QString personIdOfKey(const QByteArray &publicKey);

/// One question to one client, whose answer counts once.
class KeyChallenge
{
public:
    /// With 32 new random bytes. `hello` names a key.
    KeyChallenge(HelloFrame hello, const QByteArray &fingerprint);

    const HelloFrame &hello() const { return m_hello; }
    const ChallengeFrame &frame() const { return m_frame; }
    bool isAnsweredBy(const ProofFrame &proof, const KeyVerifier &verify) const;

private:
    HelloFrame m_hello;
    ChallengeFrame m_frame;
};

} // namespace parlour::chat
