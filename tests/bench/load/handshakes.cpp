// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "handshakes.h"

#include <cstdio>
#include <utility>

using namespace std::chrono_literals;

namespace parlour::bench {

Handshakes::Handshakes(Network &network, const Options &options)
    : Gathering(network, options)
{
    for (int slot = 0; slot < options.slots; ++slot)
        add(options.room + std::to_string(slot));
}

void Handshakes::entered(Client &client)
{
    client.close();
}

void Handshakes::ended(Client &client)
{
    ++m_done;
    client.connect();
}

std::optional<Figures> Handshakes::measure()
{
    connectAll();
    pollFor(m_options.warmUp);
    m_done = 0;
    const auto end = Clock::now() + m_options.measured;
    Figures figures = cost([end] { return Clock::now() >= end; }, 1ms);
    if (m_done == 0) {
        std::fputs("no handshake was done\n", stderr);
        return std::nullopt;
    }
    const auto done = static_cast<double>(m_done);
    figures["per_second"] = done / figures["seconds"];
    figures["cpu_us"] = figures["cpu_seconds"] * 1e6 / done;
    return figures;
}

} // namespace parlour::bench
