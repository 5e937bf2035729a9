// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QStyledItemDelegate>

namespace parlour::widgets {

class Theme;

namespace monitor {

/// Paints the cells of the monitor's tables and tree by CellRole and ToneRole.
class CellDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    CellDelegate(const Theme &theme, QObject *parent);
    /// Grey: what is shown is what was last known.
    void setStale(bool isStale) { m_isStale = isStale; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    const Theme &m_theme;
    bool m_isStale = false;
};

} // namespace monitor

} // namespace parlour::widgets
