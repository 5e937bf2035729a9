// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "gathering.h"

namespace parlour::bench {

/// Clients who come in, leave at once and come again: what a connection costs.
class Handshakes final : public Gathering
{
public:
    Handshakes(Network &network, const Options &options);

    std::optional<Figures> measure() override;

private:
    void entered(Client &client) override;
    void ended(Client &client) override;

    std::vector<bool> m_hasEntered; ///< of each client, this time
    long long m_done = 0;
    long long m_turnedAway = 0;
};

} // namespace parlour::bench
