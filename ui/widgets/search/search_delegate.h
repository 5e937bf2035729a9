// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/theme/theme.h"

#include <QStyledItemDelegate>

class QTextLayout;

namespace parlour::widgets {

/// Paints what a search found: where, who, when, and some lines of the text around the words, which
/// are marked.
class SearchDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    explicit SearchDelegate(const Theme &theme, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    int lineHeight(Theme::Type type) const;
    int headHeight(const QModelIndex &index) const;
    qreal layOutText(QTextLayout &layout, const QModelIndex &index, int width) const;
    void paintHead(QPainter &painter, QRect place, const QModelIndex &index) const;

    const Theme &m_theme;
};

} // namespace parlour::widgets
