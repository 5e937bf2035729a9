// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

class QAbstractButton;
class QBoxLayout;
class QPushButton;
class QToolButton;
class QWidget;

namespace parlour::widgets {

class Theme;

/// How a button looks; the words are the style sheet's.
struct ButtonLook {
    QString kind = {}; ///< primary, danger, clear, ghost; empty: a plain button
    QString scale = {}; ///< strip, sheet, large; empty: 32 px
    QString tone = {}; ///< bad; empty: none
    QString icon = {}; ///< a line icon; empty: none
};

/// A button whose accessible name is its text. The parent owns it, the theme outlives it.
QPushButton *makeButton(const Theme &theme, const QString &text, const ButtonLook &look,
                        QWidget *parent);

/// A tool of one line icon; the name is its tooltip, too.
QToolButton *makeTool(const Theme &theme, const QString &icon, const QString &name,
                      QWidget *parent);

/// Says to screen readers, at once and as its description, what a button has done.
void tellDone(QAbstractButton &button, const QString &words);

/// Says a dynamic property of the style sheet anew: kind, tone, scale, error.
void setLook(QWidget &widget, const char *property, const QVariant &value);

/// Takes margin and spacing of a layout away; most of ours say each space themselves.
void makeTight(QBoxLayout &layout);

} // namespace parlour::widgets
