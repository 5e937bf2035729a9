// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/owner.h"

using namespace Qt::StringLiterals;

namespace parlour::chat {

namespace {

// Looks at every byte, so that the time it takes tells nothing about where two tokens differ.
bool isSame(const QByteArray &a, const QByteArray &b)
{
    if (a.size() != b.size())
        return false;
    unsigned char difference = 0;
    for (qsizetype i = 0; i < a.size(); ++i)
        difference |= static_cast<unsigned char>(a.at(i) ^ b.at(i));
    return difference == 0;
}

} // namespace

channels::Authenticate ownerByToken(const QByteArray &token)
{
    return [token = token.toLower()](const channels::Scope &scope) {
        channels::User user;
        if (!token.isEmpty() && isSame(channels::bearerToken(scope).toLower(), token))
            user.role = u"owner"_s;
        return user;
    };
}

} // namespace parlour::chat
