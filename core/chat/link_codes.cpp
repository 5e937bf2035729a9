// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/link_codes.h"

#include "chat/token_store.h"

#include <QCryptographicHash>

#include <algorithm>
#include <iterator>

namespace parlour::chat {

namespace {

constexpr int CodeBytes = 16;

QByteArray hashOfCode(const QString &code)
{
    return QCryptographicHash::hash(code.toUtf8(), QCryptographicHash::Sha256);
}

} // namespace

QString LinkCodes::issue(const QString &personId, Time now)
{
    forgetExpired(now);
    if (!makeRoomFor(personId))
        return {};
    const QString code = QString::fromLatin1(randomBytes(CodeBytes).toBase64(
        QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
    m_codes.push_back({hashOfCode(code), personId, now + Lifetime});
    m_byHash.insert(m_codes.back().hash, std::prev(m_codes.end()));
    return code;
}

// Found by its hash, so that the time it takes tells nothing about the code.
QString LinkCodes::personOf(const QString &code, Time now)
{
    forgetExpired(now);
    const auto found = m_byHash.constFind(hashOfCode(code));
    return found == m_byHash.constEnd() ? QString() : (*found)->personId;
}

QString LinkCodes::take(const QString &code, Time now)
{
    const QString person = personOf(code, now);
    if (!person.isEmpty())
        forget(m_byHash.value(hashOfCode(code)));
    return person;
}

void LinkCodes::forgetExpired(Time now)
{
    while (!m_codes.empty() && m_codes.front().end <= now)
        forget(m_codes.begin());
}

bool LinkCodes::makeRoomFor(const QString &personId)
{
    const auto isTheirs = [&](const Issued &code) { return code.personId == personId; };
    if (std::count_if(m_codes.begin(), m_codes.end(), isTheirs) >= MaxCodesOfPerson)
        forget(std::find_if(m_codes.begin(), m_codes.end(), isTheirs));
    return size() < MaxCodes;
}

void LinkCodes::forget(Codes::iterator code)
{
    m_byHash.remove(code->hash);
    m_codes.erase(code);
}

} // namespace parlour::chat
