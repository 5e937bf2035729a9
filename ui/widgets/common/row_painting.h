// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QColor>
#include <QRect>
#include <QString>

class QPainter;
class QStyleOptionViewItem;

namespace parlour::widgets {

constexpr int RowSide = 8; ///< px of the design around the ground of a row
constexpr int RowDotSize = 8; ///< px of the design

class Theme;

/// What a small rounded mark says: the unread number, "Hosted here".
struct Pill {
    QString text = {};
    QColor fill = {};
    QColor ink = {};
    QString icon = {}; ///< empty: none
    bool isStrong = false;
};

/// Paints it with its right end at `right`, centred in the row; gives the room it took.
QRect paintPill(QPainter &painter, const QRect &row, int right, const Pill &pill,
                const Theme &theme);

/// The rounded ground of a row in a list: selected, hovered, and the ring of keyboard focus inside
/// it.
void paintRowGround(QPainter &painter, const QRect &ground, const QStyleOptionViewItem &option,
                    const Theme &theme);

} // namespace parlour::widgets
