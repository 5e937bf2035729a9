// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QStyledItemDelegate>

namespace parlour::widgets {

class Theme;

/// Paints hosts and rooms of RoomTreeModel. The theme outlives it.
class RoomDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    explicit RoomDelegate(const Theme &theme, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void paintHost(QPainter &painter, const QStyleOptionViewItem &option,
                   const QModelIndex &index) const;
    void paintRoom(QPainter &painter, const QStyleOptionViewItem &option,
                   const QModelIndex &index) const;
    int paintHostState(QPainter &painter, const QRect &row, const QModelIndex &index) const;
    int paintBadges(QPainter &painter, const QRect &row, const QModelIndex &index) const;
    int paintDraft(QPainter &painter, const QRect &row, int right, bool isBrief) const;
    void paintName(QPainter &painter, const QRect &place, const QString &name, const QFont &font,
                   const QColor &colour) const;
    void paintIcon(QPainter &painter, int x, const QRect &row, const QString &name,
                   const QColor &colour) const;

    const Theme &m_theme;
};

} // namespace parlour::widgets
