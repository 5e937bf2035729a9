// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// A fixed script for a whole host, to count its instructions: instructions.py runs it under
// callgrind.
#include "script.h"
#include "wiring/host_service.h"

#include <QCoreApplication>
#include <QHashSeed>

using namespace parlour;
using namespace parlour::bench;

namespace {

constexpr int Members = 50;
constexpr int Messages = 20;
constexpr int Echoes = 200;
constexpr int Visits = 50;

void comeAndGo(in_port_t port)
{
    Script script(port, makeDialect("plain"));
    script.enter("visits", 1); // so that the room is there
    const Count count("connection");
    for (int i = 0; i < Visits; ++i) {
        Script visitor(port, makeDialect("plain"));
        visitor.enter("visits", 1);
        visitor.leave();
    }
}

void echo(in_port_t port)
{
    Script script(port, makeDialect("plain"));
    script.enter("echo", 1);
    script.talk(1);
    const Count count("echo");
    script.talk(Echoes);
}

void fanOut(in_port_t port, const char *dialect, const char *name)
{
    Script script(port, makeDialect(dialect));
    script.enter(dialect, Members);
    script.talk(1);
    {
        const Count count(name);
        script.talk(Messages);
    }
    script.leave();
}

wiring::HostConfig hostConfig()
{
    wiring::HostConfig config;
    config.listen = {{QStringLiteral("127.0.0.1"), 0}};
    config.title = QStringLiteral("Script");
    config.ephemeral = true;
    config.server.messagesPerSecond = 0; // any number
    return config;
}

} // namespace

int main(int argc, char *argv[])
{
    QHashSeed::setDeterministicGlobalSeed();
    const QCoreApplication application(argc, argv);
    wiring::HostService host(hostConfig());
    const auto bound = host.start();
    if (!bound)
        qFatal("%s", qPrintable(bound.error().message));
    const in_port_t port = bound->first().port;
    comeAndGo(port);
    echo(port);
    fanOut(port, "plain", "delivery");
    fanOut(port, "parlour", "parlour.v1 delivery");
    std::printf("connection %d\necho %d\ndelivery %d\nparlour.v1 delivery %d\n", Visits, Echoes,
                Members * Messages, Members * Messages);
    return 0;
}
