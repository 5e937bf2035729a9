// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/monitor/tile.h"

#include "models/monitor/roles.h"
#include "widgets/theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace parlour::widgets::monitor {

using models::CellTone;

namespace {

constexpr int Height = 92;

} // namespace

Tile::Tile(const Theme &theme, const QModelIndex &index, bool leadsSomewhere, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
    , m_index(index)
{
    setFocusPolicy(leadsSomewhere ? Qt::StrongFocus : Qt::NoFocus);
    setAttribute(Qt::WA_Hover, leadsSomewhere);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
    refresh();
}

void Tile::refresh()
{
    setAccessibleName(m_index.data(Qt::AccessibleTextRole).toString());
    setToolTip(m_index.data(models::NoteRole).toString().toHtmlEscaped());
    update();
}

void Tile::setStale(bool isStale)
{
    m_isStale = isStale;
    update();
}

QSize Tile::sizeHint() const
{
    return {m_theme.px(150), m_theme.px(Height)};
}

QSize Tile::minimumSizeHint() const
{
    return {m_theme.px(100), m_theme.px(Height)};
}

void Tile::paintEvent(QPaintEvent * /*event*/)
{
    const Tokens &tokens = m_theme.tokens();
    const CellTone tone = shownTone();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(tone == CellTone::Bad        ? tokens.badline
                            : tone == CellTone::Warn ? tokens.warnline
                                                     : tokens.line,
                        1));
    painter.setBrush(tone == CellTone::Bad                              ? tokens.badsoft
                         : tone == CellTone::Warn                       ? tokens.warnsoft
                         : underMouse() && focusPolicy() != Qt::NoFocus ? tokens.hover
                                                                        : tokens.card);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
    const int margin = m_theme.px(14);
    drawWords(painter, rect().adjusted(margin, m_theme.px(10), -margin, -m_theme.px(10)));
}

/// What was last known needs no colour.
CellTone Tile::shownTone() const
{
    return m_isStale ? CellTone::Plain : CellTone(m_index.data(models::ToneRole).toInt());
}

void Tile::drawWords(QPainter &painter, const QRect &inside) const
{
    const Tokens &tokens = m_theme.tokens();
    const CellTone tone = shownTone();
    const bool isAlarm = tone == CellTone::Bad || tone == CellTone::Warn;
    const QColor alarm = tone == CellTone::Bad ? tokens.bad : tokens.warn;
    const QColor quiet = isAlarm ? alarm : m_isStale ? tokens.text3 : tokens.text2;
    const auto draw = [&painter](const QRect &place, const QFont &font, const QColor &colour,
                                 const QString &text) {
        painter.setFont(font);
        painter.setPen(colour);
        const QString shown = painter.fontMetrics().elidedText(text, Qt::ElideRight, place.width());
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, shown);
        return painter.fontMetrics().horizontalAdvance(shown);
    };
    const QFont caption = m_theme.font(Theme::Type::Caption);
    QRect line = inside;
    line.setHeight(m_theme.px(16));
    draw(line, caption, quiet, m_index.data().toString());
    line = QRect(inside.x(), line.bottom() + 1, inside.width(), m_theme.px(34));
    const QColor ink = isAlarm ? alarm : m_isStale ? tokens.text3 : tokens.text;
    const int width = draw(line, m_theme.font(Theme::Type::Number), ink,
                           m_index.data(models::ValueRole).toString());
    draw(line.adjusted(width + m_theme.px(5), m_theme.px(4), 0, 0),
         m_theme.font(Theme::Type::Small), quiet, m_index.data(models::UnitRole).toString());
    line = QRect(inside.x(), line.bottom() + 1, inside.width(), inside.bottom() - line.bottom());
    const auto history = m_index.data(models::HistoryRole).value<QList<double>>();
    if (history.isEmpty())
        draw(line, caption, quiet, m_index.data(models::NoteRole).toString());
    else
        drawSpark(painter, QRectF(line).adjusted(0, 3, 0, -2), history);
}

void Tile::drawSpark(QPainter &painter, const QRectF &place, const QList<double> &values) const
{
    const double top = std::max(1e-9, *std::max_element(values.begin(), values.end()));
    const double step = place.width() / (models::TileHistory - 1);
    QPolygonF line;
    for (qsizetype i = 0; i < values.size(); ++i) {
        const double x = place.right() - step * double(values.size() - 1 - i);
        line << QPointF(x, place.bottom() - place.height() * values.at(i) / top);
    }
    const Tokens &tokens = m_theme.tokens();
    painter.setPen(QPen(m_isStale ? tokens.text3 : tokens.chart[0], 1.25));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(line);
}

} // namespace parlour::widgets::monitor
