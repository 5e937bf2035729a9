// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/inspector.h"
#include "chat/house.h"
#include "chat/page_consumer.h"

/// What machines ask: does it live, is it ready, how is it.
namespace parlour::chat {

/// "ok" while the process answers at all.
MakePage healthPage();
/// "ready", with "redis: up" or "redis: down" where the host shares its rooms; 503 while it shuts
/// down, and where the log is closed.
MakePage readinessPage(const House &house, const RoomLog &log,
                       const channels::Inspector &inspector);
/// Prometheus' text format 0.0.4, for clients of this machine and for the owner; else 403.
MakePage metricsPage(const House &house, const RoomLog &log, const channels::Inspector &inspector);

} // namespace parlour::chat
