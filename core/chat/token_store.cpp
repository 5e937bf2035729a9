// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/token_store.h"

#include <QCryptographicHash>
#include <QRandomGenerator>

#include <iterator>

using namespace Qt::StringLiterals;

namespace parlour::chat {

namespace {
constexpr qsizetype IdBytes = 8; ///< those of keys have more

QByteArray hashOf(const QString &token)
{
    return QCryptographicHash::hash(token.toUtf8(), QCryptographicHash::Sha256);
}
} // namespace

QByteArray randomBytes(int count)
{
    QByteArray bytes;
    while (bytes.size() < count) {
        const quint64 random = QRandomGenerator::system()->generate64();
        bytes.append(reinterpret_cast<const char *>(&random), sizeof(random));
    }
    return bytes.first(count);
}

QString newPersonId()
{
    return u"p-"_s + QString::fromLatin1(randomBytes(IdBytes).toHex());
}

bool isIdOfToken(const QString &personId)
{
    return personId.startsWith("p-"_L1) && personId.size() == 2 + 2 * IdBytes;
}

TokenStore::TokenStore(int maximum, HouseStore &store)
    : m_maximum(maximum)
    , m_store(store)
{
    const auto tokens = store.memory().tokens;
    for (const KeptToken &token : tokens) {
        m_used.push_back(token);
        m_byHash.insert(token.hash, std::prev(m_used.end()));
    }
    forgetExcess();
}

QString TokenStore::issue(const QString &personId)
{
    const QString token = QString::fromLatin1(
        randomBytes(32).toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
    m_used.push_front({hashOf(token), personId});
    m_byHash.insert(m_used.front().hash, m_used.begin());
    m_store.keepToken(m_used.front());
    forgetExcess();
    return token;
}

void TokenStore::forgetExcess()
{
    while (m_byHash.size() > m_maximum) {
        m_store.forgetToken(m_used.back().hash);
        m_byHash.remove(m_used.back().hash);
        m_used.pop_back();
    }
}

// Found by its hash, so that the time it takes tells nothing about the token.
QString TokenStore::personOf(const QString &token)
{
    const auto found = m_byHash.find(hashOf(token));
    if (found == m_byHash.end())
        return {};
    m_used.splice(m_used.begin(), m_used, *found);
    m_store.keepToken(m_used.front());
    return m_used.front().personId;
}

} // namespace parlour::chat
