// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QColor>
#include <QHash>
#include <QPixmap>
#include <QString>

namespace parlour::widgets {

/// Line icons of the program, rendered from ":/icons/NAME.svg" in one colour and kept. Bounded by
/// the icons, sizes and colours that the program names.
class IconCache
{
public:
    /// A square of `size` device-independent pixels. An unknown name is an empty pixmap and a
    /// warning in the log.
    QPixmap pixmap(const QString &name, const QColor &colour, int size, qreal devicePixelRatio);
    void clear() { m_pixmaps.clear(); }

private:
    QHash<QString, QPixmap> m_pixmaps;
};

} // namespace parlour::widgets
