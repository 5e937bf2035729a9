// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/monitor/cell_delegate.h"

#include "widgets/monitor/cell_painter.h"

#include <QPainter>
#include <QTreeView>

namespace parlour::widgets::monitor {

using models::CellKind;
using models::CellTone;

CellDelegate::CellDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

void CellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    painter->save();
    const CellPainter cells(m_theme, m_isStale);
    const Tokens &tokens = m_theme.tokens();
    const bool isBranch =
        qobject_cast<const QTreeView *>(option.widget) && !index.parent().isValid();
    cells.row(*painter, option, isBranch ? tokens.pane : tokens.base);

    const auto kind = CellKind(index.data(models::CellRole).toInt());
    const auto tone = CellTone(index.data(models::ToneRole).toInt());
    const QString text = index.data().toString();
    const int margin = m_theme.px(12);
    const bool isInTree = qobject_cast<const QTreeView *>(option.widget) && index.column() == 0;
    QRect place = option.rect.adjusted(isInTree ? m_theme.px(4) : margin, 0, -margin, 0);
    const QFont small = m_theme.font(Theme::Type::Small);
    switch (kind) {
    case CellKind::Person:
        cells.person(*painter, place, index.data(models::PersonIdRole).toString(), text);
        break;
    case CellKind::Code:
        cells.text(*painter, place, text, cells.colour(tone), m_theme.font(Theme::Type::Fixed));
        break;
    case CellKind::Number:
        cells.text(*painter, place, text, cells.colour(tone), small, Qt::AlignRight);
        break;
    case CellKind::Meter: {
        QRect bar = place;
        bar.setWidth(std::min(m_theme.px(56), place.width()));
        cells.meter(*painter, bar, index.data(models::FillRole).toDouble(), tone);
        place.setLeft(bar.right() + m_theme.px(8));
        cells.text(*painter, place, text,
                   cells.colour(tone == CellTone::Good ? CellTone::Plain : tone), small);
        break;
    }
    case CellKind::Text:
        cells.text(*painter, place, text, cells.colour(tone), small);
        break;
    }
    painter->restore();
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem & /*option*/,
                             const QModelIndex & /*index*/) const
{
    return {m_theme.px(80), m_theme.px(34)};
}

} // namespace parlour::widgets::monitor
