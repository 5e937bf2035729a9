// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/room_log.h"

namespace parlour::chat {

RoomLog::~RoomLog() = default;

} // namespace parlour::chat
