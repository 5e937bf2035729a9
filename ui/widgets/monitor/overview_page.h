// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/monitor/section_list.h"

#include <QScrollArea>

class QGridLayout;

namespace parlour::models {
class OverviewModel;
}

namespace parlour::widgets::monitor {

class Chart;
class Tile;

/// Tiles and charts. Tiles stand 6, 4, 3 or 2 in a row, charts 2 or 1.
class OverviewPage : public QScrollArea
{
    Q_OBJECT
public:
    OverviewPage(const Theme &theme, models::OverviewModel &model, QWidget *parent = nullptr);
    void refresh();
    void setStale(bool isStale);

Q_SIGNALS:
    /// A tile was pressed that leads to that section.
    void sectionWanted(parlour::widgets::monitor::Section section);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void addTiles();
    void addCharts();
    void arrange();

    const Theme &m_theme;
    models::OverviewModel &m_model;
    QGridLayout *m_tileGrid;
    QGridLayout *m_chartGrid;
    QList<Tile *> m_tiles;
    QList<Chart *> m_charts;
    int m_columns = 0;
};

} // namespace parlour::widgets::monitor
