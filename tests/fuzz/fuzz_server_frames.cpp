// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// One frame of parlour.v1 as a host sends it to a client.
#include "fuzz/frame_round_trip.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    parlour::fuzz::checkRoundTrip(parlour::fuzz::input(data, size),
                                  parlour::chat::parseServerFrame);
    return 0;
}
