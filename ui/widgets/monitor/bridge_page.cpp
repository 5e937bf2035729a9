// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/monitor/bridge_page.h"

#include "models/monitor/bridge_host_model.h"
#include "models/monitor/bridge_model.h"
#include "models/monitor/not_shared_model.h"
#include "widgets/common/banner.h"
#include "widgets/common/empty_state.h"
#include "widgets/monitor/bridge_facts.h"
#include "widgets/monitor/cell_delegate.h"
#include "widgets/monitor/chart.h"
#include "widgets/monitor/parts.h"
#include "widgets/monitor/tile.h"

#include <QGridLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedLayout>
#include <QTableView>

namespace parlour::widgets::monitor {

using namespace Qt::StringLiterals;
using models::BridgeModel;

namespace {

enum Page { ContentPage, OwnEmptyPage, OtherEmptyPage };
constexpr int BridgeGap = 12;
constexpr int MostTableRows = 8; ///< of a card; more are scrolled to

} // namespace

BridgePage::BridgePage(const Theme &theme, const Models &models, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_models(models)
    , m_pages(new QStackedLayout(this))
    , m_banner(new Banner(theme))
    , m_scroll(new QScrollArea)
    , m_tileGrid(new QGridLayout)
    , m_cardGrid(new QGridLayout)
    , m_facts(new BridgeFacts(theme))
    , m_chart(new Chart(theme, tr("Round trip, ms"),
                        {{tr("ping"), 2, [this] { return m_models.bridge.roundTrips(); }}}))
    , m_delegate(new CellDelegate(theme, this))
{
    m_chart->setLowestLimit(1);
    m_chart->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred); // as high as the facts
    m_banner->setName(tr("Bridge state"));
    m_banner->hide();
    addTiles();
    m_pages->addWidget(makeContent());
    m_pages->addWidget(makeEmpty(true));
    m_pages->addWidget(makeEmpty(false));
    arrange();
    refresh();
}

QWidget *BridgePage::makeEmpty(bool isOwn)
{
    if (!isOwn)
        return new EmptyState(
            m_theme, u"db"_s, tr("Rooms live on this host only"),
            tr("Started with --layer and --redis, it shares them with Django sites and other "
               "hosts."));
    auto *page =
        new EmptyState(m_theme, u"db"_s, tr("Rooms live in this app only"),
                       tr("Turn on the bridge to share them with Django sites and other hosts."));
    connect(page->addButton(tr("Settings"), u"settings"_s), &QPushButton::clicked, this,
            &BridgePage::settingsRequested);
    return page;
}

QWidget *BridgePage::makeContent()
{
    auto *content = new QWidget;
    content->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *rows = new QVBoxLayout(content);
    rows->setContentsMargins(16, 16, 16, 16);
    rows->setSpacing(BridgeGap);
    m_tileGrid->setSpacing(BridgeGap);
    m_cardGrid->setSpacing(BridgeGap);
    rows->addLayout(m_tileGrid);
    rows->addLayout(m_cardGrid);
    m_hosts = makeTable(m_models.hosts, tr("Redis servers"), models::BridgeHostModel::Problem);
    m_hostCard = makeTableCard(tr("Redis servers"), *m_hosts);
    rows->addWidget(m_hostCard);
    m_notShared = makeTable(m_models.notShared, tr("Not shared"), models::NotSharedModel::Words);
    m_allShared = new TextLabel(m_theme, Theme::Type::Small, TextLabel::Fit::Wrap);
    m_allShared->setTone(u"text2"_s);
    m_allShared->setText(tr("Nothing. Other servers got all that was said here."));
    m_allShared->setContentsMargins(15, 0, 15, 4);
    rows->addWidget(makeTableCard(tr("Not shared"), *m_notShared, m_allShared));
    rows->addStretch();
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setWidget(content);
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_banner);
    column->addWidget(m_scroll, 1);
    return page;
}

void BridgePage::addTiles()
{
    for (int row = 0; row < m_models.bridge.rowCount(); ++row)
        m_tiles << new Tile(m_theme, m_models.bridge.index(row), false);
    connect(&m_models.bridge, &BridgeModel::dataChanged, this,
            [this](const QModelIndex &first, const QModelIndex &last) {
                for (int row = first.row(); row <= last.row(); ++row)
                    m_tiles.at(row)->refresh();
            });
}

QTableView *BridgePage::makeTable(QAbstractItemModel &model, const QString &name, int wideColumn)
{
    auto *table = new QTableView;
    setUpTable(*table, m_theme);
    table->setSortingEnabled(false);
    table->horizontalHeader()->setSectionsClickable(false);
    table->horizontalHeader()->setSortIndicatorShown(false);
    table->setAccessibleName(name);
    table->setItemDelegate(m_delegate);
    table->setModel(&model);
    for (int column = 0; column < model.columnCount(); ++column)
        table->setColumnWidth(column, m_theme.px(column == 0 ? 260 : 140));
    table->horizontalHeader()->setSectionResizeMode(wideColumn, QHeaderView::Stretch);
    const auto fit = [this, table] { fitTable(*table); };
    connect(&model, &QAbstractItemModel::rowsInserted, table, fit);
    connect(&model, &QAbstractItemModel::rowsRemoved, table, fit);
    connect(&m_theme, &Theme::changed, table, fit);
    fitTable(*table);
    return table;
}

QWidget *BridgePage::makeTableCard(const QString &title, QTableView &table, QWidget *below)
{
    auto *card = new QFrame;
    card->setProperty("card", u"true"_s);
    auto *rows = new QVBoxLayout(card);
    rows->setContentsMargins(1, 10, 1, 8);
    rows->setSpacing(8);
    auto *head = makeLabel(m_theme, Theme::Type::Strong);
    head->setText(title);
    head->setContentsMargins(15, 0, 15, 0);
    rows->addWidget(head);
    rows->addWidget(&table);
    if (below)
        rows->addWidget(below);
    return card;
}

/// As high as its rows: the page scrolls, not the table in it.
void BridgePage::fitTable(QTableView &table) const
{
    const int rows = std::min(table.model()->rowCount(), MostTableRows);
    table.setFixedHeight(m_theme.px(32) + rows * m_theme.px(34) + 1);
}

void BridgePage::refresh()
{
    const BridgeModel &bridge = m_models.bridge;
    m_pages->setCurrentIndex(bridge.bridge() ? ContentPage
                                 : m_isOwn   ? OwnEmptyPage
                                             : OtherEmptyPage);
    const QString head = m_isStale ? QString() : bridge.troubleHead();
    if (!head.isEmpty())
        m_banner->setBanner({.tone = u"warn"_s, .icon = u"refresh"_s}, head, bridge.trouble());
    m_banner->setVisible(!head.isEmpty());
    m_facts->show(bridge);
    m_chart->refresh();
    showTables();
}

void BridgePage::showTables()
{
    m_hostCard->setVisible(m_models.hosts.rowCount() > 1);
    const bool isLossless = m_models.notShared.rowCount() == 0;
    m_notShared->setVisible(!isLossless);
    m_allShared->setVisible(isLossless);
}

void BridgePage::setStale(bool isStale)
{
    m_isStale = isStale;
    for (Tile *tile : std::as_const(m_tiles))
        tile->setStale(isStale);
    m_chart->setStale(isStale);
    m_delegate->setStale(isStale);
    m_hosts->viewport()->update();
    m_notShared->viewport()->update();
    refresh();
}

void BridgePage::setOwn(bool isOwn)
{
    m_isOwn = isOwn;
    refresh();
}

void BridgePage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void BridgePage::arrange()
{
    const int fitting = (width() - 32 + BridgeGap) / (m_theme.px(150) + BridgeGap);
    const int columns = fitting >= 5 ? 5 : fitting >= 3 ? 3 : fitting >= 2 ? 2 : 1;
    if (columns == m_columns)
        return;
    m_columns = columns;
    for (int column = 0; column < 5; ++column)
        m_tileGrid->setColumnStretch(column, column < columns ? 1 : 0);
    for (int i = 0; i < m_tiles.size(); ++i)
        m_tileGrid->addWidget(m_tiles.at(i), i / columns, i % columns);
    const bool isWide = columns == 5;
    m_cardGrid->setColumnStretch(0, 1);
    m_cardGrid->setColumnStretch(1, isWide ? 2 : 0);
    m_cardGrid->addWidget(m_facts, 0, 0);
    m_cardGrid->addWidget(m_chart, isWide ? 0 : 1, isWide ? 1 : 0);
}

} // namespace parlour::widgets::monitor
