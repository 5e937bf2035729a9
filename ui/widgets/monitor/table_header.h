// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QHeaderView>

namespace parlour::widgets {

class Theme;

namespace monitor {

/// The head of the monitor's tables: 32 high, on pane, with the arrow of the sorted column.
class TableHeader : public QHeaderView
{
    Q_OBJECT
public:
    TableHeader(const Theme &theme, QWidget *parent);
    QSize sizeHint() const override;

protected:
    void paintSection(QPainter *painter, const QRect &rect, int section) const override;
    QSize sectionSizeFromContents(int section) const override;
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
};

} // namespace monitor

} // namespace parlour::widgets
