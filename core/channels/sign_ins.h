// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/application.h"
#include "channels/close_codes.h"
#include "channels/expected.h"

#include <functional>
#include <memory>
#include <optional>

namespace parlour::channels {

/// Who is signed in, by the session, and on which open connections. A connection that a logout or a
/// ban ends is closed as if its consumer had closed it: a WebSocket with a code, a handshake that
/// waits with 401, an answer in parts with its end. Lives in the server thread; the applications
/// made of it keep what they need. Counterpart: channels.auth; there a logout leaves open sockets
/// as they are.
class SignIns
{
public:
    /// Finds a person again by the id that the session has; nothing: that person is nobody (any
    /// more). Without it the session's own word counts.
    using FindUser = std::function<std::optional<User>(const QString &id)>;

    explicit SignIns(FindUser findUser = {});

    /// Fills scope.user from the session and notes the connection; a banned person is refused with
    /// 403. Stands inside of the sessionMiddleware. Counterpart: AuthMiddleware.
    Application middleware(Application inner) const;

    /// Signs this conversation's session in: under a new key, and with nothing of what another
    /// person left in it. Before the answer is sent, since the browser gets the new key with it.
    /// Fails where there is no session (no_session), for somebody without an id (no_user) and for a
    /// banned person (banned).
    Expected<void> login(Scope &scope, const User &user) const;
    /// Ends this conversation's session, and closes that person's open connections, of other
    /// browsers too; a page that signs somebody out still answers. Returns how many it closed.
    int logout(Scope &scope, int code = close_code::Normal,
               const QString &reason = QStringLiteral("signed out")) const;

    /// Closes that person's open connections and refuses further ones. Returns how many it closed.
    int ban(const QString &userId, int code = close_code::PolicyViolation,
            const QString &reason = QStringLiteral("banned")) const;
    void unban(const QString &userId) const;
    bool isBanned(const QString &userId) const;
    /// Open connections of that person.
    int connections(const QString &userId) const;

private:
    class Registry;
    std::shared_ptr<Registry> m_registry;
};

} // namespace parlour::channels
