// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/json_reader.h"
#include "chat/json_writer.h"
#include "chat/monitor_frames.h"

/// The snapshot frame of the monitor feed. Private to the sources of this folder.
namespace parlour::chat {

MonitorSnapshot readSnapshot(const JsonReader &json);
QByteArray written(const MonitorSnapshot &frame);

} // namespace parlour::chat
