// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/monitor/chart.h"

#include "models/monitor/format.h"
#include "models/monitor/time_series.h"
#include "widgets/theme/theme.h"

#include <QLocale>
#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace parlour::widgets::monitor {

using namespace Qt::StringLiterals;
using models::TimeSeries;

namespace {

/// Grid lines on whole numbers: limits begin with 1, 2 or 5.
int stepsOf(double limit)
{
    const double first = limit / std::pow(10.0, std::floor(std::log10(limit)));
    return std::lround(first) == 2 ? 4 : 5;
}

constexpr int Minutes = TimeSeries::MaxSamples / 60;

} // namespace

Chart::Chart(const Theme &theme, const QString &title, QList<Line> lines, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_title(title)
    , m_lines(std::move(lines))
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
    refresh();
}

void Chart::refresh()
{
    QStringList words;
    for (const Line &line : std::as_const(m_lines)) {
        const QList<double> values = line.values();
        if (!values.isEmpty() && !std::isnan(values.last()))
            words << line.name + u' ' + models::formatRate(values.last());
    }
    setAccessibleName(m_title + u": "_s + words.join(u", "_s));
    update();
}

void Chart::setStale(bool isStale)
{
    m_isStale = isStale;
    update();
}

QSize Chart::sizeHint() const
{
    return {m_theme.px(400), m_theme.px(222)};
}

QSize Chart::minimumSizeHint() const
{
    return {m_theme.px(200), m_theme.px(222)};
}

double Chart::roundLimit(double value)
{
    if (!(value > 1))
        return 1;
    const double power = std::pow(10.0, std::floor(std::log10(value)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * power >= value)
            return factor * power;
    }
    return 10 * power;
}

double Chart::limit() const
{
    double top = m_lowestLimit;
    for (const Line &line : m_lines) {
        for (const double value : line.values()) {
            if (value > top) // never for NaN
                top = value;
        }
    }
    return roundLimit(top);
}

void Chart::paintEvent(QPaintEvent * /*event*/)
{
    const Tokens &tokens = m_theme.tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(tokens.line, 1));
    painter.setBrush(tokens.card);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
    const int margin = m_theme.px(16);
    drawLegend(painter, QRect(margin, m_theme.px(10), width() - 2 * margin, m_theme.px(22)));
    const QRectF plot(margin + m_theme.px(36), m_theme.px(48),
                      width() - 2 * margin - m_theme.px(36),
                      height() - m_theme.px(48) - m_theme.px(34));
    const double top = limit();
    drawAxes(painter, plot, top);
    for (int line = 0; line < m_lines.size(); ++line)
        drawLine(painter, plot, top, line);
}

void Chart::drawLegend(QPainter &painter, QRect place) const
{
    const Tokens &tokens = m_theme.tokens();
    painter.setFont(m_theme.font(Theme::Type::Caption));
    const QFontMetrics caption = painter.fontMetrics();
    for (auto line = m_lines.crbegin(); line != m_lines.crend(); ++line) {
        painter.setPen(tokens.text2);
        painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter, line->name);
        place.setRight(place.right() - caption.horizontalAdvance(line->name) - m_theme.px(18));
        painter.fillRect(QRectF(place.right(), place.center().y(), m_theme.px(12), 3),
                         m_isStale ? tokens.text3 : tokens.chart[line->colour]);
        place.setRight(place.right() - m_theme.px(16));
    }
    painter.setFont(m_theme.font(Theme::Type::Strong));
    painter.setPen(m_isStale ? tokens.text3 : tokens.text);
    painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(m_title, Qt::ElideRight, place.width()));
}

void Chart::drawAxes(QPainter &painter, const QRectF &plot, double top) const
{
    const Tokens &tokens = m_theme.tokens();
    painter.setFont(m_theme.font(Theme::Type::Caption));
    const int steps = stepsOf(top);
    for (int step = 0; step <= steps; ++step) {
        const double y = std::round(plot.bottom() - plot.height() * step / steps);
        painter.fillRect(QRectF(plot.left(), y, plot.width(), 1), tokens.grid);
        painter.setPen(tokens.text3);
        const double value = top * step / steps;
        const QString text = QLocale().toString(value, 'g', 4);
        painter.drawText(QRectF(0, y - 10, plot.left() - m_theme.px(8), 20),
                         Qt::AlignRight | Qt::AlignVCenter, text);
    }
    const double perMinute = plot.width() / Minutes;
    for (int minute = 0; minute <= Minutes; ++minute) {
        const QString text = minute == Minutes ? tr("now")
            : minute == 0                      ? tr("−%1 min").arg(Minutes)
                                               : u"−"_s + QString::number(Minutes - minute);
        const double x = plot.left() + perMinute * minute;
        const Qt::Alignment side = minute == 0 ? Qt::AlignLeft
            : minute == Minutes                ? Qt::AlignRight
                                               : Qt::AlignHCenter;
        const double left = minute == 0 ? x : minute == Minutes ? x - perMinute : x - perMinute / 2;
        painter.drawText(QRectF(left, plot.bottom() + 4, perMinute, m_theme.px(20)),
                         int(side | Qt::AlignVCenter), text);
    }
}

void Chart::drawLine(QPainter &painter, const QRectF &plot, double top, int number) const
{
    const Tokens &tokens = m_theme.tokens();
    const Line &line = m_lines.at(number);
    const QList<double> values = line.values();
    const double step = plot.width() / (TimeSeries::MaxSamples - 1);
    QPolygonF run;
    const auto drawRun = [&] {
        if (run.size() > 1) {
            if (number == 0 && !m_isStale) {
                QPolygonF area = run;
                area << QPointF(run.last().x(), plot.bottom())
                     << QPointF(run.first().x(), plot.bottom());
                painter.setPen(Qt::NoPen);
                painter.setBrush(tokens.accsoft);
                painter.drawPolygon(area);
            }
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(m_isStale ? tokens.text3 : tokens.chart[line.colour], 1.5));
            painter.drawPolyline(run);
        }
        run.clear();
    };
    for (qsizetype i = 0; i < values.size(); ++i) {
        if (std::isnan(values.at(i))) {
            drawRun();
            continue;
        }
        run << QPointF(plot.right() - step * double(values.size() - 1 - i),
                       plot.bottom() - plot.height() * values.at(i) / top);
    }
    drawRun();
}

} // namespace parlour::widgets::monitor
