// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/theme/tokens.h"

namespace parlour::widgets {

namespace {

QColor rgb(QRgb value, qreal opacity = 1.0)
{
    QColor colour(value);
    colour.setAlphaF(static_cast<float>(opacity));
    return colour;
}

} // namespace

Tokens Tokens::light()
{
    return {
        .base = rgb(0xFFFFFF),
        .side = rgb(0xF4F2EE),
        .pane = rgb(0xFAF9F6),
        .sheet = rgb(0xFFFFFF),
        .card = rgb(0xFFFFFF),
        .well = rgb(0xF5F3EF),
        .inset = rgb(0xF5F3EF),
        .field = rgb(0xFFFFFF),
        .hover = rgb(0xEBE8E2),
        .press = rgb(0xE0DCD4),
        .button = rgb(0xFFFFFF),
        .buttonline = rgb(0xE4E0D9),
        .buttonhover = rgb(0xEBE8E2),
        .buttonpress = rgb(0xE0DCD4),
        .sel = rgb(0xD9EAE7),
        .line = rgb(0xE4E0D9),
        .grid = rgb(0xECE9E3),
        .edge = rgb(0x7F847F),
        .scrim = rgb(0x181C1A, 0.42),
        .text = rgb(0x1E2321),
        .text2 = rgb(0x565D59),
        .text3 = rgb(0x626864),
        .acc = rgb(0x0B6B68),
        .ok = rgb(0x1A7546),
        .warn = rgb(0x865600),
        .bad = rgb(0xB3261E),
        .ment = rgb(0xB53C15),
        .pill = rgb(0xDEDAD2),
        .pilltext = rgb(0x3C423F),
        .fill = rgb(0x0B6B68),
        .fillHover = rgb(0x095A57),
        .fillPress = rgb(0x074845),
        .badfill = rgb(0xB3261E),
        .mentfill = rgb(0xB53C15),
        .onfill = rgb(0xFFFFFF),
        .accsoft = rgb(0xE1F0EE),
        .accline = rgb(0xB9DAD6),
        .oksoft = rgb(0xE4F3EA),
        .okline = rgb(0xBFE0CC),
        .warnsoft = rgb(0xFCF1DA),
        .warnline = rgb(0xEBD5A3),
        .badsoft = rgb(0xFBE9E7),
        .badline = rgb(0xF0C6C1),
        .mentrow = rgb(0xFFF7E6),
        .mentbar = rgb(0xDFA43A),
        .okdot = rgb(0x2E9E62),
        .warndot = rgb(0xC27C0E),
        .idle = rgb(0x878C87),
        .lamp = rgb(0xE9A23B),
        .chart = {rgb(0x0B6B68), rgb(0xB9761A), rgb(0x2D69AE), rgb(0xB3261E)},
        .isDark = false,
    };
}

Tokens Tokens::dark()
{
    return {
        .base = rgb(0x1B1D1C),
        .side = rgb(0x151716),
        .pane = rgb(0x181A19),
        .sheet = rgb(0x242726),
        .card = rgb(0x202322),
        .well = rgb(0x232625),
        .inset = rgb(0x1B1D1C),
        .field = rgb(0x1D201F),
        .hover = rgb(0x222524),
        .press = rgb(0x2B2F2D),
        .button = rgb(0x2A2D2C),
        .buttonline = rgb(0x3A3E3C),
        .buttonhover = rgb(0x343836),
        .buttonpress = rgb(0x212423),
        .sel = rgb(0x1D3735),
        .line = rgb(0x2F3231),
        .grid = rgb(0x2A2D2C),
        .edge = rgb(0x7B807A),
        .scrim = rgb(0x000000, 0.58),
        .text = rgb(0xE9E7E2),
        .text2 = rgb(0xADB1AB),
        .text3 = rgb(0x9BA09A),
        .acc = rgb(0x5FCAC0),
        .ok = rgb(0x62CB8F),
        .warn = rgb(0xE7B75E),
        .bad = rgb(0xFF8F85),
        .ment = rgb(0xF08A63),
        .pill = rgb(0x373B39),
        .pilltext = rgb(0xDAD8D2),
        .fill = rgb(0x17807A),
        .fillHover = rgb(0x14746E),
        .fillPress = rgb(0x105F5A),
        .badfill = rgb(0xB83A32),
        .mentfill = rgb(0xBF4A22),
        .onfill = rgb(0xFFFFFF),
        .accsoft = rgb(0x17302E),
        .accline = rgb(0x28514E),
        .oksoft = rgb(0x183022),
        .okline = rgb(0x2A5039),
        .warnsoft = rgb(0x33290F),
        .warnline = rgb(0x5A491E),
        .badsoft = rgb(0x3B1F1C),
        .badline = rgb(0x67332E),
        .mentrow = rgb(0x2B2618),
        .mentbar = rgb(0xC08A2E),
        .okdot = rgb(0x4DBE80),
        .warndot = rgb(0xE0A33B),
        .idle = rgb(0x6B706B),
        .lamp = rgb(0xE9A23B),
        .chart = {rgb(0x5FCAC0), rgb(0xE7B75E), rgb(0x82B4F0), rgb(0xFF8F85)},
        .isDark = true,
    };
}

const std::array<QColor, 8> &avatarPalette()
{
    static const std::array<QColor, 8> palette = {
        rgb(0xA34E2C), rgb(0x83600E), rgb(0x4E7526), rgb(0x1D7550),
        rgb(0x11708A), rgb(0x2D69AE), rgb(0x6656B4), rgb(0x984888),
    };
    return palette;
}

} // namespace parlour::widgets
