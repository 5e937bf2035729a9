// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QColor>
#include <QList>
#include <QWidget>

#include <functional>

namespace parlour::widgets {

class Theme;

namespace monitor {

/// Lines over the last five minutes, with a title, a legend and a round upper limit. NaN is a gap.
class Chart : public QWidget
{
    Q_OBJECT
public:
    /// `values` is asked at each paint; `colour` counts Tokens::chart.
    struct Line {
        QString name;
        std::size_t colour = 0;
        std::function<QList<double>()> values;
    };

    Chart(const Theme &theme, const QString &title, QList<Line> lines, QWidget *parent = nullptr);
    /// New values: repaints, and says the last ones to screen readers.
    void refresh();
    void setStale(bool isStale);
    /// What the upper limit never falls below; at least 1.
    void setLowestLimit(double limit) { m_lowestLimit = limit; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

    /// The lowest 1, 2 or 5 × 10ⁿ that is not below `value`; at least 1.
    static double roundLimit(double value);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    double limit() const;
    void drawLegend(QPainter &painter, QRect place) const;
    void drawAxes(QPainter &painter, const QRectF &plot, double top) const;
    void drawLine(QPainter &painter, const QRectF &plot, double top, int number) const;

    const Theme &m_theme;
    QString m_title;
    QList<Line> m_lines;
    double m_lowestLimit = 5;
    bool m_isStale = false;
};

} // namespace monitor

} // namespace parlour::widgets
