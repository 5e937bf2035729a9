// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "gathering.h"

namespace parlour::bench {

/// Rooms whose first member always has a few messages on their way: what a delivery costs, and how
/// many there can be. One member a room is an echo.
class FanOut final : public Gathering
{
public:
    FanOut(Network &network, const Options &options);

    std::optional<Figures> measure() override;

private:
    struct Room {
        Client &speaker;
        long long sent = 0;
        long long heard = 0; ///< by all its members together
    };

    void heard(Client &client, std::string_view frame) override;
    void speak(Room &room);

    std::vector<Room> m_rooms;
    long long m_deliveries = 0;
};

} // namespace parlour::bench
