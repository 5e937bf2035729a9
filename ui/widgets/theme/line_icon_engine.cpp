// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/theme/line_icon_engine.h"

#include "widgets/theme/theme.h"

#include <QPainter>

namespace parlour::widgets {

LineIconEngine::LineIconEngine(const Theme &theme, QString name, std::optional<QColor> colour)
    : m_theme(theme)
    , m_name(std::move(name))
    , m_colour(colour)
{
}

void LineIconEngine::paint(QPainter *painter, const QRect &rect, QIcon::Mode mode,
                           QIcon::State state)
{
    const int side = qMin(rect.width(), rect.height());
    QRect square(0, 0, side, side);
    square.moveCenter(rect.center());
    painter->drawPixmap(square.topLeft(),
                        m_theme.pixmap(m_name, colourOf(mode, state), side,
                                       painter->device()->devicePixelRatioF()));
}

QPixmap LineIconEngine::pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state)
{
    return scaledPixmap(size, mode, state, 1.0);
}

// Qt asks in device pixels and sets the ratio of what it gets by itself.
QPixmap LineIconEngine::scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state,
                                     qreal /*scale*/)
{
    const QPixmap icon =
        m_theme.pixmap(m_name, colourOf(mode, state), qMin(size.width(), size.height()), 1.0);
    if (size.width() <= size.height()) {
        return icon;
    }
    QPixmap wide(size); // the rest is space between icon and text
    wide.fill(Qt::transparent);
    QPainter(&wide).drawPixmap(0, 0, icon);
    return wide;
}

QIconEngine *LineIconEngine::clone() const
{
    return new LineIconEngine(m_theme, m_name, m_colour);
}

QColor LineIconEngine::colourOf(QIcon::Mode mode, QIcon::State state) const
{
    const Tokens &tokens = m_theme.tokens();
    if (mode == QIcon::Disabled) {
        return tokens.idle;
    }
    if (m_colour) {
        return *m_colour;
    }
    if (state == QIcon::On) {
        return tokens.acc;
    }
    return mode == QIcon::Active || mode == QIcon::Selected ? tokens.text : tokens.text2;
}

} // namespace parlour::widgets
