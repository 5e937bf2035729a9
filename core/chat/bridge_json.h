// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/inspector.h"
#include "chat/json_reader.h"
#include "chat/json_writer.h"

/// The bridge of a monitor's snapshot. Private to the sources of this folder.
namespace parlour::chat {

channels::BridgeInfo readBridge(const JsonReader &json);
void write(JsonWriter &json, const channels::BridgeInfo &info);

} // namespace parlour::chat
