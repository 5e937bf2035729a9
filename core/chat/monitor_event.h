// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/monitor_frames.h"

namespace parlour::chat {

/// What the monitor shows of something that happened in a layer.
MonitorEvent monitorEventOf(const channels::Activity &activity);

} // namespace parlour::chat
