// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <chrono>
#include <optional>
#include <random>

namespace parlour::client {

/// How long to wait before the next try: delays that double, with jitter, so that the clients of a
/// host that went away do not come back all in the same moment. Pure: no timer, no clock.
class Backoff
{
public:
    using Delay = std::chrono::milliseconds;

    struct Options {
        Delay first{500}; ///< the longest first delay
        Delay most{30000}; ///< no delay is longer
        std::optional<unsigned> seed; ///< for tests; none: a random one
    };

    Backoff()
        : Backoff(Options{})
    {
    }
    explicit Backoff(const Options &options)
        : m_options(options)
        , m_random(options.seed ? *options.seed : std::random_device{}())
    {
    }

    /// The next delay: min(most, first * 2^n) * [0.5, 1].
    Delay next()
    {
        const double full = std::min(double(m_options.most.count()),
                                     double(m_options.first.count()) * double(1ULL << m_tries));
        m_tries = std::min(m_tries + 1, MaxDoublings);
        return Delay(Delay::rep(full * between(0.5, 1.0)));
    }

    /// A delay that the host asked for, stretched by up to a quarter: never shorter.
    Delay spread(Delay delay)
    {
        return Delay(Delay::rep(double(delay.count()) * between(1, 1.25)));
    }

    /// To be called when a connection proved stable: the delays start anew.
    void reset() { m_tries = 0; }

    /// Whether no delay was asked for since the last reset().
    bool isFresh() const { return m_tries == 0; }

private:
    double between(double low, double high)
    {
        return std::uniform_real_distribution<double>(low, high)(m_random);
    }

    static constexpr int MaxDoublings = 40;

    Options m_options;
    std::mt19937 m_random;
    int m_tries = 0;
};

} // namespace parlour::client
