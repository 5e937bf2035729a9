// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/client_state.h"
#include "client/host_address.h"
#include "client/known_hosts.h"

#include <QList>
#include <QSslCertificate>

namespace parlour::client {

/// Which keys a client accepts of its host.
struct KeyTrust {
    std::shared_ptr<KnownHosts> known; ///< null: what is met in this connection alone
    QByteArray onlyKey; ///< of the host inside this app: no other will do, none is remembered
};

/// Judges the key that a host shows: trusted on first use, and held to from then on. A host for
/// which an authority of the system stood at first may change its key as long as one still does:
/// such certificates are renewed with new keys every few weeks.
class KeyGuard
{
public:
    KeyGuard(const HostAddress &address, KeyTrust trust);

    /// Whether the host has a key that it must show: then it is never called without TLS.
    bool isPinned() const;

    /// A new connection is tried: nothing is shown yet.
    void forgetShown();
    /// The host shows this chain, its own certificate first. False: it is not the key that is
    /// known; nothing may be said to it.
    bool accept(const QList<QSslCertificate> &chain);
    /// The connection turned out to be one to a Parlour host: its key is remembered.
    /// False: another connection has remembered another key since this one was judged.
    bool remember();

    /// What is shown; without a fingerprint where nothing is.
    const chat::HostKey &shown() const { return m_shown; }
    /// The known key, after a refusal.
    const std::optional<chat::HostKey> &before() const { return m_before; }
    /// Whether the shown key was not known before this object was made.
    bool isNew() const { return m_isNew; }

private:
    std::optional<KnownKey> known() const;

    QString m_address;
    QString m_hostName;
    KeyTrust m_trust;
    chat::HostKey m_shown;
    bool m_isVouched = false;
    bool m_isNew = false;
    std::optional<chat::HostKey> m_before;
};

} // namespace parlour::client
