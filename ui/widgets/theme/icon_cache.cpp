// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/theme/icon_cache.h"

#include <QLoggingCategory>
#include <QPainter>
#include <QSvgRenderer>

using namespace Qt::StringLiterals;

namespace parlour::widgets {

namespace {

Q_LOGGING_CATEGORY(lcTheme, "parlour.widgets.theme")

QPixmap rendered(const QString &name, const QColor &colour, int size, qreal devicePixelRatio)
{
    QSvgRenderer renderer(u":/icons/%1.svg"_s.arg(name));
    if (!renderer.isValid()) {
        qCWarning(lcTheme, "no icon named \"%s\" is compiled in", qUtf8Printable(name));
        return {};
    }
    QPixmap pixmap(QSize(size, size) * devicePixelRatio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    renderer.render(&painter, QRectF(pixmap.rect()));
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(pixmap.rect(), colour);
    painter.end();
    pixmap.setDevicePixelRatio(devicePixelRatio);
    return pixmap;
}

} // namespace

QPixmap IconCache::pixmap(const QString &name, const QColor &colour, int size,
                          qreal devicePixelRatio)
{
    const QString key =
        u"%1 %2 %3 %4"_s.arg(name, colour.name(QColor::HexArgb)).arg(size).arg(devicePixelRatio);
    const auto known = m_pixmaps.constFind(key);
    if (known != m_pixmaps.constEnd()) {
        return *known;
    }
    return *m_pixmaps.insert(key, rendered(name, colour, size, devicePixelRatio));
}

} // namespace parlour::widgets
