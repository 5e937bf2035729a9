// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/theme/theme.h"

#include <QLabel>

namespace parlour::widgets {

/// A piece of text in a style of the theme. Always plain text: much of it comes from people. The
/// theme outlives it.
class TextLabel : public QLabel
{
    Q_OBJECT
public:
    enum class Fit {
        Whole, ///< as wide as its text
        Elide, ///< gives way; all of it is in the tooltip then
        Wrap, ///< over several lines
    };

    TextLabel(const Theme &theme, Theme::Type type, Fit fit = Fit::Whole,
              QWidget *parent = nullptr);

    /// Also what assistive programs read: as name, or as description where setName() was called.
    void setText(const QString &text);
    /// One of the style sheet's: text2, text3, acc, ok, warn, bad; empty: text.
    void setTone(const QString &tone);
    /// A name that stays while the text changes.
    void setName(const QString &name);

    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    bool isCut() const;
    void updateToolTip();

    Fit m_fit;
};

} // namespace parlour::widgets
