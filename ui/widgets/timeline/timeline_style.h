// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QFont>

namespace parlour::widgets {

class Theme;

/// Fonts and lengths of the timeline's rows; what a layout needs and no more.
struct TimelineStyle {
    QFont body;
    QFont strong;
    QFont small;
    QFont caption;
    QFont captionStrong;
    qreal unit = 1; ///< one pixel of the design's grid
    bool isCompact = false; ///< in narrow windows
    int scrollBar = 0; ///< pixels of the right margin that it takes

    static TimelineStyle of(const Theme &theme, bool isCompact);

    int px(int designPixels) const { return qRound(designPixels * unit); }
    int side() const { return px(isCompact ? 12 : 20); }
    int rightSide() const { return qMax(px(4), side() - scrollBar); }
    int avatar() const { return px(36); }
    int textLeft() const { return side() + avatar() + px(isCompact ? 8 : 12); }
};

} // namespace parlour::widgets
