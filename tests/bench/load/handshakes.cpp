// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "handshakes.h"

#include <cstdio>

using namespace std::chrono_literals;

namespace parlour::bench {

namespace {
constexpr auto Patience = 10s; ///< for as many connections as there are slots
}

Handshakes::Handshakes(Network &network, const Options &options)
    : Gathering(network, options)
    , m_hasEntered(static_cast<size_t>(options.slots))
{
    for (int slot = 0; slot < options.slots; ++slot)
        add(options.room + std::to_string(slot));
}

void Handshakes::entered(Client &client)
{
    m_hasEntered[static_cast<size_t>(client.index())] = true;
    client.close();
}

void Handshakes::ended(Client &client)
{
    const auto index = static_cast<size_t>(client.index());
    ++(m_hasEntered[index] ? m_done : m_turnedAway);
    m_hasEntered[index] = false;
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
            return m_turnedAway > 0
                || (elapsed >= m_options.measured && (m_done >= size() || elapsed >= Patience));
        },
        1ms);
    if (m_done == 0 || m_turnedAway > 0) {
        std::fprintf(stderr, "%lld handshakes were done, %lld clients were turned away\n", m_done,
                     m_turnedAway);
        return std::nullopt;
    }
    addCostOfEach(figures, static_cast<double>(m_done));
    return figures;
}

} // namespace parlour::bench
