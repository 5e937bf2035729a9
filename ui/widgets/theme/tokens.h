// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QColor>

#include <array>

namespace parlour::widgets {

/// The colour roles of the design, one field a role. The only colours in the program.
struct Tokens {
    // surfaces and lines
    QColor base, side, pane, sheet, card, well, inset, field;
    QColor hover, press, button, buttonline, buttonhover, buttonpress;
    QColor sel, line, grid, edge, scrim;
    // text
    QColor text, text2, text3, acc, ok, warn, bad, ment;
    QColor pill, pilltext, fill, fillHover, fillPress, badfill, mentfill, onfill;
    // soft fills and marks
    QColor accsoft, accline, oksoft, okline, warnsoft, warnline, badsoft, badline;
    QColor mentrow, mentbar, okdot, warndot, idle, lamp;
    std::array<QColor, 4> chart;
    bool isDark = false;

    static Tokens light();
    static Tokens dark();
};

/// Avatar colours, the same in both themes; white letters stand on them.
const std::array<QColor, 8> &avatarPalette();

} // namespace parlour::widgets
