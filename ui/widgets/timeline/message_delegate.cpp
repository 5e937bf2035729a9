// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/timeline/message_delegate.h"

#include "models/message_list_model.h"
#include "widgets/theme/theme.h"
#include "widgets/timeline/message_painter.h"

#include <QDateTime>
#include <QPainter>

namespace parlour::widgets {

MessageDelegate::MessageDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
    , m_style(TimelineStyle::of(theme, false))
    , m_layouts(models::MessageListModel::MaxRows + 1)
{
}

void MessageDelegate::setGeometry(int width, int scrollBar, bool isCompact)
{
    if (m_width == width && m_style.scrollBar == scrollBar && m_style.isCompact == isCompact)
        return;
    m_width = width;
    m_style.scrollBar = scrollBar;
    m_style.isCompact = isCompact;
    ++m_geometry;
}

void MessageDelegate::forgetAll()
{
    const int scrollBar = m_style.scrollBar;
    m_style = TimelineStyle::of(m_theme, m_style.isCompact);
    m_style.scrollBar = scrollBar;
    m_layouts.clear();
}

void MessageDelegate::forget(const QString &id)
{
    m_layouts.remove(id);
}

const MessageLayout &MessageDelegate::layoutOf(const QModelIndex &index) const
{
    const QString id = index.data(models::MessageListModel::IdRole).toString();
    Known *known = m_layouts.object(id);
    if (known == nullptr) {
        known = new Known;
        m_layouts.insert(id, known); // owns it; a cost of 1 always fits
    } else if (known->geometry == m_geometry) {
        return known->layout;
    }
    known->layout = layOutMessage(MessageRow::at(index), m_style, m_width, &known->layout);
    known->geometry = m_geometry;
    return known->layout;
}

QSize MessageDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    // The view makes rows as wide as itself: never a horizontal scroll bar.
    return {0, layoutOf(index).size.height()};
}

void MessageDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setClipRect(option.rect, Qt::IntersectClip);
    painter->translate(option.rect.topLeft());
    const MessagePainter::Look look{m_theme, m_style, option.state,
                                    QDateTime::currentMSecsSinceEpoch(), m_chip};
    MessagePainter(*painter, MessageRow::at(index), layoutOf(index), look).paint();
    painter->restore();
}

} // namespace parlour::widgets
