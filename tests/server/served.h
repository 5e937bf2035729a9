// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/in_memory_channel_layer.h"
#include "channels/testing/fake_clock.h"
#include "net/server.h"
#include "server/tiny_application.h"
#include "support/raw_client.h"
#include "testing/live_server.h"

#include <QTest>

#include <functional>
#include <map>

/// What the tests of both engines share.
namespace parlour::tests {

/// What a test is run over.
struct Stack {
    server::Engine engine = server::Engine::Native;
    server::Transport transport = server::Transport::Plain;
};

/// The options of a server, and what it speaks.
struct StackOptions : server::ServerOptions {
    server::Transport transport = server::Transport::Plain;
};

inline StackOptions optionsOf(const Stack &stack)
{
    StackOptions options;
    options.engine = stack.engine;
    options.transport = stack.transport;
    return options;
}

/// One for all tests of the process.
inline const server::TlsIdentity &testIdentity()
{
    static const server::TlsIdentity identity = server::makeTlsIdentity({}).valueOr({});
    return identity;
}

inline server::LiveServerOptions liveOptions(const StackOptions &options)
{
    return {.server = options, .transport = options.transport, .identity = testIdentity()};
}

inline Port portOf(const server::LiveServer &live)
{
    return {live.port(), live.options().transport == server::Transport::Tls};
}

/// A server of one engine with the tiny application, in this thread.
struct Served {
    /// Makes another application of the tiny one, to look over its shoulder.
    using Wrapper = std::function<channels::Application(const channels::Application &)>;

    explicit Served(const StackOptions &options, const Wrapper &wrapper = {})
        : live(wrapper ? wrapper(tinyApplication(layer)) : tinyApplication(layer),
               liveOptions(options))
    {
        QObject::connect(&server, &server::Server::turnEnding, &layer,
                         &channels::ChannelLayer::deliverPending);
    }

    /// A stranger is answered: whatever was done to the server, it lives.
    bool isAlive() const
    {
        RawClient stranger(port);
        stranger.send("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        return stranger.waitForAnswer().body == "hello";
    }

    /// From now on time stands still for the server, but for what is turned. To be said before the
    /// first client comes.
    void stopTime() { server.useClock(clock); }
    void turn(std::chrono::milliseconds by)
    {
        clock.advance(by);
        server.checkDeadlines();
    }

    channels::FakeClock clock;
    channels::InMemoryChannelLayer layer;
    server::LiveServer live;
    server::Server &server = live.server();
    Port port = portOf(live);
};

/// The stacks that every table is run over, by name.
inline const std::map<QByteArray, Stack> &stacks()
{
    using server::Engine;
    using server::Transport;
    static const std::map<QByteArray, Stack> all{
        {"native", {Engine::Native, Transport::Plain}},
        {"native over TLS", {Engine::Native, Transport::Tls}},
        {"qt", {Engine::Qt, Transport::Plain}},
        {"qt over TLS", {Engine::Qt, Transport::Tls}},
    };
    return all;
}

/// One row per stack, for test functions that need no other table.
inline void addStacks()
{
    QTest::addColumn<Stack>("stack");
    for (const auto &[name, stack] : stacks())
        QTest::newRow(name.constData()) << stack;
}

} // namespace parlour::tests

Q_DECLARE_METATYPE(parlour::tests::Stack)
