// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/key_proof.h"

#include "chat/token_store.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace parlour::chat {

QByteArray proofMessage(const QByteArray &nonce, const QByteArray &fingerprint)
{
    // With its zero, so that no other use of the key signs anything that begins like it.
    return QByteArray("parlour.v1\0", 11) + nonce + fingerprint;
}

QString personIdOfKey(const QByteArray &publicKey)
{
    const QByteArray hash = QCryptographicHash::hash(publicKey, QCryptographicHash::Sha256);
    return u"p-"_s + QString::fromLatin1(hash.first(16).toHex());
}

KeyChallenge::KeyChallenge(HelloFrame hello, const QByteArray &fingerprint)
    : m_hello(std::move(hello))
    , m_frame{randomBytes(KeySizes::Nonce), fingerprint}
{
}

bool KeyChallenge::isAnsweredBy(const ProofFrame &proof, const KeyVerifier &verify) const
{
    return verify
        && verify(m_hello.key, proofMessage(m_frame.nonce, m_frame.fingerprint), proof.signature);
}

} // namespace parlour::chat
