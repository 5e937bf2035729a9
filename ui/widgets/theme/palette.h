// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/theme/tokens.h"

#include <QPalette>

namespace parlour::widgets {

/// The tokens as Qt's roles, all three groups.
QPalette paletteOf(const Tokens &tokens);

} // namespace parlour::widgets
