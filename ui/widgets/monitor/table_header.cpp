// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/monitor/table_header.h"

#include "widgets/theme/theme.h"

#include <QPainter>

namespace parlour::widgets::monitor {

using namespace Qt::StringLiterals;

namespace {

constexpr int CellMargin = 12;

} // namespace

TableHeader::TableHeader(const Theme &theme, QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent)
    , m_theme(theme)
{
    connect(&theme, &Theme::changed, this, [this] {
        updateGeometry();
        viewport()->update();
    });
}

QSize TableHeader::sizeHint() const
{
    return {QHeaderView::sizeHint().width(), m_theme.px(32)};
}

void TableHeader::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), m_theme.tokens().pane);
    painter.fillRect(0, height() - 1, viewport()->width(), 1, m_theme.tokens().line);
    painter.end();
    QHeaderView::paintEvent(event);
}

QSize TableHeader::sectionSizeFromContents(int section) const
{
    const QString title = model()->headerData(section, Qt::Horizontal).toString();
    const QFontMetrics metrics(m_theme.font(Theme::Type::CaptionStrong), this);
    return {metrics.horizontalAdvance(title) + m_theme.px(2 * CellMargin + 18), m_theme.px(32)};
}

void TableHeader::paintSection(QPainter *painter, const QRect &rect, int section) const
{
    const Tokens &tokens = m_theme.tokens();
    painter->fillRect(rect, tokens.pane);
    painter->fillRect(rect.x(), rect.bottom(), rect.width(), 1, tokens.line);
    QRect place = rect.adjusted(m_theme.px(CellMargin), 0, -m_theme.px(CellMargin), 0);
    const QFont font = m_theme.font(Theme::Type::CaptionStrong);
    const QFontMetrics metrics(font, this);
    const bool isSorted = isSortIndicatorShown() && sortIndicatorSection() == section;
    const int arrow = isSorted ? m_theme.px(14) : 0;
    const QString title =
        metrics.elidedText(model()->headerData(section, Qt::Horizontal).toString(), Qt::ElideRight,
                           place.width() - arrow);
    const int alignment =
        model()->headerData(section, Qt::Horizontal, Qt::TextAlignmentRole).toInt();
    int textLeft = place.left();
    if (alignment & Qt::AlignRight)
        textLeft = place.right() + 1 - arrow - metrics.horizontalAdvance(title);
    painter->setFont(font);
    painter->setPen(isSorted ? tokens.text : tokens.text2);
    painter->drawText(QRect(textLeft, place.top(), place.width(), place.height()),
                      Qt::AlignLeft | Qt::AlignVCenter, title);
    if (!isSorted)
        return;
    const QString icon = sortIndicatorOrder() == Qt::AscendingOrder ? u"up"_s : u"down"_s;
    const QPixmap pixmap = m_theme.pixmap(icon, tokens.text2, m_theme.px(14), devicePixelRatioF());
    painter->drawPixmap(textLeft + metrics.horizontalAdvance(title) + 2,
                        rect.center().y() - m_theme.px(14) / 2, pixmap);
}

} // namespace parlour::widgets::monitor
