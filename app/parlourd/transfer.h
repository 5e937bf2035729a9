// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "wiring/host_config.h"

#include <optional>

/// parlourd as a tool: a room out of a data folder, or into one.
namespace parlour {

/// --export, --import, and what goes with them.
QList<wiring::Option> transferOptions();

/// Does what the command line asks for and says how it went: an exit code; nothing: it asks for
/// none of it.
std::optional<int> transfer(const wiring::OptionValues &values, const wiring::HostConfig &config);

} // namespace parlour
