// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/house_store.h"

#include <QByteArray>
#include <QHash>
#include <QString>

#include <list>

namespace parlour::chat {

/// The tokens by which persons come back, over a restart of the host too. Only hashes are kept, so
/// that nobody who sees them can use them; the least recently used ones are forgotten beyond the
/// bound.
class TokenStore
{
public:
    /// `store` outlives it.
    TokenStore(int maximum, HouseStore &store);

    /// A new token for this person: 32 random bytes, as base64url.
    QString issue(const QString &personId);
    /// The person of a token, or an empty id.
    QString personOf(const QString &token);
    qsizetype size() const { return m_byHash.size(); }

private:
    void forgetExcess();

    int m_maximum;
    HouseStore &m_store;
    std::list<KeptToken> m_used; ///< the most recently used first
    QHash<QByteArray, std::list<KeptToken>::iterator> m_byHash;
};

/// This many bytes of the system's generator.
QByteArray randomBytes(int count);

/// For a person who has no key: known by a token, or a guest.
QString newPersonId();
/// Whether a host made the id so. Such a person is on that host alone; who has a key is the same on
/// all.
bool isIdOfToken(const QString &personId);

} // namespace parlour::chat
