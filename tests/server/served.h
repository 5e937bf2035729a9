// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/in_memory_channel_layer.h"
#include "net/server.h"
#include "server/tiny_application.h"
#include "support/raw_client.h"

#include <QTest>

/// What the tests of both engines share.
namespace parlour::tests {

/// A server of one engine with the tiny application, in this thread.
struct Served {
    explicit Served(const server::ServerOptions &options)
        : server(tinyApplication(layer), options)
    {
        QObject::connect(&server, &server::Server::turnEnding, &layer,
                         &channels::ChannelLayer::deliverPending);
        const auto bound = server.listen(QStringLiteral("127.0.0.1"), 0);
        if (bound)
            port = bound.value().port;
    }

    /// A stranger is answered: whatever was done to the server, it lives.
    bool isAlive() const
    {
        RawClient stranger(port);
        stranger.send("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        return stranger.waitForAnswer().body == "hello";
    }

    channels::InMemoryChannelLayer layer;
    server::Server server;
    quint16 port = 0;
};

inline server::ServerOptions optionsOf(server::Engine engine)
{
    server::ServerOptions options;
    options.engine = engine;
    return options;
}

/// One row per engine, for test functions that need no other table.
inline void addEngines()
{
    QTest::addColumn<server::Engine>("engine");
    QTest::newRow("native") << server::Engine::Native;
    QTest::newRow("qt") << server::Engine::Qt;
}

} // namespace parlour::tests

Q_DECLARE_METATYPE(parlour::server::Engine)
