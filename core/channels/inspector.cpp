// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/inspector.h"

namespace parlour::channels {

BridgeInfo::State BridgeInfo::state() const
{
    auto worst = State::Up;
    for (const Host &host : hosts) {
        if (host.state == State::Away)
            return State::Away;
        if (host.state == State::Connecting)
            worst = State::Connecting;
    }
    return worst;
}

} // namespace parlour::channels
