// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QHash>
#include <QString>

#include <chrono>
#include <list>

namespace parlour::chat {

/// The codes by which another device comes in as a person who is here: each once, for a few
/// minutes, and not over a restart of the host. Only hashes are kept. Lives in the server thread.
class LinkCodes
{
public:
    using Time = std::chrono::steady_clock::time_point;

    static constexpr std::chrono::seconds Lifetime{300};
    static constexpr qsizetype MaxCodes = 1000;
    static constexpr qsizetype MaxCodesOfPerson = 3;

    /// A new code for this person: 16 random bytes, as base64url. The person's oldest goes where
    /// there would be too many of that person; nobody else's does: empty where all persons together
    /// have too many.
    QString issue(const QString &personId, Time now);
    /// The person of a code that holds still; else an empty id.
    QString personOf(const QString &code, Time now);
    /// The same; the code has been used then.
    QString take(const QString &code, Time now);
    qsizetype size() const { return m_byHash.size(); }

private:
    struct Issued {
        QByteArray hash;
        QString personId;
        Time end;
    };
    using Codes = std::list<Issued>;

    void forgetExpired(Time now);
    bool makeRoomFor(const QString &personId);
    void forget(Codes::iterator code);

    Codes m_codes; ///< the oldest first
    QHash<QByteArray, Codes::iterator> m_byHash;
};

} // namespace parlour::chat
