// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/monitor/connections_page.h"

#include "models/monitor/connection_table_model.h"
#include "models/monitor/format.h"
#include "widgets/monitor/parts.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QMessageBox>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QTableView>

namespace parlour::widgets::monitor {

using namespace Qt::StringLiterals;
using models::ConnectionTableModel;

namespace {

QTableView *makeConnectionTable(const Theme &theme)
{
    auto *table = new QTableView;
    setUpTable(*table, theme);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    return table;
}

} // namespace

ConnectionsPage::ConnectionsPage(const Theme &theme, ConnectionTableModel &connections)
    : TablePage(theme, connections, makeConnectionTable(theme),
                {tr("Filter connections"), tr("Filter connections"), tr("Nobody is connected.")})
    , m_connections(connections)
    , m_ping(new QPushButton(tr("Ping")))
    , m_close(new QPushButton(tr("Close connection")))
{
    auto &table = static_cast<QTableView &>(view());
    table.setAccessibleName(tr("Connections"));
    table.sortByColumn(ConnectionTableModel::Id, Qt::AscendingOrder);
    const QList<int> widths{64, 140, 150, 130, 150, 140, 72, 72, 90, 90, 100, 96};
    for (int column = 0; column < widths.size(); ++column)
        table.setColumnWidth(column, theme.px(widths.at(column)));
    m_ping->setAccessibleName(tr("Ping"));
    m_close->setAccessibleName(tr("Close connection"));
    m_close->setProperty("tone", u"bad"_s);
    bar().addWidget(m_close);
    bar().addWidget(m_ping);
    connect(m_ping, &QPushButton::clicked, this, [this] { Q_EMIT pingRequested(chosen()); });
    connect(m_close, &QPushButton::clicked, this, &ConnectionsPage::askToClose);
    connect(table.selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &ConnectionsPage::updateActions);
    updateActions();
}

void ConnectionsPage::setReadOnly(bool isReadOnly)
{
    m_isReadOnly = isReadOnly;
    updateActions();
}

void ConnectionsPage::setOnline(bool isOnline)
{
    m_isOnline = isOnline;
    updateActions();
}

quint64 ConnectionsPage::chosen() const
{
    const QModelIndexList rows = view().selectionModel()->selectedRows();
    return rows.isEmpty() ? 0 : rows.first().data(models::KeyRole).toULongLong();
}

void ConnectionsPage::updateActions()
{
    const bool isPossible = m_isOnline && chosen() != 0;
    const QString reason = !m_isOnline ? tr("There is no connection to the host")
        : chosen() == 0                ? tr("Choose a connection first")
                                       : QString();
    m_ping->setEnabled(isPossible);
    m_ping->setToolTip(reason.isEmpty() ? tr("Measure the round trip") : reason);
    m_close->setEnabled(isPossible && !m_isReadOnly);
    m_close->setToolTip(m_isReadOnly ? tr("The monitor is read only") : reason);
}

void ConnectionsPage::askToClose()
{
    const quint64 id = chosen();
    const models::ConnectionRow *row = m_connections.connection(id);
    if (!row)
        return;
    const QString who =
        row->person.isEmpty() ? tr("connection %1").arg(id) : models::oneLine(row->person);
    auto *question = new QMessageBox(this);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setTextFormat(Qt::PlainText);
    question->setWindowTitle(tr("Close connection"));
    question->setText(
        tr("Close the connection of %1 (%2)?").arg(who, models::oneLine(row->info.client)));
    question->setInformativeText(
        tr("What is under way to it is lost. The program at the other end may come back by "
           "itself."));
    QPushButton *close = question->addButton(tr("Close connection"), QMessageBox::DestructiveRole);
    close->setProperty("kind", u"danger"_s);
    close->setAccessibleName(tr("Close this connection"));
    QPushButton *keep = question->addButton(tr("Keep"), QMessageBox::RejectRole);
    question->setDefaultButton(keep);
    question->setEscapeButton(keep);
    connect(close, &QPushButton::clicked, this, [this, id] {
        if (!m_isReadOnly)
            Q_EMIT closeRequested(id);
    });
    question->open();
}

} // namespace parlour::widgets::monitor
