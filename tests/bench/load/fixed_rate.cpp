// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "fixed_rate.h"

#include <algorithm>
#include <cstdio>

using namespace std::chrono_literals;

namespace parlour::bench {

namespace {

constexpr int CrowdRoom = 10; ///< members of an idle client's room
constexpr auto Patience = 60s; ///< for those who return, and for what is late

double micros(std::chrono::nanoseconds duration)
{
    return std::chrono::duration<double, std::micro>(duration).count();
}

} // namespace

FixedRate::FixedRate(Network &network, const Options &options)
    : Gathering(network, options)
    , m_interval(std::chrono::nanoseconds(1s) / options.perSecond)
{
    for (int member = 0; member < options.members; ++member)
        add(options.room + '0');
}

void FixedRate::addCrowd(const std::string &room, int count)
{
    for (int i = 0; i < count; ++i)
        add(room + std::to_string(i / CrowdRoom));
}

void FixedRate::heard(Client &client, std::string_view frame)
{
    if (client.index() >= m_options.members)
        return;
    --m_missing;
    if (m_isMeasured)
        m_latencies.push_back(Clock::now() - timeIn(frame));
}

bool FixedRate::gatherIdle(Figures &figures)
{
    if (m_options.idle == 0)
        return true;
    const long long memory = m_server.residentBytes();
    addCrowd("i", m_options.idle);
    const auto start = Clock::now();
    if (!gather(m_options.atOnce))
        return false;
    const std::chrono::duration<double> elapsed = Clock::now() - start;
    settle();
    figures["bytes_per_connection"] =
        static_cast<double>(m_server.residentBytes() - memory) / m_options.idle;
    figures["connects_per_second"] = m_options.idle / elapsed.count();
    const auto end = Clock::now() + m_options.idleTime;
    figures["idle_busy"] = cost([end] { return Clock::now() >= end; }, 10ms)["server_busy"];
    return true;
}

void FixedRate::speakInTime()
{
    for (const auto now = Clock::now(); m_next <= now; m_next += m_interval) {
        m_missing += m_options.members;
        client(0).say(text(m_next));
    }
}

std::optional<Figures> FixedRate::measure()
{
    Figures crowd;
    if (!gather(m_options.atOnce))
        return std::nullopt;
    settle();
    if (!gatherIdle(crowd))
        return std::nullopt;
    addCrowd("b", m_options.returning);
    m_next = Clock::now();
    for (const auto end = m_next + m_options.warmUp; Clock::now() < end; poll(0ms))
        speakInTime();
    m_isMeasured = true;
    const auto start = Clock::now();
    connectAll();
    Clock::time_point returned = start;
    Figures figures = cost(
        [&] {
            const auto elapsed = Clock::now() - start;
            if (!areAllInside())
                returned = Clock::now();
            if (elapsed > Patience || !isWhole())
                return true;
            if (elapsed >= m_options.measured && areAllInside())
                return m_missing == 0; // what is late is the worst of it
            speakInTime();
            return false;
        },
        0ms);
    if (!isWhole() || !areAllInside() || m_missing > 0 || m_latencies.empty()) {
        std::fprintf(stderr,
                     "clients were cut off or did not come in, or %lld deliveries are missing\n",
                     m_missing);
        return std::nullopt;
    }
    if (m_options.returning > 0)
        figures["return_seconds"] = std::chrono::duration<double>(returned - start).count();
    figures.merge(crowd);
    addLatencies(figures);
    return figures;
}

void FixedRate::addLatencies(Figures &figures)
{
    std::sort(m_latencies.begin(), m_latencies.end());
    const auto deliveries = static_cast<double>(m_latencies.size());
    figures["deliveries"] = deliveries;
    addCostOfEach(figures, deliveries);
    figures["p50_us"] = micros(m_latencies[m_latencies.size() / 2]);
    figures["p99_us"] = micros(m_latencies[m_latencies.size() * 99 / 100]);
}

} // namespace parlour::bench
