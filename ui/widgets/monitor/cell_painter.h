// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "models/monitor/roles.h"
#include "widgets/theme/theme.h"

#include <QStyleOptionViewItem>

class QPainter;

namespace parlour::widgets::monitor {

/// Paints the pieces of the monitor's rows in the colours of the theme. `isStale` greys them: what
/// they show is what was last known.
class CellPainter
{
public:
    CellPainter(const Theme &theme, bool isStale)
        : m_theme(theme)
        , m_isStale(isStale)
    {
    }

    QColor colour(models::CellTone tone) const;
    /// Ground by state, the line below and the focus ring.
    void row(QPainter &painter, const QStyleOptionViewItem &option, const QColor &ground) const;
    void text(QPainter &painter, const QRect &place, const QString &text, const QColor &colour,
              const QFont &font, Qt::Alignment alignment = Qt::AlignLeft) const;
    /// Avatar and name.
    void person(QPainter &painter, const QRect &place, const QString &id,
                const QString &name) const;
    /// A bar of 56 × 8.
    void meter(QPainter &painter, const QRect &place, double fill, models::CellTone tone) const;

private:
    const Theme &m_theme;
    bool m_isStale;
};

} // namespace parlour::widgets::monitor
