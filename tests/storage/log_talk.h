// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/room_log.h"

namespace parlour::tests {

/// Says and changes this and that in the room "general", all that a log may hold; the same for the
/// same seed.
void talk(chat::RoomLog &log, quint32 seed, int entries);

} // namespace parlour::tests
