// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/sign_ins.h"

#include "channels/middleware.h"
#include "channels/refusal.h"
#include "channels/session.h"
#include "channels/sign_in.h"

#include <QHash>
#include <QSet>

#include <utility>

using namespace Qt::StringLiterals;

namespace parlour::channels {

namespace {

const QString idKey = u"_user_id"_s;
const QString nameKey = u"_user_name"_s;
const QString roleKey = u"_user_role"_s;

User userOf(const Session &session)
{
    return {session.value(idKey).toString(), session.value(nameKey).toString(),
            session.value(roleKey).toString()};
}

} // namespace

/// What all applications of one SignIns share.
class SignIns::Registry
{
public:
    void note(const std::shared_ptr<SignIn> &signIn, const QString &userId)
    {
        const QString before = std::exchange(signIn->userId, userId);
        if (!before.isEmpty())
            forget(before, signIn.get());
        if (userId.isEmpty())
            return;
        auto &known = signIns[userId];
        known.removeIf([](const std::weak_ptr<SignIn> &entry) { return entry.expired(); });
        known.append(signIn);
    }

    void forget(const QString &userId, const SignIn *signIn)
    {
        const auto found = signIns.find(userId);
        if (found == signIns.end())
            return;
        found->removeIf([&](const std::weak_ptr<SignIn> &entry) {
            const auto alive = entry.lock();
            return !alive || alive.get() == signIn;
        });
        if (found->isEmpty())
            signIns.erase(found);
    }

    int close(const QString &userId, int code, const QString &reason) const
    {
        int closed = 0;
        const auto known = signIns.value(userId); // a copy: closing may end conversations
        for (const auto &entry : known) {
            const auto signIn = entry.lock();
            if (signIn && signIn->close(code, reason))
                ++closed;
        }
        return closed;
    }

    FindUser findUser;
    QSet<QString> banned;
    QHash<QString, QList<std::weak_ptr<SignIn>>> signIns;
};

SignIns::SignIns(FindUser findUser)
    : m_registry(std::make_shared<Registry>())
{
    m_registry->findUser = std::move(findUser);
}

Application SignIns::middleware(Application inner) const
{
    const Application refused = refusal(403, "Forbidden: you are banned here.\n");
    return [inner = std::move(inner), refused, registry = m_registry](const Scope &scope,
                                                                      const Send &send) {
        Scope changed = scope;
        if (scope.session)
            changed.user = userOf(*scope.session);
        if (registry->findUser && !changed.user.id.isEmpty())
            changed.user = registry->findUser(changed.user.id).value_or(User());
        if (registry->banned.contains(changed.user.id))
            return refused(scope, send);
        auto signIn = std::make_shared<SignIn>(
            send, scope.type == "websocket"_L1,
            [registry](const SignIn &ended) { registry->forget(ended.userId, &ended); });
        registry->note(signIn, changed.user.id);
        changed.signIn = signIn;
        return inner(changed, Send(std::move(signIn)));
    };
}

Expected<void> SignIns::login(Scope &scope, const User &user) const
{
    if (!scope.session || !scope.signIn)
        return Error{u"no_session"_s,
                     u"nobody can sign in here: the application has no session and "
                     "authentication middleware around it"_s};
    if (user.id.isEmpty())
        return Error{u"no_user"_s, u"a person without an id cannot sign in"_s};
    if (isBanned(user.id))
        return Error{u"banned"_s, u"\"%1\" is banned here"_s.arg(user.name)};
    const QString before = scope.session->value(idKey).toString();
    if (!before.isEmpty() && before != user.id)
        scope.session->flush();
    scope.session->cycleKey();
    scope.session->set(idKey, user.id);
    scope.session->set(nameKey, user.name);
    scope.session->set(roleKey, user.role);
    scope.user = user;
    m_registry->note(scope.signIn, user.id);
    return {};
}

int SignIns::logout(Scope &scope, int code, const QString &reason) const
{
    const QString userId = std::exchange(scope.user, {}).id;
    if (scope.session)
        scope.session->flush();
    const int closed = userId.isEmpty() ? 0 : m_registry->close(userId, code, reason);
    if (scope.signIn)
        m_registry->note(scope.signIn, {});
    return closed;
}

int SignIns::ban(const QString &userId, int code, const QString &reason) const
{
    if (userId.isEmpty())
        return 0;
    m_registry->banned.insert(userId);
    return m_registry->close(userId, code, reason);
}

void SignIns::unban(const QString &userId) const
{
    m_registry->banned.remove(userId);
}

bool SignIns::isBanned(const QString &userId) const
{
    return m_registry->banned.contains(userId);
}

int SignIns::connections(const QString &userId) const
{
    int open = 0;
    for (const auto &entry : m_registry->signIns.value(userId))
        open += entry.expired() ? 0 : 1;
    return open;
}

} // namespace parlour::channels
