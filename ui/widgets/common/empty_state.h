// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QHBoxLayout;
class QPushButton;

namespace parlour::widgets {

class Theme;
class TextLabel;

/// What a pane shows where there is nothing yet: an icon, a heading, a sentence, and the buttons
/// that lead on.
class EmptyState final : public QWidget
{
    Q_OBJECT
public:
    EmptyState(const Theme &theme, const QString &icon, const QString &heading,
               const QString &sentence, QWidget *parent = nullptr);

    /// The button belongs to this widget.
    QPushButton *addButton(const QString &text, const QString &icon, bool isPrimary = false);

private:
    const Theme &m_theme;
    QHBoxLayout *m_buttons;
};

} // namespace parlour::widgets
