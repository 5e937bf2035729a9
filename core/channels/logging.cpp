// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/logging.h"

namespace parlour::channels {

Q_LOGGING_CATEGORY(lcConsumer, "parlour.channels.consumer", QtInfoMsg)
Q_LOGGING_CATEGORY(lcRouting, "parlour.channels.routing", QtInfoMsg)

} // namespace parlour::channels
