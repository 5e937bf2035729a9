// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "fan_out.h"

#include <cstdio>

using namespace std::chrono_literals;

namespace parlour::bench {

namespace {
constexpr auto Patience = 10s; ///< for as many deliveries as there are clients
}

FanOut::FanOut(Network &network, const Options &options)
    : Gathering(network, options)
{
    for (int room = 0; room < options.rooms; ++room) {
        const std::string name = options.room + std::to_string(room);
        m_rooms.push_back({add(name)});
        for (int member = 1; member < options.members; ++member)
            add(name);
    }
}

void FanOut::heard(Client &client, std::string_view)
{
    ++m_deliveries;
    Room &room = m_rooms[static_cast<size_t>(client.index() / m_options.members)];
    ++room.heard;
    speak(room);
}

void FanOut::speak(Room &room)
{
    while (room.sent - room.heard / m_options.members < m_options.window) {
        ++room.sent;
        room.speaker.say(text(Clock::now()));
    }
}

std::optional<Figures> FanOut::measure()
{
    if (!gather(m_options.atOnce))
        return std::nullopt;
    settle();
    for (Room &room : m_rooms)
        speak(room);
    pollFor(m_options.warmUp);
    m_deliveries = 0;
    const long long reads = m_network.reads;
    const auto start = Clock::now();
    Figures figures = cost(
        [this, start] {
            const auto elapsed = Clock::now() - start;
            return elapsed >= m_options.measured && (m_deliveries >= size() || elapsed >= Patience);
        },
        1ms);
    if (!isWhole() || m_deliveries == 0) {
        std::fprintf(stderr, "%lld deliveries%s\n", m_deliveries,
                     isWhole() ? "" : ", and clients were cut off");
        return std::nullopt;
    }
    const auto deliveries = static_cast<double>(m_deliveries);
    figures["deliveries"] = deliveries;
    addCostOfEach(figures, deliveries);
    figures["per_read"] = deliveries / static_cast<double>(m_network.reads - reads);
    return figures;
}

} // namespace parlour::bench
