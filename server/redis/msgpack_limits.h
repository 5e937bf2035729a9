// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

namespace parlour::redis {

/// What a body of the Redis layers may be, both ways. A chat's messages stay far below.
struct MsgpackLimits {
    int depth = 512; ///< lists and maps within each other, the body itself included
    int values = 250'000; ///< in all lists and maps; keys are not counted
    qsizetype bytes =
        qsizetype(2) * 1024 * 1024; ///< events of 1 MiB must pass, with what comes around them
};

} // namespace parlour::redis
