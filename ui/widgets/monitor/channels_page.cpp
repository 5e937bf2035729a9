// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/monitor/channels_page.h"

#include "models/monitor/channel_table_model.h"
#include "models/monitor/connection_table_model.h"
#include "widgets/monitor/channel_details.h"
#include "widgets/monitor/parts.h"

#include <QBoxLayout>
#include <QResizeEvent>
#include <QSortFilterProxyModel>
#include <QTableView>

namespace parlour::widgets::monitor {

using namespace Qt::StringLiterals;
using models::ChannelTableModel;

namespace {

constexpr int NarrowWidth = 880;

QTableView *makeChannelTable(const Theme &theme)
{
    auto *table = new QTableView;
    setUpTable(*table, theme);
    return table;
}

} // namespace

ChannelsPage::ChannelsPage(const Theme &theme, ChannelTableModel &channels,
                           const models::ConnectionTableModel &connections)
    : TablePage(theme, channels, makeChannelTable(theme),
                {tr("Filter channels"), tr("Filter channels"),
                 tr("No channels. They appear with the first connection.")})
    , m_channels(channels)
    , m_connections(connections)
    , m_details(new ChannelDetails(theme))
{
    auto &table = static_cast<QTableView &>(view());
    table.setAccessibleName(tr("Channels"));
    table.sortByColumn(ChannelTableModel::Queue, Qt::DescendingOrder);
    const QList<int> widths{196, 140, 150, 86, 84, 190, 90, 260};
    for (int column = 0; column < widths.size(); ++column)
        table.setColumnWidth(column, theme.px(widths.at(column)));
    body().addWidget(m_details);
    m_details->hide();
    connect(m_details, &ChannelDetails::closeWanted, this, &ChannelsPage::closeDetails);
    connect(table.selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &ChannelsPage::choose);
    connect(&table, &QTableView::activated, this, &ChannelsPage::openDetails);
    connect(&table, &QTableView::clicked, this, &ChannelsPage::openDetails);
}

void ChannelsPage::refresh(qint64 now)
{
    m_now = now;
    showDetails();
}

void ChannelsPage::choose(const QModelIndex &current)
{
    // A row that vanishes makes another one current; the pane stays with what was chosen.
    const bool vanished = !m_chosen.isEmpty() && !m_channels.channel(m_chosen);
    if (current.isValid() && !vanished)
        m_chosen = current.siblingAtColumn(0).data(models::KeyRole).toString();
    showDetails();
}

void ChannelsPage::openDetails()
{
    m_isOpen = true;
    m_chosen = view().currentIndex().siblingAtColumn(0).data(models::KeyRole).toString();
    showDetails();
}

void ChannelsPage::closeDetails()
{
    m_isOpen = false;
    showDetails();
    view().setFocus();
}

bool ChannelsPage::isNarrow() const
{
    return width() < theme().px(NarrowWidth);
}

void ChannelsPage::showDetails()
{
    const bool isShown = m_isOpen && !m_chosen.isEmpty();
    if (isShown) {
        if (const channels::ChannelInfo *channel = m_channels.channel(m_chosen))
            m_details->show(*channel, m_connections.connection(channel->connection), m_now);
        else
            m_details->showClosed();
    }
    m_details->setVisible(isShown);
    // Where there is no room for both, the pane covers the table.
    tableArea().setVisible(!(isShown && isNarrow()));
    m_details->setMaximumWidth(isNarrow() ? QWIDGETSIZE_MAX : theme().px(ChannelDetails::Width));
}

void ChannelsPage::resizeEvent(QResizeEvent *event)
{
    TablePage::resizeEvent(event);
    const int before = event->oldSize().width();
    if (isNarrow() && (before < 0 || before >= theme().px(NarrowWidth)))
        m_isOpen = false; // the table comes first, a click opens the pane
    showDetails();
}

} // namespace parlour::widgets::monitor
