// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/monitor/cell_painter.h"

#include <QPainter>

namespace parlour::widgets::monitor {

using models::CellTone;

QColor CellPainter::colour(CellTone tone) const
{
    const Tokens &tokens = m_theme.tokens();
    if (m_isStale)
        return tokens.text3;
    switch (tone) {
    case CellTone::Quiet:
        return tokens.text2;
    case CellTone::Good:
        return tokens.acc;
    case CellTone::Warn:
        return tokens.warn;
    case CellTone::Bad:
        return tokens.bad;
    case CellTone::Plain:
        break;
    }
    return tokens.text;
}

void CellPainter::row(QPainter &painter, const QStyleOptionViewItem &option,
                      const QColor &ground) const
{
    const Tokens &tokens = m_theme.tokens();
    QColor fill = ground;
    if (option.state & QStyle::State_Selected)
        fill = tokens.sel;
    else if (option.state & QStyle::State_MouseOver)
        fill = tokens.hover;
    painter.fillRect(option.rect, fill);
    painter.fillRect(option.rect.x(), option.rect.bottom(), option.rect.width(), 1, tokens.grid);
    if ((option.state & QStyle::State_HasFocus)
        && (option.state & QStyle::State_KeyboardFocusChange)) {
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(tokens.acc, 2));
        painter.drawRoundedRect(QRectF(option.rect).adjusted(2, 2, -2, -3), 6, 6);
        painter.restore();
    }
}

void CellPainter::text(QPainter &painter, const QRect &place, const QString &text,
                       const QColor &colour, const QFont &font, Qt::Alignment alignment) const
{
    painter.setFont(font);
    painter.setPen(colour);
    // Names of channels and groups, in the fixed font, differ at their end.
    const auto elide = font == m_theme.font(Theme::Type::Fixed) ? Qt::ElideMiddle : Qt::ElideRight;
    const QString shown = painter.fontMetrics().elidedText(text, elide, std::max(0, place.width()));
    painter.drawText(place, int(alignment | Qt::AlignVCenter) | Qt::TextSingleLine, shown);
}

void CellPainter::person(QPainter &painter, const QRect &place, const QString &id,
                         const QString &name) const
{
    if (name.isEmpty())
        return;
    const int diameter = m_theme.px(20);
    const QRect circle(place.x(), place.center().y() + 1 - diameter / 2, diameter, diameter);
    const Tokens &tokens = m_theme.tokens();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_isStale ? tokens.pill : avatarColour(id));
    painter.drawEllipse(circle);
    QFont letters = m_theme.font(Theme::Type::Strong);
    letters.setPixelSize(std::max(7, int(diameter * 0.42)));
    painter.setFont(letters);
    painter.setPen(m_isStale ? tokens.pilltext : tokens.onfill);
    painter.drawText(circle, Qt::AlignCenter, avatarLetters(name));
    painter.restore();
    text(painter, place.adjusted(diameter + m_theme.px(8), 0, 0, 0), name, colour(CellTone::Plain),
         m_theme.font(Theme::Type::Small));
}

void CellPainter::meter(QPainter &painter, const QRect &place, double fill, CellTone tone) const
{
    const int height = m_theme.px(8);
    const int top = place.center().y() + 1 - height / 2;
    const QRectF bar(place.x(), top, place.width(), height);
    const Tokens &tokens = m_theme.tokens();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens.pill);
    painter.drawRoundedRect(bar, bar.height() / 2, bar.height() / 2);
    if (fill > 0) {
        painter.setClipRect(
            QRectF(bar.x(), bar.y(), std::max(2.0, bar.width() * fill), bar.height()));
        painter.setBrush(colour(tone));
        painter.drawRoundedRect(bar, bar.height() / 2, bar.height() / 2);
    }
    painter.restore();
}

} // namespace parlour::widgets::monitor
