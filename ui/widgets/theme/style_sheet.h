// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/theme/tokens.h"

#include <QString>

namespace parlour::widgets {

/// theme.qss with every `@colour@` and every `@12px@` filled in; `scale` is how much larger the
/// system font is than the design's 14 px (1 or more). An unknown name is a warning in the log.
QString styleSheetOf(const Tokens &tokens, qreal scale);

} // namespace parlour::widgets
