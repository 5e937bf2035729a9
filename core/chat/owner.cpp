// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/owner.h"

#include "channels/secrets.h"

using namespace Qt::StringLiterals;

namespace parlour::chat {

channels::Authenticate ownerByToken(const QByteArray &token)
{
    return [token = token.toLower()](const channels::Scope &scope) {
        channels::User user;
        if (!token.isEmpty()
            && channels::isSameInConstantTime(channels::bearerToken(scope).toLower(), token))
            user.role = u"owner"_s;
        return user;
    };
}

} // namespace parlour::chat
