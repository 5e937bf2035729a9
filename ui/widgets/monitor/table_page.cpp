// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/monitor/table_page.h"

#include "models/monitor/format.h"
#include "models/monitor/roles.h"
#include "widgets/monitor/cell_delegate.h"
#include "widgets/monitor/parts.h"

#include <QAbstractItemView>
#include <QLabel>
#include <QLineEdit>
#include <QSortFilterProxyModel>
#include <QVBoxLayout>

namespace parlour::widgets::monitor {

TablePage::TablePage(const Theme &theme, QAbstractItemModel &source, QAbstractItemView *view,
                     const Words &words)
    : m_theme(theme)
    , m_proxy(new QSortFilterProxyModel(this))
    , m_view(view)
    , m_filter(makeFilterField(theme, words.placeholder, words.filterName))
    , m_bar(new QHBoxLayout)
    , m_body(new QHBoxLayout)
    , m_tableArea(new QWidget)
    , m_empty(makeLabel(theme, Theme::Type::Small, "text2"))
    , m_leftOut(makeLabel(theme, Theme::Type::Caption, "warn"))
    , m_delegate(new CellDelegate(theme, this))
    , m_emptyWords(words.empty)
{
    m_proxy->setSourceModel(&source);
    m_proxy->setSortRole(models::SortRole);
    m_proxy->setSortCaseSensitivity(Qt::CaseInsensitive);
    m_proxy->setSortLocaleAware(true);
    m_proxy->setFilterRole(models::FilterRole);
    m_proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_proxy->setRecursiveFilteringEnabled(true);
    m_proxy->setAutoAcceptChildRows(true);
    m_view->setModel(m_proxy);
    m_view->setItemDelegate(m_delegate);

    auto *surface = new Surface(theme, &Tokens::base, Qt::BottomEdge);
    surface->setLayout(m_bar);
    m_bar->setContentsMargins(16, 10, 16, 10);
    m_bar->setSpacing(8);
    m_bar->addWidget(m_filter, 1);
    m_bar->addStretch();
    m_empty->setContentsMargins(16, 12, 16, 12);
    m_empty->setWordWrap(true);
    m_leftOut->setContentsMargins(16, 6, 16, 6);
    m_leftOut->setWordWrap(true);
    m_leftOut->hide();

    auto *table = new QVBoxLayout(m_tableArea);
    table->setContentsMargins(0, 0, 0, 0);
    table->setSpacing(0);
    table->addWidget(surface);
    table->addWidget(m_empty);
    table->addWidget(m_view, 1);
    table->addWidget(m_leftOut);
    m_body->setContentsMargins(0, 0, 0, 0);
    m_body->setSpacing(0);
    m_body->addWidget(m_tableArea, 1);
    setLayout(m_body);

    connect(m_filter, &QLineEdit::textChanged, m_proxy,
            &QSortFilterProxyModel::setFilterFixedString);
    connect(m_filter, &QLineEdit::textChanged, this, &TablePage::showEmptiness);
    connect(m_proxy, &QAbstractItemModel::rowsInserted, this, &TablePage::showEmptiness);
    connect(m_proxy, &QAbstractItemModel::rowsRemoved, this, &TablePage::showEmptiness);
    showEmptiness();
}

void TablePage::setStale(bool isStale)
{
    m_delegate->setStale(isStale);
    m_view->viewport()->update();
}

void TablePage::setLeftOut(int rows)
{
    m_leftOut->setVisible(rows > 0);
    m_leftOut->setText(tr("Rows that are not shown because there are too many: %1")
                           .arg(models::formatNumber(rows)));
}

void TablePage::showEmptiness()
{
    const bool isEmpty = m_proxy->rowCount() == 0;
    m_empty->setVisible(isEmpty);
    m_empty->setText(m_filter->text().isEmpty() ? m_emptyWords : tr("Nothing matches the filter."));
}

} // namespace parlour::widgets::monitor
