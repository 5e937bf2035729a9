// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/key_guard.h"

#include "client/host_key.h"

#include <QDateTime>

namespace parlour::client {

KeyGuard::KeyGuard(const HostAddress &address, KeyTrust trust)
    : m_address(address.display())
    , m_hostName(address.host)
    , m_trust(std::move(trust))
{
    if (!m_trust.known)
        m_trust.known = std::make_shared<KnownHosts>();
}

bool KeyGuard::isPinned() const
{
    return known().has_value();
}

std::optional<KnownKey> KeyGuard::known() const
{
    if (!m_trust.onlyKey.isEmpty())
        return KnownKey{m_trust.onlyKey, 0, false};
    return m_trust.known->find(m_address);
}

void KeyGuard::forgetShown()
{
    m_shown = {};
    m_before.reset();
}

bool KeyGuard::accept(const QList<QSslCertificate> &chain)
{
    m_shown = {chain.isEmpty() ? QByteArray() : keyFingerprint(chain.constFirst()),
               QDateTime::currentMSecsSinceEpoch()};
    if (m_shown.fingerprint.isEmpty())
        return false;
    const auto before = known();
    if (before && before->fingerprint == m_shown.fingerprint) {
        m_shown.since = before->since;
        m_isVouched = before->isVouched;
        return true;
    }
    m_isVouched = m_trust.onlyKey.isEmpty() && isVouched(chain, m_hostName);
    if (!before || (before->isVouched && m_isVouched))
        return true;
    m_before = chat::HostKey{before->fingerprint, before->since};
    return false;
}

bool KeyGuard::remember()
{
    const auto before = known();
    if (m_shown.fingerprint.isEmpty() || m_before || !m_trust.onlyKey.isEmpty()
        || (before && before->fingerprint == m_shown.fingerprint))
        return true;
    if (before && !(before->isVouched && m_isVouched))
        return false;
    m_isNew = !before;
    m_trust.known->remember(m_address, {m_shown.fingerprint, m_shown.since, m_isVouched});
    return true;
}

} // namespace parlour::client
