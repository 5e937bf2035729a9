// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/theme/palette.h"

namespace parlour::widgets {

QPalette paletteOf(const Tokens &tokens)
{
    const std::initializer_list<std::pair<QPalette::ColorRole, QColor>> roles = {
        {QPalette::Window, tokens.pane},
        {QPalette::Base, tokens.field},
        {QPalette::AlternateBase, tokens.well},
        {QPalette::Text, tokens.text},
        {QPalette::WindowText, tokens.text},
        {QPalette::ButtonText, tokens.text},
        {QPalette::PlaceholderText, tokens.text3},
        {QPalette::Button, tokens.sheet},
        {QPalette::Light, tokens.line},
        {QPalette::Midlight, tokens.line},
        {QPalette::Mid, tokens.edge},
        {QPalette::Dark, tokens.edge},
        {QPalette::Shadow, tokens.text},
        {QPalette::Highlight, tokens.sel},
        {QPalette::HighlightedText, tokens.text},
        {QPalette::Link, tokens.acc},
        {QPalette::LinkVisited, tokens.acc},
        {QPalette::ToolTipBase, tokens.text},
        {QPalette::ToolTipText, tokens.base},
        {QPalette::BrightText, tokens.bad},
    };
    QPalette palette;
    for (const auto &[role, colour] : roles) {
        palette.setColor(QPalette::All, role, colour);
    }
    for (const QPalette::ColorRole role :
         {QPalette::Text, QPalette::WindowText, QPalette::ButtonText, QPalette::HighlightedText}) {
        palette.setColor(QPalette::Disabled, role, tokens.text3);
    }
    return palette;
}

} // namespace parlour::widgets
