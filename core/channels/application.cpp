// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/application.h"

namespace parlour::channels {

Outlet::~Outlet() = default;
Instance::~Instance() = default;

} // namespace parlour::channels
