// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "gathering.h"

#include <algorithm>
#include <cstdio>

using namespace std::chrono_literals;

namespace parlour::bench {

namespace {

constexpr size_t TextSize = 86;
constexpr size_t TimeDigits = 16;
constexpr auto Patience = 120s; ///< for everybody to come in
constexpr auto Quiet = 200ms;

double seconds(std::chrono::nanoseconds duration)
{
    return std::chrono::duration<double>(duration).count();
}

} // namespace

Gathering::Gathering(Network &network, const Options &options)
    : m_network(network)
    , m_options(options)
    , m_server(options.pids)
    , m_helpers(options.helperPids)
{
}

Client &Gathering::add(const std::string &room)
{
    m_clients.push_back(std::make_unique<Client>(*this, m_network, room, size()));
    return *m_clients.back();
}

bool Gathering::gather(int atOnce)
{
    const auto start = Clock::now();
    m_atOnce = atOnce;
    connectUpTo(m_inside + m_atOnce);
    while (!areAllInside() && isWhole() && Clock::now() - start < Patience)
        poll(100ms);
    m_atOnce = 0;
    if (areAllInside() && isWhole())
        return true;
    std::fprintf(stderr, "%d of %d clients came in, %d were cut off\n", m_inside, size(), m_ended);
    return false;
}

void Gathering::connectUpTo(int count)
{
    for (; m_connected < std::min(count, size()); ++m_connected)
        client(m_connected).connect();
}

void Gathering::entered(Client &)
{
    ++m_inside;
    if (m_atOnce > 0)
        connectUpTo(m_inside + m_atOnce);
}

void Gathering::ended(Client &)
{
    ++m_ended;
}

void Gathering::pollFor(std::chrono::milliseconds duration)
{
    const auto end = Clock::now() + duration;
    while (Clock::now() < end)
        poll(1ms);
}

void Gathering::settle()
{
    pollFor(2 * Quiet);
}

std::string Gathering::text(Clock::time_point time)
{
    char digits[TimeDigits + 1];
    std::snprintf(digits, sizeof digits, "%016llx",
                  static_cast<unsigned long long>(time.time_since_epoch().count()));
    std::string text = std::string("T=") + digits + ' ';
    text.resize(TextSize, '.');
    return text;
}

Gathering::Clock::time_point Gathering::timeIn(std::string_view frame)
{
    const size_t start = frame.find("T=");
    long long time = 0;
    if (start == std::string_view::npos || frame.size() < start + 2 + TimeDigits)
        return {};
    for (const char digit : frame.substr(start + 2, TimeDigits))
        time = time << 4 | (digit <= '9' ? digit - '0' : digit - 'a' + 10);
    return Clock::time_point(Clock::duration(time));
}

Figures Gathering::cost(const std::function<bool()> &isOver, std::chrono::milliseconds pollPatience)
{
    const auto cpu = m_server.cpu();
    const auto firstThread = m_server.firstThreadCpu();
    const auto helpers = m_helpers.cpu();
    const auto own = ownCpu();
    const auto start = Clock::now();
    while (!isOver())
        poll(pollPatience);
    const double elapsed = seconds(Clock::now() - start);
    const double used = seconds(m_server.cpu() - cpu);
    return {{"seconds", elapsed},
            {"cpu_seconds", used},
            {"first_thread_seconds", seconds(m_server.firstThreadCpu() - firstThread)},
            {"helper_seconds", seconds(m_helpers.cpu() - helpers)},
            {"server_busy", used / elapsed},
            {"generator_busy", seconds(ownCpu() - own) / elapsed}};
}

void Gathering::addCostOfEach(Figures &figures, double count)
{
    figures["per_second"] = count / figures["seconds"];
    figures["cpu_us"] = figures["cpu_seconds"] * 1e6 / count;
    figures["helper_us"] = figures["helper_seconds"] * 1e6 / count;
    figures["first_thread_us"] = figures["first_thread_seconds"] * 1e6 / count;
}

} // namespace parlour::bench
