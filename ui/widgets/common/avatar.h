// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

namespace parlour::widgets {

class Theme;

/// Whom an avatar stands for, and how.
struct AvatarLook {
    QString id = {}; ///< chooses the colour
    QString name = {}; ///< gives the letters
    bool isSquare = false; ///< rooms and hosts
    bool isHere = true; ///< false: grey
};

/// Paints it into a square.
void paintAvatar(QPainter &painter, const QRectF &square, const AvatarLook &look,
                 const Theme &theme);

/// The same as a widget of a fixed size. No control: assistive programs read the name beside it.
class Avatar final : public QWidget
{
    Q_OBJECT
public:
    /// `size` in pixels of the design.
    Avatar(const Theme &theme, int size, QWidget *parent = nullptr);

    void setLook(const AvatarLook &look);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    AvatarLook m_look;
};

/// A line icon in a soft disc: the head of a card or of an empty page.
class IconDisc final : public QWidget
{
    Q_OBJECT
public:
    /// Sizes in pixels of the design. `isFilled`: white on the accent, else the accent on its soft
    /// fill; `isBad`: the colour of what is refused on its soft fill.
    struct Look {
        QString icon = {};
        int size = 40;
        int iconSize = 24;
        bool isFilled = false;
        bool isBad = false;
    };

    IconDisc(const Theme &theme, Look look, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    Look m_look;
};

} // namespace parlour::widgets
