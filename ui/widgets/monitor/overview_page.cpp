// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/monitor/overview_page.h"

#include "models/monitor/overview_model.h"
#include "widgets/monitor/chart.h"
#include "widgets/monitor/tile.h"
#include "widgets/theme/theme.h"

#include <QGridLayout>

#include <optional>

namespace parlour::widgets::monitor {

using namespace Qt::StringLiterals;
using models::OverviewModel;

namespace {

constexpr int Gap = 12;

/// The table behind a number.
std::optional<Section> sectionBehind(int tile)
{
    switch (tile) {
    case OverviewModel::Connections:
    case OverviewModel::People:
    case OverviewModel::Traffic:
        return Section::Connections;
    case OverviewModel::Channels:
    case OverviewModel::Dropped:
        return Section::Channels;
    case OverviewModel::Groups:
    case OverviewModel::Rooms:
    case OverviewModel::MessagesIn:
    case OverviewModel::MessagesOut:
        // Not the messages: opening those tells everybody that they are watched.
        return Section::Groups;
    default:
        return std::nullopt;
    }
}

} // namespace

OverviewPage::OverviewPage(const Theme &theme, OverviewModel &model, QWidget *parent)
    : QScrollArea(parent)
    , m_theme(theme)
    , m_model(model)
    , m_tileGrid(new QGridLayout)
    , m_chartGrid(new QGridLayout)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    auto *content = new QWidget;
    content->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *rows = new QVBoxLayout(content);
    rows->setContentsMargins(16, 16, 16, 16);
    rows->setSpacing(Gap);
    m_tileGrid->setSpacing(Gap);
    m_chartGrid->setSpacing(Gap);
    rows->addLayout(m_tileGrid);
    rows->addLayout(m_chartGrid);
    rows->addStretch();
    setWidget(content);
    addTiles();
    addCharts();
    arrange();
}

void OverviewPage::addTiles()
{
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const std::optional<Section> section = sectionBehind(row);
        auto *tile = new Tile(m_theme, m_model.index(row), section.has_value());
        if (section)
            connect(tile, &Tile::clicked, this,
                    [this, section] { Q_EMIT sectionWanted(*section); });
        m_tiles << tile;
    }
    connect(&m_model, &OverviewModel::dataChanged, this,
            [this](const QModelIndex &first, const QModelIndex &last) {
                for (int row = first.row(); row <= last.row(); ++row)
                    m_tiles.at(row)->refresh();
            });
}

void OverviewPage::addCharts()
{
    const auto line = [this](const QString &name, std::size_t colour, OverviewModel::Line which) {
        return Chart::Line{name, colour, [this, which] { return m_model.line(which); }};
    };
    m_charts << new Chart(m_theme, tr("Connections"),
                          {line(tr("open", "connections"), 0, OverviewModel::ConnectionLine)})
             << new Chart(m_theme, tr("Messages per second"),
                          {line(tr("out", "messages"), 0, OverviewModel::OutLine),
                           line(tr("in", "messages"), 1, OverviewModel::InLine)})
             << new Chart(m_theme, tr("Dropped per second"),
                          {line(tr("messages"), 3, OverviewModel::DropLine)});
}

void OverviewPage::refresh()
{
    for (Chart *chart : std::as_const(m_charts))
        chart->refresh();
}

void OverviewPage::setStale(bool isStale)
{
    for (Tile *tile : std::as_const(m_tiles))
        tile->setStale(isStale);
    for (Chart *chart : std::as_const(m_charts))
        chart->setStale(isStale);
}

void OverviewPage::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    arrange();
}

void OverviewPage::arrange()
{
    const int fitting = (viewport()->width() - 32 + Gap) / (m_theme.px(150) + Gap);
    const int columns = fitting >= 6 ? 6 : fitting >= 4 ? 4 : fitting >= 3 ? 3 : 2;
    if (columns == m_columns)
        return;
    m_columns = columns;
    for (int column = 0; column < 6; ++column)
        m_tileGrid->setColumnStretch(column, column < columns ? 1 : 0);
    for (int i = 0; i < m_tiles.size(); ++i)
        m_tileGrid->addWidget(m_tiles.at(i), i / columns, i % columns);
    const int abreast = columns >= 4 ? 2 : 1;
    for (int column = 0; column < 2; ++column)
        m_chartGrid->setColumnStretch(column, column < abreast ? 1 : 0);
    for (int i = 0; i < m_charts.size(); ++i)
        m_chartGrid->addWidget(m_charts.at(i), i / abreast, i % abreast);
}

} // namespace parlour::widgets::monitor
