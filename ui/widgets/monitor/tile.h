// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "models/monitor/roles.h"

#include <QAbstractButton>
#include <QPersistentModelIndex>

namespace parlour::widgets {

class Theme;

namespace monitor {

/// One number of a page with what it is, a line about it or its recent past. A tile that
/// leads somewhere can be pressed.
class Tile : public QAbstractButton
{
    Q_OBJECT
public:
    Tile(const Theme &theme, const QModelIndex &index, bool leadsSomewhere,
         QWidget *parent = nullptr);
    void refresh();
    void setStale(bool isStale);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    models::CellTone shownTone() const;
    void drawWords(QPainter &painter, const QRect &inside) const;
    void drawSpark(QPainter &painter, const QRectF &place, const QList<double> &values) const;

    const Theme &m_theme;
    QPersistentModelIndex m_index; ///< with the TileRoles; its model outlives the tile
    bool m_isStale = false;
};

} // namespace monitor

} // namespace parlour::widgets
