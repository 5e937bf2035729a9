// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QColor>
#include <QIconEngine>

#include <optional>

namespace parlour::widgets {

class Theme;

/// Draws one line icon in the theme's colour of the moment, so that icons follow a change of theme
/// without being set again. The theme outlives it.
class LineIconEngine final : public QIconEngine
{
public:
    LineIconEngine(const Theme &theme, QString name, std::optional<QColor> colour = std::nullopt);

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override;
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override;
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state,
                         qreal scale) override;
    QIconEngine *clone() const override;

private:
    QColor colourOf(QIcon::Mode mode, QIcon::State state) const;

    const Theme &m_theme;
    QString m_name;
    std::optional<QColor> m_colour;
};

} // namespace parlour::widgets
