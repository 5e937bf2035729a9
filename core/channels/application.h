// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/event.h"
#include "channels/scope.h"

#include <functional>
#include <memory>
#include <tuple>
#include <type_traits>
#include <utility>

namespace parlour::channels {

/// What a connection was given and its client has not taken yet, judged after the last write.
struct Backlog {
    int messages = 0;
    qint64 bytes = 0;
};

/// The server's end of a connection, as an application's `Send` sees it.
class Outlet
{
public:
    Outlet() = default;
    Outlet(const Outlet &) = delete;
    Outlet &operator=(const Outlet &) = delete;
    virtual ~Outlet();

    /// Never destroys the instance that calls it: a server tears down later in its turn.
    virtual void send(const ServerEvent &event) = 0;
    virtual Backlog backlog() const = 0;
};

/// The way back to the client. A value; safe to call after the connection has ended (does nothing
/// then).
class Send
{
public:
    Send() = default;
    explicit Send(std::shared_ptr<Outlet> outlet)
        : m_outlet(std::move(outlet))
    {
    }

    void operator()(const ServerEvent &event) const
    {
        if (m_outlet)
            m_outlet->send(event);
    }
    Backlog backlog() const { return m_outlet ? m_outlet->backlog() : Backlog{}; }

private:
    std::shared_ptr<Outlet> m_outlet;
};

/// One running conversation with one client: made at its first event, destroyed by the server after
/// WebsocketDisconnect, or when the HTTP answer is complete (HttpDisconnect comes only if it is
/// cut). Lives in the server thread.
class Instance
{
public:
    Instance() = default;
    Instance(const Instance &) = delete;
    Instance &operator=(const Instance &) = delete;
    virtual ~Instance();

    /// Throws nothing (a Consumer catches what its handlers throw).
    virtual void receive(const ClientEvent &event) = 0;
};

/// Routers, middlewares, consumers and refusals are all just this: a copyable callable. Never
/// returns null: a refusal is an application too (WebsocketDenier, NotFound).
using Application = std::function<std::unique_ptr<Instance>(const Scope &, const Send &)>;

/// Makes the application's instance, as a server or a worker does: where a consumer's constructor,
/// a router or a middleware throws, that connection alone is answered with 500.
std::unique_ptr<Instance> startInstance(const Application &application, const Scope &scope,
                                        const Send &send);

namespace detail {
// What cannot be copied (layers, stores) is held by reference and has to outlive the application.
template <typename A>
using Held = std::conditional_t<
    std::is_lvalue_reference_v<A> && !std::is_copy_constructible_v<std::remove_cvref_t<A>>, A,
    std::remove_cvref_t<A>>;
} // namespace detail

/// An application that makes a `C(scope, send, arguments…)` per connection; Channels' as_asgi().
/// Arguments that can be copied are; those that cannot are kept by reference and must outlive it.
template <typename C, typename... Args>
Application asApplication(Args &&...args)
{
    auto held = std::make_shared<std::tuple<detail::Held<Args>...>>(std::forward<Args>(args)...);
    return [held](const Scope &scope, const Send &send) -> std::unique_ptr<Instance> {
        return std::apply(
            [&](auto &...arguments) { return std::make_unique<C>(scope, send, arguments...); },
            *held);
    };
}

} // namespace parlour::channels
