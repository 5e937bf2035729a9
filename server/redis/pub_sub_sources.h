// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "redis/fernet.h"

#include <QString>

#include <functional>

namespace parlour::redis {

/// Where the pub/sub layer takes names, time and chance from; a test gives them.
struct PubSubSources {
    /// 32 hex digits that nobody else has.
    std::function<QString()> uuid;
    FernetSources encryption;

    static PubSubSources ofTheSystem();
};

} // namespace parlour::redis
