// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"
#include "channels/scope.h"

#include <QString>

namespace parlour::chat {

/// The room's title that the route took out of the path as "room_name", checked. Fails for what is
/// no room's name, bad UTF-8 in the path included.
channels::Expected<QString> routedRoomTitle(const channels::Scope &scope);

} // namespace parlour::chat
