// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "gathering.h"

namespace parlour::bench {

/// One room that hears messages at given times, whatever has become of those before: what a
/// delivery costs, and how late it is. Beside it there may be many who say nothing, and many who
/// come at once.
class FixedRate final : public Gathering
{
public:
    FixedRate(Network &network, const Options &options);

    std::optional<Figures> measure() override;

private:
    void heard(Client &client, std::string_view frame) override;
    /// Adds clients in rooms of ten.
    void addCrowd(const std::string &room, int count);
    bool gatherIdle(Figures &figures);
    void speakInTime();
    void addLatencies(Figures &figures);

    std::vector<Clock::duration> m_latencies;
    Clock::time_point m_next;
    Clock::duration m_interval;
    long long m_missing = 0; ///< deliveries of what was said
    bool m_isMeasured = false;
};

} // namespace parlour::bench
