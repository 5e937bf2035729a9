// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/timeline/timeline_style.h"

#include "widgets/theme/theme.h"

namespace parlour::widgets {

TimelineStyle TimelineStyle::of(const Theme &theme, bool isCompact)
{
    return {theme.font(Theme::Type::Body),
            theme.font(Theme::Type::Strong),
            theme.font(Theme::Type::Small),
            theme.font(Theme::Type::Caption),
            theme.font(Theme::Type::CaptionStrong),
            theme.px(100) / 100.0,
            isCompact,
            0};
}

} // namespace parlour::widgets
