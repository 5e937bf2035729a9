// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "handshakes.h"

#include <cstdio>
#include <utility>

using namespace std::chrono_literals;

namespace parlour::bench {

namespace {
constexpr auto Patience = 10s; ///< for as many connections as there are slots
}

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
    const auto start = Clock::now();
    Figures figures = cost(
        [this, start] {
            const auto elapsed = Clock::now() - start;
            return elapsed >= m_options.measured && (m_done >= size() || elapsed >= Patience);
        },
        1ms);
    if (m_done == 0) {
        std::fputs("no handshake was done\n", stderr);
        return std::nullopt;
    }
    addCostOfEach(figures, static_cast<double>(m_done));
    return figures;
}

} // namespace parlour::bench
