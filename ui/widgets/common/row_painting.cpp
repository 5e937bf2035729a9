// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/common/row_painting.h"

#include "widgets/theme/theme.h"

#include <QPainter>
#include <QStyleOptionViewItem>

namespace parlour::widgets {

namespace {

constexpr int PillPadding = 8;
constexpr int BadgePadding = 6;
constexpr int IconSize = 14;
constexpr qreal RowRadius = 6;

} // namespace

QRect paintPill(QPainter &painter, const QRect &row, int right, const Pill &pill,
                const Theme &theme)
{
    const QFont font =
        theme.font(pill.isStrong ? Theme::Type::CaptionStrong : Theme::Type::Caption);
    const int height = theme.px(pill.isStrong ? 18 : 20);
    const int padding = pill.isStrong ? BadgePadding : PillPadding;
    const int icon = pill.icon.isEmpty() ? 0 : theme.px(IconSize) + 4;
    const int text = QFontMetrics(font).horizontalAdvance(pill.text);
    const int width = qMax(text + icon + 2 * padding, height);
    const QRect shape(right - width, row.center().y() - height / 2 + 1, width, height);

    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(pill.fill);
    painter.drawRoundedRect(shape, height / 2.0, height / 2.0);
    int x = shape.left() + (width - text - icon) / 2;
    if (icon > 0) {
        const int size = theme.px(IconSize);
        painter.drawPixmap(
            x, shape.center().y() - size / 2 + 1,
            theme.pixmap(pill.icon, pill.ink, size, painter.device()->devicePixelRatioF()));
        x += icon;
    }
    painter.setFont(font);
    painter.setPen(pill.ink);
    painter.drawText(QRect(x, shape.top(), text + 1, height), Qt::AlignVCenter, pill.text);
    painter.restore();
    return shape;
}

void paintRowGround(QPainter &painter, const QRect &ground, const QStyleOptionViewItem &option,
                    const Theme &theme)
{
    const Tokens &tokens = theme.tokens();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    if (option.state.testFlag(QStyle::State_Selected)) {
        painter.setBrush(tokens.sel);
        painter.drawRoundedRect(ground, RowRadius, RowRadius);
    } else if (option.state.testFlag(QStyle::State_MouseOver)) {
        painter.setBrush(tokens.hover);
        painter.drawRoundedRect(ground, RowRadius, RowRadius);
    }
    if (option.state.testFlag(QStyle::State_HasFocus)
        && option.state.testFlag(QStyle::State_KeyboardFocusChange)) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(tokens.acc, 2));
        painter.drawRoundedRect(QRectF(ground).adjusted(1, 1, -1, -1), RowRadius - 1,
                                RowRadius - 1);
    }
    painter.restore();
}

} // namespace parlour::widgets
