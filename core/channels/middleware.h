// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/application.h"

#include <functional>
#include <optional>

/// A middleware is a function that takes an application and gives back another one. Most are one of
/// two kinds, and this is the base for both. Counterpart: channels.middleware.BaseMiddleware.
namespace parlour::channels {

/// Looks at the scope of a connection that opens: may change it (it is a copy), and may give back
/// another application, a refusal() say, which then answers instead of the inner one.
using Examine = std::function<std::optional<Application>(Scope &)>;
Application scopeMiddleware(Application inner, Examine examine);

/// Sees what the inner application sends, and passes it on: changed, delayed or not at all. For a
/// middleware that hands its inner application a `Send(std::make_shared<MyFilter>(send))`.
class OutletFilter : public Outlet
{
public:
    explicit OutletFilter(Send outer)
        : m_outer(std::move(outer))
    {
    }

    void send(const ServerEvent &event) override { m_outer(event); }
    Backlog backlog() const override { return m_outer.backlog(); }

private:
    Send m_outer;
};

/// Lets only those through who are signed in, and where roles are given have one of them: else 401
/// or 403. Stands inside of the authMiddleware. Counterpart: Django's login_required.
Application loginRequired(Application inner, const QStringList &roles = {});

} // namespace parlour::channels
