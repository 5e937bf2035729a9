// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// The example examples/tutorial as it stands, but for one option: like parlourd --rate 0, it lets a
// client say as much as it likes. With the limit the one speaker of a measurement is cut off.
#include <net/server.h>

namespace parlour::server {

/// The server of the example; of its members, those that the example uses.
class ServerWithoutRate
{
public:
    ServerWithoutRate(channels::Application application, ServerOptions options)
        : m_server(std::move(application), withoutRate(std::move(options)))
    {
    }

    auto listen(const QString &address, quint16 port) { return m_server.listen(address, port); }

private:
    static ServerOptions withoutRate(ServerOptions options)
    {
        options.messagesPerSecond = 0;
        return options;
    }

    Server m_server;
};

} // namespace parlour::server

#define Server ServerWithoutRate // of the example's main() alone: the header is included already
#include "tutorial/main.cpp"
