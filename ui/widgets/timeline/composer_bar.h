// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QLabel;
class QToolButton;

namespace parlour::widgets {

class TextLabel;
class Theme;

/// The line above the field that says what the message there is for: a reply, or another text of a
/// message.
class ComposerBar final : public QWidget
{
    Q_OBJECT
public:
    /// theme outlives the widget.
    explicit ComposerBar(const Theme &theme, QWidget *parent = nullptr);

    /// `icon`: a line icon.
    void show(const QString &icon, const QString &words);

Q_SIGNALS:
    void cancelled();

private:
    void restyle();

    const Theme &m_theme;
    QString m_icon;
    QLabel *m_mark; ///< children
    TextLabel *m_words;
    QToolButton *m_cancel;
};

} // namespace parlour::widgets
